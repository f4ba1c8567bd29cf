"""Wrong checklists, controls and aims name every fault with its place and a remedy."""

import pytest

from shouwen.core.acts import ACTS, FIELDS
from shouwen.core.events import EVENTS
from shouwen.standard.checking import check_pack
from shouwen.standard.faults import PackFaults
from tests.standard.small_pack import RULE, write_pack

HEAD = RULE[: RULE.index("[[version]]")]
CHECKLIST = (
    HEAD.replace('"clock"', '"checklist"')
    + """[[version]]
from = 2025-01-01
occasions = ["start_of_shift"]
start = ["staff.duty_began"]
done_before = ["staff.went_ready"]
items = [
  { id = "badge", title = { zh = "工牌", en = "Badge" } },
  { id = "tidy", title = { zh = "整洁", en = "Tidy" }, points = 2 },
]
"""
)
CONTROL = '{ id = "kept", title = { zh = "登记", en = "Kept" }, '
ACCESS = (
    HEAD.replace('"clock"', '"access"')
    + f"""[[version]]
from = 2025-01-01
controls = [
  {CONTROL}effect = "register", acts = ["copied"], needs = ["keeper", "destroy_on"] }},
]
"""
)
VALUE = (
    HEAD.replace('"clock"', '"value"')
    + """[[version]]
from = 2025-01-01
evidence = [{ id = "clocks_kept", title = { zh = "时限", en = "Clocks" } }]
"""
)
GUIDANCE = (
    HEAD.replace('"clock"', '"guidance"')
    + """[[version]]
from = 2025-01-01
situation = { zh = "争执", en = "Argument" }
do = [{ zh = "安抚", en = "Calm" }]
"""
)
WITH_ITEM = '{ id = "tidy", title = { zh = "整洁", en = "Tidy" }, points = 2 }'
REGISTER = 'effect = "register", acts = ["copied"], needs = ["keeper", "destroy_on"]'
FAULTS = [
    (CHECKLIST, '"tidy"', '"badge"', "items.1.id", "choose another id"),
    (CHECKLIST, "points = 2", "points = 0", "items.1.points", "make it more than 0"),
    (CHECKLIST, '"tidy"', '"tidy.1"', "items.1.id", "use small letters and underscores"),
    (CHECKLIST, "items = [", "pass_score = 1.2\nitems = [", "pass_score", "make it more than 0"),
    (CHECKLIST, "items = [", "pass_score = 0\nitems = [", "pass_score", "make it more than 0"),
    (CHECKLIST, "_began", "_begun", "start.0", "did you mean staff.duty_began?"),
    (CHECKLIST, "went_ready", "gone_ready", "done_before.0", "did you mean staff.went_ready?"),
    (CHECKLIST, '["start_of_shift"]', '["spot_check"]', "occasions", "add start_of_shift"),
    (CHECKLIST, '["start_of_shift"]', '["spot_chek"]', "occasions.0", "did you mean spot_check?"),
    (ACCESS, '"copied"', '"copyed"', "controls.0.acts.0", "did you mean copied?"),
    (ACCESS, 'acts = ["copied"], ', "", "controls.0.acts", "write at least one"),
    (ACCESS, '"keeper"', '"keper"', "controls.0.needs.0", "did you mean keeper?"),
    (ACCESS, 'needs = ["keeper", "destroy_on"]', "needs = []", "controls.0.needs", "at least one"),
    (
        ACCESS,
        REGISTER,
        'effect = "approve", acts = ["copied"], approvers = ["securty"]',
        "controls.0.approvers.0",
        "did you mean security?",
    ),
    (
        ACCESS,
        REGISTER,
        'effect = "approve", acts = ["copied"]',
        "controls.0.approvers",
        "write at least one",
    ),
    (
        ACCESS,
        REGISTER,
        'effect = "approve", acts = ["copied"], approvers = ["security"], together = true',
        "controls.0.together",
        "add a role",
    ),
    (
        ACCESS,
        REGISTER,
        'effect = "refuse", acts = ["copied"], needs = ["keeper"]',
        "controls.0.needs",
        "make the effect record or register",
    ),
    (
        ACCESS,
        REGISTER,
        REGISTER + ', at_most = { value = 8, unit = "hours" }',
        "controls.0.at_most",
        "make the effect refuse",
    ),
    (
        ACCESS,
        'needs = ["keeper", "destroy_on"]',
        'needs = ["keeper"], until_ended = true',
        "controls.0.needs",
        "add destroy_on",
    ),
    (
        ACCESS,
        REGISTER,
        REGISTER + ", destroyed_by_two = true",
        "controls.0.destroyed_by_two",
        "write until_ended = true",
    ),
    (VALUE, '"clocks_kept"', '"clock_kept"', "evidence.0.id", "did you mean clocks_kept?"),
    (VALUE, "[{ id", "[]\n# [{ id", "evidence", "write at least one"),
    (GUIDANCE, 'do = [{ zh = "安抚", en = "Calm" }]', "do = []", "do", "write at least one"),
]


@pytest.mark.parametrize("rule", [CHECKLIST, ACCESS, VALUE, GUIDANCE])
def test_the_rules_that_the_others_break_are_whole(tmp_path, rule):
    check_pack(write_pack(tmp_path, rule=rule))


@pytest.mark.parametrize(("rule", "right", "wrong", "place", "remedy"), FAULTS)
def test_a_fault_is_named_with_its_place_and_a_remedy(tmp_path, rule, right, wrong, place, remedy):
    assert right in rule

    with pytest.raises(PackFaults) as caught:
        check_pack(write_pack(tmp_path, rule=rule.replace(right, wrong, 1)))

    (fault,) = caught.value.faults
    assert fault.path == f"version.0.{place}"
    assert remedy in fault.remedy.en
    assert fault.remedy.zh


def test_all_faults_of_a_list_are_named_at_once(tmp_path):
    wrong = CHECKLIST.replace("points = 2", "points = 0").replace("went_ready", "gone_ready")

    with pytest.raises(PackFaults) as caught:
        check_pack(write_pack(tmp_path, rule=wrong))

    assert len(caught.value.faults) == 2


def test_every_field_a_control_can_ask_for_can_stand_in_an_event():
    fields = {name for kind in EVENTS.values() for name in kind.fields}

    assert set(FIELDS) <= fields


def test_every_act_that_is_an_event_of_its_own_is_a_known_event():
    assert {kind for act in ACTS.values() for kind in act.events} <= set(EVENTS)
