"""What a phone takes with it: orders around today with the least of personal data, and the rules of the door."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, Q

from shouwen.clocks.queries import active_pack_path, readable_standard
from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.core.kinds.checklist import ChecklistVersion
from shouwen.core.kinds.guidance import GuidanceVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.protocol import ProtocolVersion
from shouwen.core.text.phrases import filled
from shouwen.customers.models import Occupancy
from shouwen.fieldwork.models import LIVE, Appointment, Order, Visit
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack
from shouwen.standard.phoning import PhonePlan, load_phone
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.visits.judging import visit_rules
from shouwen.visits.models import Pass

Json = dict[str, Any]
HAZARDS, HAZARD_SETTINGS = "hazards.tsv", "hazards.toml"


def phone_plan() -> PhonePlan:
    """What the company set for its phones; the defaults while the standard cannot be read."""
    try:
        return _phone(active_pack_path())
    except PackFaults:
        return PhonePlan()


@lru_cache(maxsize=4)
def _phone(path: Path) -> PhonePlan:
    return load_phone(path)


def orders_of_day(*, staff: Staff, now: datetime) -> list[Order]:
    """The orders that somebody has, planned until tomorrow or not planned yet; alarms first. Five queries."""
    span = timedelta(days=phone_plan().days + 1)
    near = Q(planned_from__isnull=True) | Q(planned_from__lte=now + span)
    lives = Occupancy.objects.filter(until__isnull=True).select_related("customer")
    found = (
        Order.objects.filter(near, assignee=staff, state__in=LIVE)
        .select_related("case__customer", "premises__estate")
        .prefetch_related(
            Prefetch("premises__occupancies", queryset=lives.prefetch_related("customer__phones")),
            Prefetch("appointments", queryset=Appointment.objects.filter(state="open")),
            Prefetch("visits", queryset=Visit.objects.order_by("-started_at")),
            "case__customer__phones",
        )
    )
    return list(found.order_by("-urgent", "planned_from", "due_at", "number")[:60])


def packed_day(*, orders: Sequence[Order], staff: Staff, now: datetime) -> Json:
    """The day as plain values, in the language of the person."""
    pack = readable_standard()
    codes = dict(Pass.objects.filter(staff=staff).values_list("order_id", "code"))
    packed = [_order(order, codes.get(order.pk, "")) for order in orders]
    return {
        "pulled_at": now.isoformat(),
        "edition": pack.digest if pack else "",
        "staff": {"no": staff.staff_no, "name": staff.name},
        "company": pack.organisation.slots() if pack else {},
        "orders": packed,
        "rules": _rules(pack, now) if pack else {},
        "plan": _plain(asdict(phone_plan())) | _hazards(active_pack_path()),
    }


def _order(order: Order, code: str) -> Json:
    customer = order.case.customer if order.case and order.case.customer else None
    stays = list(order.premises.occupancies.all()) if order.premises else []
    customer = customer or next((stay.customer for stay in stays), None)
    agreed = next(iter(order.appointments.all()), None)
    phones = list(customer.phones.all()) if customer else []
    return {
        "id": str(order.pk),
        "number": order.number,
        "kind": order.kind,
        "kind_title": str(order.get_kind_display()),
        "version": order.version,
        "state": order.state,
        "urgent": order.urgent,
        "place": order.premises.short_address if order.premises else order.place,
        "called": customer.called if customer else (order.case.caller_name if order.case else ""),
        "phone": phones[0].number if phones else (order.case.caller_phone if order.case else ""),
        "care": str(customer.get_special_care_display()) if customer else "",
        "said": order.case.said if order.case else "",
        "planned": _local(order.planned_from),
        "until": _local(order.planned_until),
        "agreed": [_local(agreed.starts_at), _local(agreed.ends_at)] if agreed else [],
        "due": _local(order.due_at),
        "code": code,
        "before": [
            f"{wording.day_text(wording.local_day(visit.started_at))} {visit.get_outcome_display()}"
            for visit in list(order.visits.all())[:3]
            if visit.outcome
        ],
    }


def _local(at: datetime | None) -> str:
    return wording.clock_text(at) if at else ""


def _rules(pack: Pack, now: datetime) -> Json:
    """The rules of the door in force today, sorted by what the phone does with them."""
    found: dict[str, list[Json]] = {"lists": [], "protocols": [], "phrases": [], "customers": []}
    day = pack.calendar.day_of(now)
    for rule in visit_rules(This(pack)):
        version = rule.on(day)
        head = {"rule": rule.id, "clause": rule.clause, "title": worded(rule.title)}
        match version:
            case ChecklistVersion():
                found["lists"].append(
                    {**head, "items": _plain([asdict(i) for i in version.items])}
                )
            case ProtocolVersion():
                found["protocols"].append(_protocol(head, version))
            case PhraseVersion() if any(kind.startswith("visit.") for kind in version.wanted_on):
                says = [filled(line, pack.organisation.slots()) for line in version.says]
                found["phrases"].append({**head, "says": says, "on": list(version.wanted_on)})
            case GuidanceVersion() if _is_about_visits(pack, rule):
                found["customers"].append(
                    {**head, **_plain(asdict(version)), "says": list(version.says)}
                )
            case _:
                pass
    return found


def _is_about_visits(pack: Pack, rule: Rule) -> bool:
    """Advice about customers stands beside the other rules of visits."""
    return pack.files[rule.id].startswith("visits/")


def _protocol(head: Json, version: ProtocolVersion) -> Json:
    steps = _plain([asdict(step) for step in version.steps])
    conditions = {
        "when": _plain(dict(version.when)),
        "begins": list(version.begins),
        "any_order": version.any_order,
    }
    return {**head, **conditions, "steps": steps}


def _hazards(path: Path) -> Json:
    """The catalogue of hazards with its readings, as soon as the pack has one."""
    found: Json = {"hazards": []}
    if (path / HAZARDS).exists():
        text = (path / HAZARDS).read_text(encoding="utf-8").splitlines()
        found["hazards"] = [dict(row) for row in csv.DictReader(text, delimiter="\t")]
    if (path / HAZARD_SETTINGS).exists():
        table = tomllib.loads((path / HAZARD_SETTINGS).read_text(encoding="utf-8"))
        if table.get("reading"):
            found["reading"] = [_reading(row) for row in table["reading"]]
    return found


def _reading(row: Mapping[str, Any]) -> Json:
    title = row.get("title", {})
    return {
        "code": str(row.get("code", "")),
        "title": worded(Words(zh=title.get("zh", ""), en=title.get("en", ""))),
        "unit": str(row.get("unit", "")),
        "warn_over": row.get("warn_over"),
        "danger_over": row.get("danger_over"),
    }


def _plain(value: Any) -> Any:
    """Values as JSON; words in two languages in that of the person."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return worded(Words(zh=value["zh"], en=value["en"]))
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return _plain(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else value
