"""Who gets where: every route × every role × every relation to the case, against one table."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.views.acting import ACTS
from shouwen.clocks.models import Clock
from shouwen.people.models import Staff
from tests import people

pytestmark = pytest.mark.django_db

# How somebody stands to the case. `colleague` works in its department, `stranger` in another one.
RELATIONS = ("owner", "first_asked", "offered", "colleague", "stranger")
# Roles that are treated alike.
GROUPS: dict[str, set[Role]] = {
    "steer": {Role.DISPATCHER, Role.STATION_MANAGER},
    "manage": {Role.COMPANY_MANAGER},
    "check": {Role.QA, Role.AUDITOR},
    "serve": {Role.AGENT, Role.CLERK, Role.HANDLER},
    "field": {Role.TECHNICIAN, Role.INSPECTOR},
    "none": {
        Role.TRAINER, Role.EDITOR, Role.APPROVER, Role.SYSTEM_ADMIN, Role.SECURITY,
    },
}  # fmt: skip

# One line for each kind of thing to do; columns: owner, first asked, offered, colleague, stranger.
# y: done or shown; -: refused (403); !: seen, yet another person's to do (409).
TABLE = """
            steer  manage  check  serve  field  none
look        yyyyy  yyyyy   yyyyy  yyyy-  yyy--  -----
work        yyyyy  y----   -----  y----  y----  -----
offer       y!!!!  y----   -----  y----  y----  -----
answer      --y--  --y--   -----  --y--  --y--  -----
withdraw    y----  y----   -----  y----  y----  -----
clock       yyyyy  yyyyy   yyyyy  y--y-  y----  -----
clocks      yyyyy  yyyyy   yyyyy  yyyyy  yyyyy  -----
everybody   yyyyy  yyyyy   yyyyy  yyyyy  yyyyy  yyyyy
"""
# Every route by its name, and the line of the table that says who gets there. A route that is not
# listed here fails the test below: whoever adds one says here who it is for.
ROUTES = {
    "my_work": "everybody",
    "my_work_rows": "everybody",
    "sign_in": "everybody",
    "sign_out": "everybody",
    "preferences": "everybody",
    "clock_board": "clocks",
    "clock_board_rows": "clocks",
    "why": "clock",
    "case": "look",
    "case_body": "look",
    "reveal_phone": "work",
    "act_on_case": "work",  # `offer` has a line of its own
    "accept_handover": "answer",
    "refuse_handover": "answer",
    "withdraw_handover": "withdraw",
    "keep_promise": "work",
}
POSTED = {
    "sign_out", "preferences", "reveal_phone", "act_on_case", "accept_handover", "refuse_handover",
    "withdraw_handover", "keep_promise",
}  # fmt: skip
# Invented people only, open to everybody.
GALLERY = "ui:"
EVERYTHING = {
    "words": "一句话", "to": "department:repair", "channel": "phone", "what": "arrived",
    "reason": "awaiting_customer", "due": "2099-10-09T17:30", "kind": "call_back",
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A case with an owner, a first-asked person and an open offer, and what hangs on it."""

    person: Staff
    case: Case
    offer: Handover
    promise: Promise
    clock: Clock
    offer_is_in_the_way: bool


def expected() -> dict[tuple[str, str, str], str]:
    """The table as line, group of roles, relation → y, - or !."""
    head, *rows = TABLE.strip("\n").splitlines()
    return {
        (line, group, relation): sign
        for line, *cells in map(str.split, rows)
        for group, cell in zip(head.split(), cells, strict=True)
        for relation, sign in zip(RELATIONS, cell, strict=True)
    }


def routes(patterns: list[URLPattern | URLResolver], *, space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern.url_patterns, space=space + inner)
        else:
            yield f"{space}{pattern.name}"


def test_every_route_says_in_the_table_who_it_is_for():
    known = {name for name in routes(get_resolver().url_patterns) if not name.startswith(GALLERY)}

    assert known == set(ROUTES)
    assert set(ROUTES.values()) | {"offer"} == {line for line, _, _ in expected()}


def test_every_role_is_in_one_group_of_the_table():
    listed = [role for roles in GROUPS.values() for role in roles]

    assert sorted(listed) == sorted(Role)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("group", GROUPS)
def test_a_role_gets_where_the_table_says_and_nowhere_else(group, relation):
    table = expected()

    wrong = []
    for place, role in enumerate(sorted(GROUPS[group])):
        scene = _scene(_somebody(role, relation), relation)
        for name, what, line in _doors(every_act=place == 0):
            if line in ("everybody", "clocks") and relation != "stranger":
                continue  # nothing to do with the case
            wanted = _status(table[line, group, relation], name)
            status = _tried(name, what, scene)
            if status != wanted:
                wrong.append(f"{name} {what} as {role}: {status}, not {wanted}")

    assert wrong == []


def test_a_person_without_any_role_gets_no_further_than_the_start_page():
    scene = _scene(_somebody(None, "owner"), "owner")

    for name, what, line in _doors(every_act=True):
        status = _tried(name, what, scene)

        assert status == _status("y" if line == "everybody" else "-", name), (name, what)


def _doors(*, every_act: bool) -> Iterator[tuple[str, str, str]]:
    """Name of a route, the act where it is one, the line of the table."""
    for name, line in ROUTES.items():
        if name == "act_on_case":
            acts = ACTS if every_act else ("note", "offer")
            yield from ((name, what, "offer" if what == "offer" else line) for what in acts)
        else:
            yield name, "", line


def _status(sign: str, name: str) -> int:
    shows_a_page = name not in POSTED or name == "reveal_phone"
    return {"-": 403, "!": 409, "y": 200 if shows_a_page else 302}[sign]


def _tried(name: str, what: str, scene: Scene) -> int:
    """The status of one request; whatever it did is taken back."""
    with transaction.atomic():
        if what == "offer" and scene.offer_is_in_the_way:
            Handover.objects.filter(pk=scene.offer.pk).update(state="withdrawn")
        client = Client()
        client.force_login(scene.person)
        path = reverse(name, args=_arguments(name, what, scene))
        form = EVERYTHING | {"act_id": uuid.uuid4()}
        response = client.post(path, form) if name in POSTED else client.get(path)
        transaction.set_rollback(True)
    return response.status_code


def _somebody(role: Role | None, relation: str) -> Staff:
    return Staff.objects.create_staff(
        staff_no=f"8-{role or 'nobody'}"[:16],
        name="某人",
        password=None,
        department=people.department("repair" if relation == "colleague" else "hall"),
        roles={role} if role else set(),
    )


def _scene(person: Staff, relation: str) -> Scene:
    """The case as it stands to the person."""
    at = system_clock.now() - timedelta(minutes=5)
    first_asked = person if relation == "first_asked" else people.staff("wang_min")
    owner = person if relation == "owner" else people.staff("lin_xiao")
    case = people.case(at=at, by=first_asked, department="repair", caller_phone="14077002093")
    case.chain.update(until=at)
    case.chain.create(staff=owner, since=at)
    case.owner, case.department = owner, people.department("repair")
    case.save()
    doing: dict[str, Any] = {"case_id": case.pk, "by": owner, "at": at, "now": at}
    promise = operations.make_promise(
        act_id=uuid.uuid4(), kind="visit", words="上门", due_at=at + timedelta(hours=2), **doing
    )
    to = person if relation == "offered" else people.staff("zhou_min")
    offer = operations.offer_handover(act_id=uuid.uuid4(), to_staff=to, note="请接手", **doing)
    clock = Clock.objects.filter(subject_id=case.pk, due_at__isnull=False).first()
    assert clock
    return Scene(person, case, offer, promise, clock, offer_is_in_the_way=relation != "offered")


def _arguments(name: str, what: str, scene: Scene) -> list[object]:
    match name:
        case "why":
            return [scene.clock.pk]
        case "case" | "case_body" | "reveal_phone":
            return [scene.case.number]
        case "act_on_case":
            return [scene.case.number, what]
        case "accept_handover" | "refuse_handover" | "withdraw_handover":
            return [scene.offer.pk]
        case "keep_promise":
            return [scene.promise.pk]
        case _:
            return []
