"""Every worked example of the pack comes out as it says."""

import pytest

from shouwen.standard.checking import faults_of_example
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

PACK = load_pack(default_pack_path())
EXAMPLES = [(rule, example) for rule in PACK.rules.values() for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.id}: {example.says}" for rule, example in EXAMPLES]
)
def test_the_example_comes_out_as_it_says(rule, example):
    assert faults_of_example(PACK, rule, example) == []


def test_every_judged_rule_has_an_example():
    assert [rule.id for rule in PACK.rules.values() if rule.judged and not rule.examples] == []
