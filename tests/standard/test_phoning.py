"""What a company sets for its phones is checked; without the file the defaults hold."""

from pathlib import Path

import pytest

from shouwen.clocks.queries import active_pack
from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.phoning import PHONE, PhonePlan, load_phone


def told(tmp_path: Path, text: str) -> str:
    (tmp_path / PHONE).write_text(text, encoding="utf-8")
    with pytest.raises(PackFaults) as caught:
        load_phone(tmp_path, rules=active_pack().rules.values())
    return " ".join(f"{fault.file} {fault.path}" for fault in caught.value.faults)


def test_the_file_of_the_pack_is_in_order():
    plan = load_phone(default_pack_path(), rules=active_pack().rules.values())

    assert plan.gap.fact == "gas_at_door_gap"
    assert {reading.code for reading in plan.reading} >= {"gas_ppm_door", "gas_ppm_room"}


def test_without_the_file_the_defaults_hold(tmp_path):
    assert load_phone(tmp_path) == PhonePlan()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[gap]\nrule = "door-bel"\n', "gap.rule"),
        ('[gap]\nrule = "door-bell"\nstep = "gap"\n', "gap.step"),
        ('[gap]\nreading = "ppm"\n', "gap.reading"),
        ('[gap]\nfact = "gas"\n', "gap.fact"),
        ("pin_digits = 2\n", "pin_digits"),
        (
            '[[refer]]\nid = "x"\ntitle = { zh = "x", en = "x" }\nto = ["moon"]\n',
            "refer.x.to",
        ),
    ],
)
def test_a_name_that_nothing_has_is_a_fault_with_its_place(tmp_path, text, place):
    assert f"{PHONE} {place}" in told(tmp_path, text)
