"""The caller, the home, what happened before; the record, its kinds and the clocks they start."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case, CaseKind
from shouwen.cases.presenters.classifying import standing_chip
from shouwen.cases.presenters.kinds import gap_label
from shouwen.cases.queries import foreseen_clocks
from shouwen.clocks.presenters import mark_of
from shouwen.clocks.queries import Foreseen, foreseen_if
from shouwen.core.clause import Scalar
from shouwen.customers.models import Premises
from shouwen.customers.presenters.words import care_tag, word
from shouwen.guiding import presenters
from shouwen.guiding.steps import mark
from shouwen.hotline.desk_values import OnCall
from shouwen.hotline.presenters.saying import act_url
from shouwen.journal.models import Entry
from shouwen.standard.cockpit import KindKey
from shouwen.standard.faults import PackFaults
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import MaskedPhone
from shouwen.ui.pages_casework import Move
from shouwen.ui.pages_cockpit import Act, PastLine, Who
from shouwen.ui.parts import ClauseMark, Field, KeyLabel, Note, Tag
from shouwen.ui.presenters import initial

KIND_ICONS = {
    "consultation": "message-question",
    "complaint": "message-report",
    "repair": "tool",
    "alarm": "alert-triangle",
    "new_connection": "file-text",
    "network_fault": "route",
    "home_service": "home-check",
}


def who(seen: OnCall, *, in_full: bool) -> Who:
    """Who calls, from where. `in_full`: an alarm is handled, nothing is masked."""
    customer, home = seen.customer, seen.premises
    called = seen.called
    tags = [care_tag(customer.special_care)] if customer and customer.special_care else []
    if home and home.customer_class != "residential":
        tags.append(Tag(word(home.customer_class)))
    step = next((each for each in seen.plan.step if each.id == "surname"), None)
    confirmed = "surname" in seen.done
    state = "kept" if "address" in seen.done else ""
    return Who(
        name=called or (_("先选是哪一户") if seen.is_open_who else _("号码没有登记")),
        initial=initial(called) if called else "?",
        sub=_who_sub(seen),
        tags=tuple(tags),
        is_confirmed=confirmed,
        confirm_mark=mark(seen, seen.plan.phrases.name, "kept" if confirmed else ""),
        address=_address(home, seen.case),
        address_mark=mark(seen, _rule_of_step(seen, "address"), state),  # type: ignore[arg-type]  # one of the mark's states
        phone=MaskedPhone(_phone(seen, in_full=in_full)) if seen.call.number else None,
        rows=_rows(seen, home),
        notes=tuple(_notes(seen)),
        name_form=Act(
            _("改称呼"),
            act_url(seen, "name"),
            values=(("step", step.id),) if step else (),
        ),
        name_fields=(
            Field("caller_name", _("姓氏和称呼"), value=called, placeholder=_("欧阳女士")),
        ),
        url=reverse("customer", args=[customer.pk]) if customer else "",
        version=f"{seen.choice.version if seen.choice else 0}.{home.pk if home else ''}",
    )


def _rule_of_step(seen: OnCall, step_id: str) -> str:
    step = seen.plan.step_of(step_id)
    return step.rule if step else ""


def _phone(seen: OnCall, *, in_full: bool) -> str:
    return seen.call.number if in_full else wording.masked_phone(seen.call.number)


def _who_sub(seen: OnCall) -> str:
    if seen.is_open_who:
        return _("这个号码有 %(count)d 户，问清再选") % {"count": len(seen.homes)}
    if seen.customer is None:
        return _("问姓氏和地址，记在右边")
    return seen.customer.name


def _address(home: Premises | None, case: Case | None) -> tuple[str, ...]:
    if home is None:
        return (case.place,) if case and case.place else ()
    figures = [
        _("%(n)s 号楼") % {"n": home.building} if home.building else "",
        f"{home.unit} 单元 {home.flat}" if home.unit else home.flat,
    ]
    first = f"{home.estate.name} {figures[0]}".strip()
    return tuple(line for line in (first, figures[1] or home.place_name) if line)


def _rows(seen: OnCall, home: Premises | None) -> tuple[KeyLabel, ...]:
    if home is None:
        return ()
    by_kind: dict[str, list[str]] = {}
    for appliance in seen.appliances:
        by_kind.setdefault(appliance.kind, []).append(
            appliance.make or f"{appliance.installed_on:%Y-%m}"
        )
    rows = [KeyLabel(_("用气类别"), word(home.customer_class))]
    rows += [KeyLabel(word(kind), "、".join(makes)) for kind, makes in by_kind.items()]
    return tuple(rows)


def _notes(seen: OnCall) -> list[Note]:
    return [
        Note(
            _("同楼 30 分钟内 1 个报警：%(place)s，%(said)s")
            % {
                "place": case.premises.short_address if case.premises else case.place,
                "said": case.said,
            },
            "flame",
            "alert-triangle",
        )
        for case in seen.neighbours
    ]


def past(seen: OnCall) -> tuple[PastLine, ...]:
    """The last matters of this caller."""
    kinds = dict(CaseKind.choices)
    return tuple(
        PastLine(
            day=f"{wording.local(case.reported_at):%m-%d}",
            text=_("%(kind)s：%(said)s")
            % {"kind": kinds.get(case.kind, case.kind), "said": case.said},
            end=_("办理中") if case.is_open else _("已办结"),
            url=reverse("case", args=[case.number]),
        )
        for case in seen.earlier
    )


# --- the record


def record_fields(seen: OnCall) -> tuple[Field, ...]:
    """What the record of this kind holds; the number that they call from stands masked in its place."""
    masked = {"caller_phone": wording.masked_phone(seen.call.number)}
    return presenters.record_fields(seen, phone=_other_phone(seen), placeholders=masked)


def _other_phone(seen: OnCall) -> str:
    """A number that the caller named; the one they call from stands masked beside it."""
    named = seen.case.caller_phone if seen.case else ""
    return "" if named == seen.call.number else named


def missing(seen: OnCall) -> Note | None:
    """What the standard wants on record and nobody has said: it stops nothing."""
    return presenters.missing_note(seen, other=lambda code: gap_label(code, seen.plan.forms))


def record_mark(seen: OnCall) -> ClauseMark | None:
    """The mark of the rule that says what is recorded for this kind."""
    step = next((s for s in seen.plan.step if s.by == "record" and s.speaks_of(seen.kind)), None)
    return mark(seen, step.rule) if step else None


# --- kinds and the clocks they start


def starting(seen: OnCall, key: KindKey) -> tuple[Move, ...]:
    """The clocks that a kind would start, and when they would be due."""
    if seen.pack is None:
        return ()
    try:
        found = _foreseen(seen, key)
    except PackFaults:
        return ()
    return tuple(_move(seen, each) for each in found if each.after and _counts(each))


def running(seen: OnCall) -> tuple[Move, ...]:
    """The clocks of the case as they run."""
    if seen.case is None or seen.pack is None:
        return ()
    return starting(
        seen, KindKey(id=seen.case.kind, side=seen.case.side, severity=seen.case.severity)
    )


class _AsIf:
    """A case as it would be classified."""

    def __init__(self, key: KindKey) -> None:
        self.kind, self.side, self.severity = key.id, key.side, key.severity


def _foreseen(seen: OnCall, key: KindKey) -> Sequence[Foreseen]:
    if seen.case is not None:
        return foreseen_clocks(case=seen.case, to=_AsIf(key), now=seen.now)
    facts: dict[str, Scalar] = {
        "case_kind": key.id,
        "side": key.side,
        "channel": "phone",
        "customer_class": str(seen.premises.customer_class) if seen.premises else "residential",
        "special_care": bool(seen.customer and seen.customer.special_care),
        **({"severity": key.severity} if key.severity else {}),
    }
    at = seen.call.answered_at or seen.call.rang_at
    reported = Entry(
        id=UUID(int=0), kind="case.reported", happened_at=at, recorded_at=seen.now, data={}
    )
    return foreseen_if(happened=[reported], facts=facts, now=seen.now)


def _counts(each: Foreseen) -> bool:
    return each.after is not None and each.after.is_open and each.after.due_at is not None


def _move(seen: OnCall, each: Foreseen) -> Move:
    rule = seen.pack.rules.get(each.rule_id) if seen.pack else None
    after = each.after
    return Move(
        title=worded(rule.title) if rule else each.rule_id,
        before=None,
        after=standing_chip(after, now=seen.now) if after else None,
        what=wording.moment(after.due_at, now=seen.now) if after and after.due_at else "",
        clause=mark_of(rule.clause) if rule else None,
    )
