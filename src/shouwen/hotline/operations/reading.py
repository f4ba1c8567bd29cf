"""From the words of a call to the case it becomes: what is known, what the standard still wants."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from shouwen.cases.operations import NewCase
from shouwen.core.calls import CallRecord
from shouwen.core.gathering import Gathered, what_was_said
from shouwen.core.text.taxonomy import Leaf, propose
from shouwen.customers.models import Estate
from shouwen.guiding.reading import NOTHING_SAID, required_fields
from shouwen.hotline.queries import Caller, readable_leaves, readable_standard
from shouwen.people.models import Staff


def listen(*, call: CallRecord) -> Gathered:
    """The facts of a call, heard with the register of estates and without our own numbers."""
    pack = readable_standard()
    own = (pack.organisation.hotline,) if pack else ()
    return what_was_said(call, estates=_estates(), own_numbers=own)


def new_case_of(
    *,
    call: CallRecord,
    said: Gathered,
    case_id: uuid.UUID,
    staff: Staff,
    caller: Caller,
    gaps: Sequence[str],
) -> NewCase:
    """The case of a call whose `started_at` is the moment it is to count from.

    The kind is the agent's choice; the leaf of the taxonomy is proposed from the words.
    """
    leaf = _leaf(call)
    place = "" if caller.premises else said.place[:120]
    return NewCase(
        id=case_id,
        kind=call.kind,
        said=said.summary or NOTHING_SAID,
        reported_at=call.started_at,
        first_asked=staff,
        leaf=leaf.code if leaf else "",
        side=leaf.side if leaf else "none",
        severity=_severity(leaf),
        department=leaf.department if leaf else staff.department_code,
        customer=caller.customer,
        premises=caller.premises,
        caller_name="" if caller.customer else f"{said.surname}{said.title}"[:60],
        caller_phone=said.phone,
        place=place,
        missing=_missing(call, said, caller, place),
        unsettled=(*gaps, *_unsettled(call, said, caller)),
    )


def _estates() -> Mapping[str, str]:
    spellings: dict[str, str] = {}
    for name, aliases in Estate.objects.values_list("name", "aliases"):
        spellings[name] = name
        spellings |= dict.fromkeys(aliases, name)
    return spellings


def _leaf(call: CallRecord) -> Leaf | None:
    known = readable_leaves()
    if call.direction == "outbound" or not known:
        return None
    texts = [turn.text for _, turn in call.by("customer")]
    proposed = propose(leaves=known.values(), texts=texts, kind=call.kind)
    return known[proposed[0].code] if proposed else None


def _severity(leaf: Leaf | None) -> str:
    """Faults of the network are ordinary until somebody says major; the most urgent are major."""
    if leaf is None or leaf.side != "network":
        return ""
    return "major" if leaf.priority == "P0" else "ordinary"


def _missing(call: CallRecord, said: Gathered, caller: Caller, place: str) -> tuple[str, ...]:
    """What the record rules of the standard require for this kind and nobody has said."""
    there = {
        "name": bool(caller.customer or said.surname),
        "phone": bool(said.phone),
        "address": bool(caller.premises or place),
        "content": bool(said.summary),
    }
    pack = readable_standard()
    wanted = required_fields(pack=pack, kind=call.kind) if pack else ()
    return tuple(field for field in wanted if not there.get(field, True))


def _unsettled(call: CallRecord, said: Gathered, caller: Caller) -> tuple[str, ...]:
    """What a person has to look at: who is calling, which home, danger heard on another kind."""
    unknown = call.direction == "inbound" and call.kind != "other"
    danger = said.danger and call.kind != "alarm"
    return (*([caller.gap] if unknown and caller.gap else []), *(["danger"] if danger else []))


def at_of(call: CallRecord, seconds: float | None) -> datetime:
    """The instant so many seconds into the call; its last known moment when nothing is given."""
    last = max((turn.end for turn in call.turns), default=0.0)
    offset = seconds if seconds is not None else max(last, call.ended_after or 0.0)
    return call.started_at + timedelta(seconds=offset)
