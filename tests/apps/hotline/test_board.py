"""The queue board: what stands on it, who acts."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.hotline.models import AgentState, Call
from shouwen.hotline.operations import ask_for_call_back, set_status
from shouwen.hotline.queries.board import queue_board
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests import people
from tests.apps.hotline.callers import ringing
from tests.calls_played import PlayedCall, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(settings) -> Staff:
    settings.SHOUWEN_TELEPHONY = "simulator"
    return seated(people.staff("wang_min"))


def as_(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def shown(who: str, query: str = "") -> str:
    return as_(who).get(f"{reverse('board')}{query}").content.decode()


def waiting_for(agent: Staff, seconds: float) -> Call:
    return PlayedCall(agent).rings(ago=seconds - 1)


@pytest.mark.parametrize(("seconds", "look"), [(8, "run"), (13, "warn"), (20, "over")])
def test_a_wait_is_coloured_by_the_limits_of_the_rule(agent, seconds, look):
    waiting_for(agent, seconds)

    page = shown("zhou_min")

    assert f'class="sw-bd-{look}" data-limits data-grey="11.0" data-late="15.0"' in page
    assert "王敏 振铃" in page


def test_without_a_rule_nothing_turns_red(agent, monkeypatch):
    from shouwen.hotline.queries import board
    from shouwen.standard.cockpit import Cockpit

    monkeypatch.setattr(board, "readable_cockpit", Cockpit)
    waiting_for(agent, 60)

    page = shown("zhou_min")

    assert "只计时不变红" in page
    assert "标准包里没有这一条" in page


def test_the_longest_wait_comes_first_and_figures_are_counted_with_their_whole(agent):
    other = seated(people.staff("lin_xiao"), extension="1002")
    for after in (5, 9, 14, 18):
        call = PlayedCall(other)
        call.rings(ago=200)
        call.is_answered(ago=200 - after)
        call.is_hung_up()
    unheard = PlayedCall(other)
    unheard.tell("answered", offer="x:1", staff_no=other.staff_no)
    unheard.is_hung_up()
    first, second = waiting_for(agent, 40), waiting_for(other, 10)

    board = queue_board(now=system_clock.now())

    assert [call.pk for call in board.waiting] == [first.pk, second.pk]
    assert (board.today.kept, board.today.known, board.today.unknown) == (3, 4, 1)
    assert "3 / 4 个 · 1 个说不清" in shown("zhou_min")


def test_a_call_without_a_number_that_nobody_took_stays_on_the_board(agent):
    call = PlayedCall(agent, number="")
    call.rings(ago=30)
    over = call.is_hung_up(unanswered=True)
    ask_for_call_back(call_id=over.pk, now=system_clock.now())

    assert "没有号码，回不了" in shown("zhou_min")


def test_agents_see_the_board_without_the_acts(agent):
    waiting_for(agent, 5)
    seated(people.staff("lin_xiao"), extension="1002")

    assert "改派" in shown("zhou_min")
    for page in (shown("wang_min"), shown("zhou_min", "?wall")):
        assert "在等的来电" in page
        assert "board/calls" not in page
        assert "board/agents" not in page


def move(who: str, call: Call, to: str, act: uuid.UUID | None = None):
    return as_(who).post(
        reverse("board_move", args=[call.pk]), {"act_id": str(act or uuid.uuid4()), "to": to}
    )


def test_a_supervisor_moves_a_call_to_a_free_agent_once(agent):
    other, call = seated(people.staff("lin_xiao"), extension="1002"), waiting_for(agent, 5)
    act = uuid.uuid4()

    for _ in range(2):
        assert move("zhou_min", call, f"staff:{other.staff_no}", act).status_code == 302

    assert Call.objects.get().offers.filter(outcome="ringing").get().staff == other
    assert Entry.objects.filter(kind="call.reassigned").count() == 1


def test_without_an_exchange_the_answer_is_clear(agent, settings):
    settings.SHOUWEN_TELEPHONY = "none"
    call = waiting_for(agent, 5)

    answer = move(
        "zhou_min", call, f"staff:{seated(people.staff('lin_xiao'), extension='2').staff_no}"
    )

    assert answer.status_code == 409
    assert "改派不了" in answer.content.decode()


def test_a_queue_that_does_not_exist_is_refused(agent):
    assert move("zhou_min", waiting_for(agent, 5), "queue:nowhere").status_code == 400


def set_to(who: str, agent: Staff, status: str, reason: str = "forgotten"):
    return as_(who).post(
        reverse("board_status", args=[agent.staff_no]),
        {"act_id": str(uuid.uuid4()), "status": status, "reason": reason},
    )


def test_a_supervisor_sets_a_status_with_a_reason_and_their_name_stands_in_the_journal(agent):
    set_status(act_id=uuid.uuid4(), staff=agent, status="after_call", now=system_clock.now())

    assert set_to("zhou_min", agent, "ready").status_code == 302

    assert AgentState.objects.get(staff=agent).status == "ready"
    entry = Entry.objects.filter(kind="agent.status_set").latest("recorded_at")
    assert (entry.actor, entry.data) == ("2016", {"status": "ready", "reason": "forgotten"})


def test_nobody_is_made_ready_who_has_not_looked_through_the_lists(agent):
    other = seated(people.staff("lin_xiao"), extension="1002", checked=False)
    set_status(act_id=uuid.uuid4(), staff=other, status="not_ready", now=system_clock.now())

    answer = set_to("zhou_min", other, "ready")

    assert answer.status_code == 409
    assert "还没做班前检查" in answer.content.decode()


def test_a_reason_is_needed_and_agents_set_only_themselves(agent):
    assert set_to("zhou_min", agent, "off", "").status_code == 400
    assert set_to("zhou_min", agent, "off", "whim").status_code == 400
    assert set_to("wang_min", agent, "off").status_code == 403


def test_while_it_rings_the_status_follows_the_call(agent):
    waiting_for(agent, 5)

    assert set_to("zhou_min", agent, "off").status_code == 409


def test_two_hundred_waiting_calls_take_the_queries_of_one(agent, django_assert_max_num_queries):
    client = as_("zhou_min")
    for n in range(60):
        ringing(number=f"1407700{n:04d}", at=system_clock.now() - timedelta(seconds=n))
    client.get(reverse("board_body"))

    with django_assert_max_num_queries(18):
        page = client.get(reverse("board_body")).content.decode()

    assert "另有 20 个在等" in page
