"""Every route that a role alone decides × every role, against the table."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.core.clause import Words
from shouwen.editions.operations import start_draft
from shouwen.people import operations
from shouwen.people.models import CalendarDraft, Shift, Staff
from shouwen.people.operations import Act
from tests import people
from tests.apps.hotline.callers import ringing
from tests.role_routes import ROLE_ROUTES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [None, *Role])
def test_a_role_gets_where_the_table_says_and_nowhere_else(role):
    client = Client()
    client.force_login(
        Staff.objects.create_staff(
            staff_no="8-somebody", name="某人", password=None, roles={role} if role else set()
        )
    )
    arguments = _arguments()

    opened = {name for name in ROLE_ROUTES if _status(client, name, arguments) != 403}

    assert opened == {name for name, (_, roles) in ROLE_ROUTES.items() if role in roles}


# What stands in the address of a route, by the names of `_arguments`.
IN_ADDRESS = {
    **dict.fromkeys(("person", "person_change", "person_deactivate"), ("staff_no",)),
    **dict.fromkeys(("person_reactivate", "person_link"), ("staff_no",)),
    **dict.fromkeys(("calendar_draft", "calendar_publish", "calendar_refuse"), ("draft",)),
    **dict.fromkeys(("shift_change", "shift_remove"), ("shift",)),
    **dict.fromkeys(("customer", "cases_of_customer"), ("customer",)),
    **dict.fromkeys(
        (
            "edition",
            "edition_impact",
            "edition_moves",
            "edition_diff",
            "edition_zip",
            "edition_upload",
            "edition_submit",
            "edition_discard",
            "edition_recount",
            "edition_approve",
            "edition_refuse",
            "draft_choose",
        ),
        ("edition",),
    ),
    **dict.fromkeys(("draft_rule", "draft_rule_drop"), ("edition", "consultation-answered-2wd")),
    "draft_clause": ("5.3.4",),
    "act_on_customer": ("customer", "correct"),
    "customer_phone": ("customer", "phone"),
    "premises": ("premises",),
    "figure": ("promise-kept",),
    "act_on_premises": ("premises", "meter"),
    "act_on_care": ("nobody", "end"),
    **dict.fromkeys(("unmerge", "remove_meter", "remove_appliance"), ("nobody",)),
    "retry_message": ("nobody",),
    "clause": ("clause",),
    **dict.fromkeys(
        ("cockpit_accept", "cockpit_assist", "cockpit_preview", "supervisor_came"), ("nobody",)
    ),
    "cockpit_act": ("nobody", "step"),
    **dict.fromkeys(("review", "coaching_done"), ("nobody",)),
    "review_act": ("nobody", "confirm"),
    "counter_act": ("next",),
    "counter_serve": ("step",),
    "ticket": ("nobody",),
    **dict.fromkeys(("field_decide", "field_gift_decide", "field_wipe"), ("nobody",)),
    **dict.fromkeys(("letter", "letter_phone"), ("nothing",)),
    "letter_act": ("nothing", "take"),
    "letter_file": ("nothing", "number"),
    "cockpit_outcome": ("nobody",),
    **dict.fromkeys(("dispatch_suggest", "dispatch_assign", "dispatch_accept"), ("nobody",)),
    **dict.fromkeys(("dispatch_order", "dispatch_of_case"), ("nothing",)),
    "customer_visit": ("nothing",),
    "dispatch_act": ("nothing", "withdraw"),
    "dispatch_book": ("nothing", "book"),
    **dict.fromkeys(("hazard", "hazard_body"), ("nothing",)),
    **dict.fromkeys(("hazard_photo", "hazard_paper"), ("nothing", "nobody")),
    "act_on_hazard": ("nothing", "close"),
    "act_on_notice": ("nothing", "nobody", "give"),
    "board_move": ("nobody",),
    "board_status": ("staff_no",),
    **dict.fromkeys(("callback_dial", "callback_outcome"), ("nobody",)),
    **dict.fromkeys(("callback_give", "callback_reassign"), ("nobody",)),
    **dict.fromkeys(("call", "call_body", "call_sounds"), ("call",)),
    **dict.fromkeys(("recording_open", "recording_download"), ("call", "nobody")),
    "recording_sound": ("call", "nobody", "nobody", "both"),
    **dict.fromkeys(("call_pop", "call_choose_home", "call_phone", "call_billing"), ("call",)),
    "call_send_article": ("call", "nothing"),
    "knowledge_article": ("nothing",),
    "ruling_why": ("nobody",),
    **dict.fromkeys(("whatif", "whatif_ask"), ("nobody",)),
    **dict.fromkeys(("whatif_progress", "whatif_flips", "whatif_cancel"), ("nobody", "nobody")),
    **dict.fromkeys(("move_out", "set_aliases", "revive_job", "give_up_job"), ("number",)),
}


def _status(client: Client, name: str, arguments: dict[str, str]) -> int:
    path = reverse(name, args=[arguments.get(part, part) for part in IN_ADDRESS.get(name, ())])
    if not ROLE_ROUTES[name][0]:
        return client.get(path).status_code
    # An act without its id is refused on the page: who may come that far is what is asked here.
    return client.post(path, {"staff": arguments["staff_no"]}).status_code


def _arguments() -> dict[str, str]:
    now = system_clock.now()
    known = people.staff("wang_min")
    draft = CalendarDraft.objects.create(
        id=uuid.uuid4(),
        years=[2039],
        text='[[year]]\nyear = 2039\nsource = { title = "t", number = "n", issued_on = 2038-11-01 }\n'
        'holiday = [ { name = "元旦", from = 2039-01-01, to = 2039-01-01 } ]\n',
        digest="0" * 64,
        uploaded_by=known,
        uploaded_at=now,
    )
    shift = Shift.objects.create(
        id=uuid.uuid4(),
        staff=known,
        line=operations.add_line(code="hotline", name=Words(zh="热线", en="Hotline"), kind="line"),
        starts_at=now,
        ends_at=now + timedelta(hours=8),
    )
    edition = start_draft(name="草案", by=known, act=Act(id=uuid.uuid4()), now=now)
    customer, premises = people.home()
    return {
        "staff_no": known.staff_no,
        "draft": str(draft.pk),
        "edition": str(edition.pk),
        "shift": str(shift.pk),
        "customer": str(customer.pk),
        "phone": str(customer.phones.get().pk),
        "premises": str(premises.pk),
        "nobody": str(uuid.uuid4()),
        "number": "0",
        "clause": "2.2.4",
        "call": str(ringing().pk),
    }
