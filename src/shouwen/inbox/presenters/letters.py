"""The list of letters and one letter, personal things masked."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.masks import Purpose
from shouwen.access.serializing import shown
from shouwen.cases.models import CaseKind
from shouwen.inbox.models import Letter, LetterFile, MailboxMark
from shouwen.inbox.presenters.pages import (
    AlarmLine,
    Answering,
    FileLine,
    InboxPage,
    LetterPage,
    LetterRow,
    WordingFault,
)
from shouwen.messages.addresses import masked
from shouwen.people.models import Staff
from shouwen.standard.letters import Letters
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import MaskedPhone
from shouwen.ui.parts import Action, Choice, Empty, Field, KeyLabel, Note, Option, Tag

State = Letter.State
BOXES = ("open", "mine", "done", "aside")
_LOOKS = {
    State.NEW: "flame",
    State.TAKEN: "warn",
    State.IN_CASE: "met",
    State.ANSWERED: "met",
    State.SET_ASIDE: "line",
    State.AUTOMATIC: "line",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows."""

    letters: Sequence[Letter]
    has_more: bool
    box: str
    viewer: Staff
    away: MailboxMark | None
    now: datetime


def inbox_page(found: Listed) -> InboxPage:
    """The list, or one page of it."""
    last = found.letters[-1] if found.has_more else None
    after = f"{last.recorded_at.isoformat()}|{last.pk}" if last else ""
    return InboxPage(
        heading=_("来信"),
        choices=tuple(
            Choice(box_words(box), _list_url("inbox", box=box), is_on=box == found.box)
            for box in BOXES
        ),
        rows=tuple(_row(letter, found) for letter in found.letters),
        rows_url=_list_url("inbox_rows", box=found.box),
        empty=None
        if found.letters
        else Empty(_("没有来信"), _("邮件和网页表单到了会出现在这里"), icon="messages"),
        more_url=_list_url("inbox", box=found.box, after=after) if after else "",
        away=_away(found.away, found.now),
    )


def box_words(box: str) -> str:
    """A box of letters in the active language."""
    return {
        "open": _("待办"),
        "mine": _("我领的"),
        "done": _("办过的"),
        "aside": _("垃圾和自动回信"),
    }[box]


def _list_url(name: str, **query: str) -> str:
    given = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse(name)}?{given}"


def _away(mark: MailboxMark | None, now: datetime) -> Note | None:
    if mark is None or mark.away_since is None:
        return None
    since = wording.moment(mark.away_since, now=now)
    text = _("信箱从 %(since)s 起读不到新邮件：%(why)s。邮件都还在信箱里，连上就会进来。")
    return Note(text % {"since": since, "why": mark.away_why}, "warn")


def _row(letter: Letter, found: Listed) -> LetterRow:
    seen = shown(found.viewer, letter, Purpose.CASE)
    words = " ".join(seen["words"].text.split()) if "words" in seen else ""
    subject = seen["subject"].text if "subject" in seen else ""
    return LetterRow(
        when=wording.moment(letter.arrived_at, now=found.now),
        who=_who(letter, found.viewer),
        title=subject or words[:30] or _("（没有正文）"),
        start=words[:80] if subject else words[30:110],
        channel=str(Letter.Channel(letter.channel).label),
        state=state_tag(letter),
        owner=letter.owner.name if letter.owner else "",
        url=reverse("letter", args=[letter.receipt]),
        is_alarm=is_alarming(letter),
    )


def is_alarming(letter: Letter) -> bool:
    """Whether somebody must look at it now."""
    return bool(letter.danger) and letter.danger_seen_at is None


def state_tag(letter: Letter) -> Tag:
    """How a letter stands."""
    return Tag(str(State(letter.state).label), _LOOKS[State(letter.state)])


def _who(letter: Letter, viewer: Staff) -> str:
    seen = shown(viewer, letter, Purpose.CASE)
    name = seen["sender_name"].text if "sender_name" in seen else ""
    return name or masked(letter.sender, channel="mail") or _("没有署名")


# --- one letter


@dataclass(frozen=True, slots=True)
class Opened:
    """What the page of a letter shows. `new_id` makes the ids of acts."""

    letter: Letter
    viewer: Staff
    plan: Letters
    drafts: Sequence[tuple[str, str, str]]  # id, title, words of each template that fits
    template: str
    typed: str
    now: datetime
    new_id: Callable[[], uuid.UUID]
    notice: str = ""
    faults: Sequence[tuple[str, WordingFault]] = ()  # by rule


def letter_page(seen: Opened) -> LetterPage:
    """The page as values."""
    letter = seen.letter
    fields = shown(seen.viewer, letter, Purpose.CASE)
    return LetterPage(
        heading=letter.subject or _("来信 %(receipt)s") % {"receipt": letter.receipt},
        state=state_tag(letter),
        words=fields["words"].text if "words" in fields else "",
        facts=_facts(seen),
        phone=masked_phone(letter, seen.viewer) if letter.phone else None,
        files=tuple(_file(letter, file) for file in letter.files.all()),
        notes=tuple(_notes(seen)),
        actions=tuple(_actions(seen)),
        case_url=reverse("case", args=[letter.case.number]) if letter.case else "",
        case_text=_("工单 %(number)s") % {"number": letter.case.number} if letter.case else "",
        kinds=_kinds() if _can_become_case(letter) else (),
        make_url=_act("make_case", letter),
        thread=letter.thread.number if letter.thread else "",
        tie_url=_act("tie", letter) if letter.is_open else "",
        answer=_answering(seen),
        act_id=str(seen.new_id()),
        back_url=reverse("inbox"),
        is_alarm=is_alarming(letter),
        crew=_crew(seen),
    )


def _act(what: str, letter: Letter) -> str:
    return reverse("letter_act", args=[letter.receipt, what])


def _can_become_case(letter: Letter) -> bool:
    return letter.case_id is None and letter.state in (State.NEW, State.TAKEN, State.ANSWERED)


def _kinds() -> tuple[Option, ...]:
    return tuple(
        Option(value, str(label)) for value, label in CaseKind.choices if value != "follow_up"
    )


def _facts(seen: Opened) -> tuple[KeyLabel, ...]:
    letter = seen.letter
    fields = shown(seen.viewer, letter, Purpose.CASE)
    rows = [
        KeyLabel(_("来自"), _who(letter, seen.viewer)),
        KeyLabel(_("渠道"), str(Letter.Channel(letter.channel).label)),
        KeyLabel(_("到达"), wording.full_moment(letter.arrived_at)),
        KeyLabel(_("回执"), letter.receipt),
    ]
    if letter.sender:
        rows.append(KeyLabel(_("邮箱"), masked(letter.sender, channel="mail")))
    if letter.place and "place" in fields:
        rows.append(KeyLabel(_("地址"), fields["place"].text))
    if letter.owner:
        rows.append(KeyLabel(_("首问责任人"), letter.owner.name))
    return tuple(rows)


def masked_phone(letter: Letter, viewer: Staff) -> MaskedPhone:
    """The number with its middle hidden; the whole is had on request, journalled. In danger it stands there."""
    purpose = Purpose.ALARM if is_alarming(letter) else Purpose.CASE
    told = shown(viewer, letter, purpose)["phone"]
    if not told.can_reveal:
        return MaskedPhone(told.text)
    return MaskedPhone(
        text=told.text,
        reveal_url=reverse("letter_phone", args=[letter.receipt]),
    )


def _file(letter: Letter, file: LetterFile) -> FileLine:
    refused = {
        "kind": _("这种文件不收"),
        "size": _("太大，没有收"),
        "many": _("附件太多，没有收"),
        "erased": _("已到期清除"),
    }
    if file.refused:
        return FileLine(file.original_name or file.media_type, refused[file.refused])
    return FileLine(
        name=file.original_name or file.media_type,
        text=_("%(size)d KB") % {"size": max(1, file.size // 1024)},
        url=reverse("letter_file", args=[letter.receipt, file.ordinal]),
    )


def _notes(seen: Opened) -> list[Note]:
    letter, found = seen.letter, []
    if seen.notice:
        found.append(Note(seen.notice, "warn"))
    if is_alarming(letter):
        words = "、".join(letter.danger[:5])
        text = _("信里提到险情：%(words)s。先打电话核实、派人，再写别的。")
        found.append(Note(text % {"words": words}, "over"))
    if letter.erased_at:
        text = _("内容和附件 %(day)s 到期清除，办过什么都留着。")
        day = wording.day_text(wording.local_day(letter.erased_at))
        found.append(Note(text % {"day": day}, "plain"))
    if letter.is_broken:
        found.append(Note(_("这封邮件有损坏，只读出一部分。原信还在信箱里。"), "warn"))
    if letter.automatic:
        found.append(Note(_("这是机器自动发的信，不回。"), "plain"))
    if letter.state == State.SET_ASIDE:
        reasons = {each.id: worded(each.title) for each in seen.plan.spam}
        text = _("已标为垃圾信：%(reason)s")
        found.append(
            Note(text % {"reason": reasons.get(letter.spam_reason, letter.spam_reason)}, "plain")
        )
    return found


def _actions(seen: Opened) -> list[Action]:
    letter = seen.letter
    hidden = Field("act_id", "", kind="hidden", value=str(seen.new_id()))
    found = []
    if letter.state == State.NEW:
        found.append(
            Action("take", _("领取"), _act("take", letter), icon="user-check", key="T",
                   look="primary", fields=(hidden,))
        )  # fmt: skip
    if letter.is_open:
        found.append(_spam(seen, hidden))
    if letter.state in (State.SET_ASIDE, State.AUTOMATIC):
        found.append(
            Action("back", _("不是垃圾信，放回待办"), _act("back", letter), fields=(hidden,))
        )
    if is_alarming(letter):
        found.append(Action("seen", _("看过，不是险情"), _act("seen", letter), fields=(hidden,)))
    return found


def _spam(seen: Opened, hidden: Field) -> Action:
    reasons = tuple(
        Option(each.id, worded(each.title)) for each in seen.plan.spam if not each.hidden
    )
    return Action(
        "spam",
        _("垃圾信"),
        _act("spam", seen.letter),
        icon="ban",
        look="quiet",
        question=_("标为垃圾信"),
        text=_("信会留着，不回，也不再提醒。"),
        fields=(hidden, Field("reason", _("原因"), kind="select", options=reasons)),
    )


def _crew(seen: Opened) -> Action | None:
    if not is_alarming(seen.letter):
        return None
    hidden = Field("act_id", "", kind="hidden", value=str(seen.new_id()))
    return Action(
        "crew",
        _("马上派抢修"),
        _act("crew", seen.letter),
        icon="flame",
        key="F9",
        look="alarm",
        fields=(hidden,),
    )


def _answering(seen: Opened) -> Answering | None:
    letter = seen.letter
    is_settled = letter.state in (State.SET_ASIDE, State.AUTOMATIC)
    if letter.automatic or not letter.sender or is_settled:
        return None
    page = reverse("letter", args=[letter.receipt])
    chosen = next((words for name, _t, words in seen.drafts if name == seen.template), "")
    return Answering(
        url=_act("answer", letter),
        act_id=str(seen.new_id()),
        to=masked(letter.sender, channel="mail"),
        drafts=tuple(
            Choice(title, f"{page}?{urlencode({'draft': name})}#h-answer", name == seen.template)
            for name, title, _words in seen.drafts
        ),
        words=seen.typed or chosen,
        template=seen.template,
        faults=tuple(fault for _rule, fault in seen.faults),
        as_is=",".join(rule for rule, _fault in seen.faults),
    )


def alarm_lines(letters: Sequence[Letter], *, now: datetime) -> tuple[AlarmLine, ...]:
    """What every screen says of letters in danger: no name, no number."""
    return tuple(
        AlarmLine(
            text=_("来信提到险情：%(words)s") % {"words": "、".join(letter.danger[:3])},
            sub=_("%(at)s %(channel)s")
            % {
                "at": wording.moment(letter.arrived_at, now=now),
                "channel": Letter.Channel(letter.channel).label,
            },
            url=reverse("letter", args=[letter.receipt]),
        )
        for letter in letters
    )
