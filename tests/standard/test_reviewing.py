"""What a company sets for reviewing calls is read from a file beside the pack, and its faults are named."""

import shutil
from pathlib import Path

import pytest

from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from shouwen.standard.reviewing import REVIEW, Reviewing, load_reviewing

PACK = load_pack(default_pack_path())


def faults(folder: Path, old: str, new: str) -> list[str]:
    """The places at fault when one line of the file says something else."""
    text = (default_pack_path() / REVIEW).read_text(encoding="utf-8")
    assert old in text
    (folder / REVIEW).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackFaults) as found:
        load_reviewing(folder, rules=PACK.rules)
    return [fault.path for fault in found.value.faults]


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_reviewing(tmp_path) == Reviewing()


def test_the_pack_of_the_house_has_a_sheet_reasons_and_weights(tmp_path):
    shutil.copy(default_pack_path() / REVIEW, tmp_path)

    found = load_reviewing(tmp_path, rules=PACK.rules)

    assert found.item_of("tone") is not None
    assert found.plan(PACK.rules).weights["forbidden"] > 0
    assert {each.of for each in found.refusal} == {"broken", "kept"}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("risk_share = 0.5", "risk_share = 5", "draw.risk_share"),
        ('\nrule = ""', '\nrule = "no-such-rule"', "draw.rule"),
        ('"surname-used"', '"surname-usd"', "item.surname.rules.0"),
        ('score = "tone"', 'score = "tones"', "item.tone.score"),
        ('id = "morning"', 'id = "evening"', "band"),
        ('then = "kept"', 'then = "broken"', "refusal.0"),
        ("appeal = { value = 3,", "appeal = { value = 0,", "appeal"),
    ],
)
def test_every_fault_is_named_with_its_place(tmp_path, old, new, place):
    assert place in faults(tmp_path, old, new)


def test_a_sampling_rule_of_the_pack_takes_the_place_of_the_companys_share():
    from dataclasses import replace

    from shouwen.core.kinds.sampling import SamplingRule

    rule = next(each for each in PACK.rules.values() if isinstance(each, SamplingRule))
    given = replace(rule, versions=(replace(rule.versions[-1], share=0.3),))
    named = Reviewing(draw=replace(Reviewing().draw, rule=rule.id))

    assert named.plan({rule.id: given}).share == 0.3
