"""What the pages of the knowledge base print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.core.guiding import Passed, Standing, Step, is_guide, stand
from shouwen.knowledge.models import Article
from shouwen.knowledge.queries import steps_of
from shouwen.ui.parts import Empty, Field, Note, NoteLook, Tag

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_OUTCOMES: dict[str, tuple["str | _StrPromise", NoteLook]] = {
    "solved": (gettext_lazy("电话里解决了"), "met"),
    "told": (gettext_lazy("已经说清楚"), "met"),
    "promise": (gettext_lazy("说不清的，约回电答复"), "warn"),
    "visit": (gettext_lazy("要上门：请客户停下，派人去"), "warn"),
    "alarm": (gettext_lazy("按报警办：先说安全，马上派人"), "over"),
}
_DOUBTFUL = frozenset({"K", "P", "E"})


@dataclass(frozen=True, slots=True)
class FoundLine:
    """An article in the list of results."""

    title: str
    url: str
    text: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class FindPage:
    """knowledge/find.html. `typed_url`: GET while somebody types; `missed_url`: POST says that none of these was it."""

    field: Field
    url: str
    typed_url: str
    call: str
    rows: tuple[FoundLine, ...]
    missed_url: str = ""
    empty: Empty | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a text, or one that is behind with what was answered."""

    kind: str
    text: str
    number: int = 0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """The step that is being read out, and where its answers lead. Without `no_url` it only goes on."""

    kind: str
    text: str
    yes: str
    yes_url: str
    no: str = ""
    no_url: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """knowledge/article.html. `outcome` is the code, for whoever takes it over; `send_url` "" hides the button."""

    title: str
    tags: tuple[Tag, ...]
    lines: tuple[StepLine, ...]
    present: Present | None
    outcome: str
    outcome_note: Note | None
    stop: tuple[str, ...]
    source: str
    restart_url: str = ""
    back_url: str = ""
    alarm_url: str = ""
    send_url: str = ""
    act_id: str = ""
    notice: Note | None = None


def find_page(
    *, text: str, found: Sequence[Article], call: str, notice: Note | None = None
) -> FindPage:
    """The search and what it found."""
    empty = None
    if text and not found:
        empty = Empty(_("没有找到"), _("已经记下这个问题；先约回电答复"), icon="bulb")
    url = reverse("knowledge_find")
    return FindPage(
        field=Field("q", _("查找答案"), value=text, placeholder=_("商业 加装 灶具，或 hdc")),
        url=url,
        typed_url=f"{url}?{urlencode({'call': call})}" if call else url,
        call=call,
        rows=tuple(_found(article, call) for article in found),
        missed_url=reverse("knowledge_unanswered") if found else "",
        empty=empty,
        notice=notice,
    )


def article_page(
    article: Article, *, answers: str, call: str, act_id: str, can_send: bool
) -> ArticlePage:
    """One article: read from top to bottom, or stepped through by yes and no."""
    steps = steps_of(article)
    guided = is_guide(steps)
    here = stand(steps, answers=answers) if guided else Standing(())
    words, look = _OUTCOMES.get(here.outcome or "", ("", "plain"))
    return ArticlePage(
        title=article.title,
        tags=_tags(article),
        lines=tuple(_passed(each) for each in here.passed) if guided else _read(steps),
        present=_present(article, here.step, answers, call) if here.step else None,
        outcome=here.outcome or "",
        outcome_note=Note(str(words), look) if here.outcome else None,
        stop=tuple(article.stop),
        source=_source(article),
        restart_url=_url(article, "", call) if answers else "",
        back_url=_url(article, answers[:-1], call) if answers else "",
        alarm_url=reverse("alarm") if here.outcome == "alarm" else "",
        send_url=reverse("call_send_article", args=[call, article.slug]) if can_send else "",
        act_id=act_id,
    )


def _found(article: Article, call: str) -> FoundLine:
    told = [step for step in steps_of(article) if step.kind in ("say", "do")]
    said = [step.text.rstrip("。；") for step in told[:4]]
    return FoundLine(article.title, _url(article, "", call), "；".join(said), _tags(article))


def _tags(article: Article) -> tuple[Tag, ...]:
    tags = [Tag(str(article.get_kind_display()))]
    if article.audience == Article.Audience.STAFF:
        tags.append(Tag(_("只供内部"), "line"))
    if article.local:
        tags.append(Tag(_("公司待核定"), "warn"))
    if article.certainty in _DOUBTFUL:
        tags.append(Tag(str(article.get_certainty_display()), "line"))
    return tuple(tags)


def _source(article: Article) -> str:
    return _("来源：%(source)s（%(certainty)s）· 第 %(version)d 版") % {
        "source": article.source,
        "certainty": article.get_certainty_display(),
        "version": article.version,
    }


def _read(steps: tuple[Step, ...]) -> tuple[StepLine, ...]:
    """Numbered anew under each head."""
    lines, number = [], 0
    for step in steps:
        number = 0 if step.kind == "head" else number + 1
        lines.append(StepLine(step.kind, step.text, number))
    return tuple(lines)


def _passed(each: Passed) -> StepLine:
    answers = {
        "ask": (_("是"), _("不是")),
        "do": (_("做了"), _("做不了")),
        "say": (_("说了"), _("说了")),
    }
    yes, no = answers[each.step.kind]
    return StepLine(each.step.kind, each.step.text, answer=yes if each.is_yes else no)


def _present(article: Article, step: Step, answers: str, call: str) -> Present:
    yes, no = {
        "ask": (_("是"), _("不是")),
        "do": (_("做了"), _("做不了")),
        "say": (_("说了，下一步"), ""),
    }[step.kind]
    return Present(
        kind=step.kind,
        text=step.text,
        yes=yes,
        yes_url=_url(article, f"{answers}y", call),
        no=no,
        no_url=_url(article, f"{answers}n", call) if no else "",
    )


def _url(article: Article, answers: str, call: str) -> str:
    said = {name: value for name, value in (("answers", answers), ("call", call)) if value}
    url = reverse("knowledge_article", args=[article.slug])
    return f"{url}?{urlencode(said)}" if said else url
