"""Who gets where: every route × every role × every relation to the case, against one table."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shouwen.access.roles import Role
from shouwen.cases.models import AnswerRequest, Handover, VoidRequest
from shouwen.cases.views.deeds import DEEDS
from tests import people
from tests.role_routes import BY_LINK, ROLE_ROUTES
from tests.scenes import Scene, arguments, scene_of, somebody
from tests.what_is_sent import EVERYTHING, OF_ACTS

pytestmark = pytest.mark.django_db

# How somebody stands to the case. `colleague` works in its department, `stranger` in another one.
RELATIONS = ("owner", "first_asked", "offered", "colleague", "stranger")
# Roles that are treated alike.
GROUPS: dict[str, set[Role]] = {
    "steer": {Role.DISPATCHER},
    "station": {Role.STATION_MANAGER},
    "manage": {Role.COMPANY_MANAGER},
    "check": {Role.QA, Role.AUDITOR},
    "serve": {Role.AGENT, Role.CLERK, Role.HANDLER},
    "field": {Role.TECHNICIAN, Role.INSPECTOR},
    "keep": {Role.SYSTEM_ADMIN, Role.SECURITY},
    "none": {Role.TRAINER, Role.EDITOR, Role.APPROVER},
}  # fmt: skip

# One line for each kind of thing to do; columns: owner, first asked, offered, colleague, stranger.
# y: done or shown; -: refused (403); !: seen, yet another person's to do (409).
TABLE = """
            steer  station  manage  check  serve  field  keep   none
look        yyyyy  yyyyy    yyyyy   yyyyy  yyyy-  yyy--  -----  -----
work        yyyyy  yyyyy    y----   -----  y----  y----  -----  -----
reveal      yyyyy  yy---    y----   -----  y----  y----  -----  -----
offer       y!!!!  y!!!!    y----   -----  y----  y----  -----  -----
answer      --y--  --y--    --y--   -----  --y--  --y--  -----  -----
withdraw    y----  y----    y----   -----  y----  y----  -----  -----
reassign    -yyyy  -yyyy    -----   -----  -----  -----  -----  -----
reopen      !!!!!  !!!!!    !!---   -----  !!---  !!---  -----  -----
approve     yyyyy  yyyyy    yyyyy   -----  -----  -----  -----  -----
shift       y-y--  y-y--    y-y--   -----  y-y--  y-y--  -----  -----
hand_over   yyyyy  yyyyy    yyyyy   -----  yyyyy  yyyyy  -----  -----
late        yyyyy  yyyyy    -----   -----  yyyyy  -----  -----  -----
clocks      yyyyy  yyyyy    yyyyy   yyyyy  yyyyy  yyyyy  -----  -----
desks       -----  -----    -----   -----  -----  -----  yyyyy  -----
everybody   yyyyy  yyyyy    yyyyy   yyyyy  yyyyy  yyyyy  yyyyy  yyyyy
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
    "why": "look",
    "case": "look",
    "case_body": "look",
    "reveal_phone": "reveal",
    "act_on_case": "work",  # those in OWN_LINE have a line of their own
    "accept_handover": "answer",
    "refuse_handover": "answer",
    "withdraw_handover": "withdraw",
    "keep_promise": "work",
    "cases": "clocks",
    "cases_rows": "clocks",
    "enter_late": "late",
    "hand_over_shift": "hand_over",
    "reclassify": "work",
    "print_order": "work",
    "attachment": "look",
    "shift_offer": "shift",
    "accept_shift": "answer",
    **dict.fromkeys(("approve_answer", "refuse_answer"), "approve"),
    **dict.fromkeys(("incidents", "incident", "incident_body"), "clocks"),
    **dict.fromkeys(("incident_until", "incident_end"), "work"),
    "approve_void": "approve",
    "refuse_void": "approve",
    "undo_merge": "work",
    "unlink": "work",
    "escalation_seen": "clocks",
    "sign_in_code": "everybody",  # leads back to the password
    "sign_in_set_up": "everybody",
    "lock": "everybody",
    "awake": "everybody",
    "security": "everybody",
    "change_password": "everybody",
    "set_up_app": "everybody",
    "add_passkey": "everybody",
    "new_codes": "everybody",
    "remove_factor": "everybody",
    "end_others": "everybody",
    "end_sign_in": "everybody",
    "alarm": "everybody",
    "desks": "desks",
    "register_desk": "desks",
    "revoke_desk": "desks",
}
OWN_LINE = {"offer": "offer", "reassign": "reassign", "reopen": "reopen"}
# What has nothing to do with how somebody stands to a case.
GENERAL = ("everybody", "clocks", "late", "hand_over", "desks")
POSTED = {
    "sign_out", "preferences", "reveal_phone", "act_on_case", "accept_handover", "refuse_handover",
    "withdraw_handover", "keep_promise", "print_order", "accept_shift", "approve_void",
    "refuse_void", "approve_answer", "refuse_answer", "incident_until", "incident_end",
    "undo_merge", "unlink", "escalation_seen", "awake", "change_password",
    "new_codes", "remove_factor", "end_others", "end_sign_in", "register_desk", "revoke_desk",
}  # fmt: skip
# Let in, and neither a page nor a way onward: those that ask for the password once more say so.
LET_IN = {
    "reveal_phone": 200, "print_order": 200, "awake": 204, "sign_in_code": 302,
    "sign_in_set_up": 302, "change_password": 400, "new_codes": 400, "remove_factor": 400,
}  # fmt: skip
# Invented people only, open to everybody.
GALLERY = "ui:"


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

    assert known == set(ROUTES) | set(ROLE_ROUTES) | BY_LINK
    assert set(ROUTES.values()) | set(OWN_LINE.values()) == {line for line, _, _ in expected()}


def test_every_role_is_in_one_group_of_the_table():
    listed = [role for roles in GROUPS.values() for role in roles]

    assert sorted(listed) == sorted(Role)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("group", GROUPS)
def test_a_role_gets_where_the_table_says_and_nowhere_else(group, relation):
    table = expected()

    wrong = []
    for place, role in enumerate(sorted(GROUPS[group])):
        scene = scene_of(somebody(role, relation), relation)
        for name, what, line in _doors(every_act=place == 0):
            if line in GENERAL and relation != "stranger":
                continue  # nothing to do with the case
            wanted = _status(table[line, group, relation], name)
            status = _tried(name, what, scene)
            if status != wanted:
                wrong.append(f"{name} {what} as {role}: {status}, not {wanted}")

    assert wrong == []


def test_a_person_without_any_role_gets_no_further_than_the_start_page():
    scene = scene_of(somebody(None, "owner"), "owner")

    for name, what, line in _doors(every_act=True):
        status = _tried(name, what, scene)

        assert status == _status("y" if line == "everybody" else "-", name), (name, what)


def _doors(*, every_act: bool) -> Iterator[tuple[str, str, str]]:
    """Name of a route, the act where it is one, the line of the table."""
    for name, line in ROUTES.items():
        if name == "act_on_case":
            acts = DEEDS if every_act else ("note", *OWN_LINE)
            yield from ((name, what, OWN_LINE.get(what, line)) for what in acts)
        else:
            yield name, "", line


def _status(sign: str, name: str) -> int:
    let_in = LET_IN.get(name, 302 if name in POSTED else 200)
    return {"-": 403, "!": 409, "y": let_in}[sign]


def _tried(name: str, what: str, scene: Scene) -> int:
    """The status of one request; whatever it did is taken back."""
    with transaction.atomic():
        if what == "offer" and scene.offer_is_in_the_way:
            Handover.objects.filter(pk=scene.offer.pk).update(state="withdrawn")
        if what == "void":
            VoidRequest.objects.all().delete()
        if what in ("ask", "answer", "solve"):
            AnswerRequest.objects.all().delete()
        client = Client()
        client.cookies.load(scene.cookies)
        path = reverse(name, args=arguments(name, what, scene))
        form: dict[str, Any] = EVERYTHING | OF_ACTS.get(what, {}) | {"act_id": uuid.uuid4()}
        form["keeper"] = scene.person.staff_no
        if what in ("link", "merge"):
            form["other"] = scene.own.number
        if what == "join":
            form["incident"] = people.incident(scene.own).pk
        if what == "attach":
            form["file"] = SimpleUploadedFile("a.txt", "客户在家".encode())
        response = client.post(path, form) if name in POSTED else client.get(path)
        if response.streaming:
            list(response.streaming_content)  # type: ignore[attr-defined]  # read to its end, it closes its file
        transaction.set_rollback(True)
    return response.status_code
