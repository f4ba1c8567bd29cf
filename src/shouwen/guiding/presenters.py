"""What the cockpit and the counter show alike: the record, the kinds, the words of safety."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from shouwen.cases.models import Case, CaseKind
from shouwen.guiding.reading import NOTHING_SAID, readable_leaves, required_fields
from shouwen.guiding.safety import safety_words
from shouwen.guiding.steps import Guided
from shouwen.standard.cockpit import CallStep
from shouwen.ui.languages import worded
from shouwen.ui.pages_casework import options
from shouwen.ui.pages_cockpit import Act, KindButton, SafetyLine
from shouwen.ui.parts import Field, Note

_NAMES = {"caller_name": "name", "caller_phone": "phone", "place": "address", "said": "content"}


class Recorded(Guided, Protocol):
    """A contact with the case that it became, if it became one, and what that lacks."""

    @property
    def case(self) -> Case | None: ...

    @property
    def gaps(self) -> Sequence[str]: ...


def safety_lines(seen: Guided, *, tick: Callable[[CallStep, int], Act]) -> tuple[SafetyLine, ...]:
    """What to do and what to leave, with what was said of it; `tick` is the act of saying the nth."""
    step = next((each for each in seen.plan.step if each.by == "safety"), None)
    done = seen.done.get(step.id) if step else None
    said = done.count if done else 0
    do, leave = safety_words()
    return tuple(
        SafetyLine(
            no=number,
            text=worded(words),
            is_said=number <= said,
            is_now=number == said + 1,
            act=tick(step, number) if step else None,
        )
        for number, words in enumerate((*do, *leave), start=1)
    )


def kind_buttons(seen: Guided, *, url: str) -> tuple[KindButton, ...]:
    """What the customer may want, numbered as the keys are; choosing is sent to `url`."""
    words = dict(CaseKind.choices)
    labels = {key.id: str(words.get(key.id, key.id)) for key in seen.plan.kind}
    return tuple(
        KindButton(
            id=key.id,
            no=str(number),
            label=labels[key.id],
            is_on=seen.kind == key.id,
            act=Act(labels[key.id], url, values=(("kind", key.id),)),
        )
        for number, key in enumerate(seen.plan.kind, start=1)
    )


def record_fields(
    seen: Recorded, *, phone: str, placeholders: Mapping[str, str] | None = None
) -> tuple[Field, ...]:
    """What the record of this kind holds; the required ones that are missing say so."""
    case, home = seen.case, seen.premises
    required = required_fields(pack=seen.pack, kind=seen.kind) if seen.pack and seen.kind else ()
    values = {
        "caller_name": case.caller_name if case and case.caller_name else seen.called,
        "caller_phone": phone,
        "place": (case.place if case else "") or (home.address if home else ""),
        "said": "" if case is None or case.said == NOTHING_SAID else case.said,
    }
    labels = {
        "caller_name": _("姓名"),
        "caller_phone": _("电话"),
        "place": _("地址"),
        "said": _("什么事"),
    }
    lacking = {*required} & {*(seen.gaps if case else required)}
    fields = [
        Field(
            name,
            labels[name],
            value=values[name],
            required=False,
            hint=_("缺") if needed in lacking else "",
            placeholder=(placeholders or {}).get(name, ""),
        )
        for name, needed in _NAMES.items()
    ]
    return (*fields, _leaf_field(seen))


def missing_note(seen: Recorded, *, other: Callable[[str], str] = lambda _code: "") -> Note | None:
    """What the standard wants on record and nobody has said; `other` names gaps that are not of every record."""
    words = {
        "name": _("姓名"),
        "phone": _("电话"),
        "address": _("地址"),
        "content": _("什么事"),
        "customer": _("是哪位客户"),
        "home": _("是哪一户"),
    }
    lacking = [label for code in seen.gaps if (label := words.get(code) or other(code))]
    if not lacking:
        return None
    return Note(_("还差：%(fields)s") % {"fields": "、".join(lacking)}, "warn")


def _leaf_field(seen: Recorded) -> Field:
    chosen = seen.case.leaf if seen.case else ""
    fitting = [
        (code, f"{worded(leaf.group)} · {worded(leaf.title)}")
        for code, leaf in readable_leaves().items()
        if not seen.kind or leaf.kind == seen.kind or code == chosen
    ]
    entries = options([("", _("还没分")), *fitting], chosen=chosen)
    return Field("leaf", _("小类"), kind="select", required=False, options=entries)
