"""What lives in the product is read from its source: which operation records what, and from where."""

from shouwen.core.events import EVENTS
from shouwen.standard.living import CALL_JUDGED, Way, emitters
from shouwen.standard.locations import default_pack_path
from shouwen.standard.needs import lived, needs_of, not_recorded
from shouwen.standard.pack import load_pack

PACK = load_pack(default_pack_path())
RECORDED = emitters()


def operations(event):
    return {emitter.operation for emitter in RECORDED[event]}


def ways(event):
    return {way for emitter in RECORDED[event] for way in emitter.ways}


def test_an_event_is_found_in_the_operation_that_records_it_and_on_the_page_that_leads_there():
    assert operations("case.closed") == {"cases.close_case"}
    assert Way("page", "act_on_case", "close") in ways("case.closed")


def test_an_event_out_of_a_table_is_found_with_the_choice_that_leads_to_it():
    assert Way("page", "act_on_case", "step/repaired") in ways("case.repaired")
    assert Way("page", "act_on_case", "step/dispatched") not in ways("case.repaired")


def test_what_a_worker_does_by_itself_is_found_by_its_job():
    assert Way("job", "pass_milestone") in ways("clock.missed")


def test_an_event_that_is_only_asked_for_is_not_recorded_there():
    assert "messages.check_calendar_year" not in operations("calendar.published")
    assert "cases.escalate" not in operations("clock.missed")


def test_a_call_is_listened_to_where_it_is_taken_or_told_with_its_words():
    assert operations(CALL_JUDGED) == {"hotline.take_call", "hotline.judge_events"}


def test_only_events_that_exist_are_found():
    assert set(RECORDED) - {CALL_JUDGED} <= set(EVENTS)


def test_a_clock_needs_what_starts_and_what_stops_it_and_can_do_without_what_calls_it_off():
    needs = {
        event: need.helps
        for need in needs_of(PACK.rules["complaint-answered-72h"])
        for event in need.events
    }

    assert needs == {"case.reported": False, "case.answered": False, "case.voided": True}


def test_a_rule_whose_events_nobody_records_waits_for_them():
    outage = PACK.rules["outage-planned-notice"]

    assert "outage.announced" in not_recorded(outage, emitters={})
    assert not_recorded(PACK.rules["complaint-answered-72h"], emitters=RECORDED) == ()


def test_what_is_lived_names_the_part_that_the_event_plays():
    found = lived(PACK.rules["complaint-answered-72h"], emitters=RECORDED)

    assert ("怎样算做到", "cases.answer_customer") in {
        (each.need.part.zh, each.emitter.operation) for each in found
    }
    assert found[0].ways[0].kind == "page"
