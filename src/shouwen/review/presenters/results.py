"""What the reviews come to, and the coaching that follows."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.presenters import mark_of
from shouwen.core.agreement import Agreement
from shouwen.people.models import Staff
from shouwen.review.models import Coaching, Review
from shouwen.review.queries import Precision
from shouwen.review.queries.results import Agreements
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_review import CoachingLine, ResultRow, ResultsPage
from shouwen.ui.parts import Action, Field, KeyLabel


def results_page(
    *, found: Sequence[Precision], agreed: Agreements, pack: Pack, may_review: bool
) -> ResultsPage:
    """Precision by rule, agreement by rule and by pair."""
    return ResultsPage(
        precision=tuple(_precise(each, pack) for each in found),
        by_rule=tuple(
            _agreed(_title(rule, pack), each, mark=rule, pack=pack)
            for rule, each in agreed.by_rule.items()
        ),
        by_pair=tuple(
            _agreed(" · ".join(people), each) for people, each in agreed.by_pair.items()
        ),
        whole=_whole(agreed.whole),
        desk_url=reverse("review_desk") if may_review else "",
    )


def precision_words(found: Precision) -> str:
    """How often people confirm what is heard of one rule; "" while nobody has decided on any."""
    if not found.decided:
        return ""
    words = {"confirmed": found.confirmed, "decided": found.decided}
    return _("机器判没做到的，人认可 %(confirmed)d / %(decided)d") % words


def coaching_lines(
    rows: Sequence[Coaching],
    *,
    calls: Mapping[uuid.UUID, Review],
    pack: Pack,
    viewer: Staff,
    today: date,
    act_id: uuid.UUID,
) -> tuple[CoachingLine, ...]:
    """Coaching as its lead and its agent read it."""
    return tuple(_coaching(row, calls, pack, viewer, today, act_id) for row in rows)


def _coaching(
    row: Coaching,
    calls: Mapping[uuid.UUID, Review],
    pack: Pack,
    viewer: Staff,
    today: date,
    act_id: uuid.UUID,
) -> CoachingLine:
    behind = [calls[uuid.UUID(pk)] for pk in row.reviews if uuid.UUID(pk) in calls]
    done = row.done_at is not None
    return CoachingLine(
        title=_title(row.rule_id, pack),
        words=row.words,
        who=_("%(agent)s，%(lead)s 带") % {"agent": row.staff.name, "lead": row.lead.name},
        due=_("已完成") if done else _("%(day)s 前") % {"day": wording.day_text(row.due_on)},
        look="met" if done else "over" if row.due_on < today else "",
        mark=mark_of(row.clause),
        calls=tuple(
            KeyLabel(
                f"{wording.local(each.call.rang_at):%m-%d %H:%M}",
                reverse("review", args=[each.pk]),
            )
            for each in behind
        ),
        done=None if done or row.lead_id != viewer.pk else _done(row, act_id),
    )


def _done(row: Coaching, act_id: uuid.UUID) -> Action:
    act = uuid.uuid5(act_id, str(row.pk))
    return Action(
        id=f"coached-{row.pk}",
        verb=_("练完了"),
        url=reverse("coaching_done", args=[row.pk]),
        fields=(Field("act_id", "", kind="hidden", value=str(act)),),
    )


def _precise(found: Precision, pack: Pack) -> ResultRow:
    rule = pack.rules.get(found.rule_id)
    return ResultRow(
        title=_title(found.rule_id, pack),
        count=f"{found.confirmed} / {found.decided}",
        share=_percent(found.share),
        more=str(found.added) if found.added else "",
        mark=mark_of(rule.clause) if rule else None,
    )


def _agreed(
    title: str, found: Agreement, *, mark: str = "", pack: Pack | None = None
) -> ResultRow:
    rule = pack.rules.get(mark) if pack else None
    return ResultRow(
        title=title,
        count=f"{found.same} / {found.both}",
        share=_percent(found.share),
        more="—" if found.kappa is None else f"{found.kappa:.2f}",
        mark=mark_of(rule.clause) if rule else None,
    )


def _whole(found: Agreement) -> str:
    if not found.both:
        return _("还没有两个人都看过的通话")
    kappa = "—" if found.kappa is None else f"{found.kappa:.2f}"
    return _("两人一致 %(same)d / %(both)d，%(share)s，κ %(kappa)s") % {
        "same": found.same,
        "both": found.both,
        "share": _percent(found.share),
        "kappa": kappa,
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f} %"


def _title(rule_id: str, pack: Pack) -> str:
    rule = pack.rules.get(rule_id)
    return worded(rule.title) if rule else rule_id
