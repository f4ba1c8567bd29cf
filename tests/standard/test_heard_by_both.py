"""Two packs hear a call: what is heard once for both is what each would hear alone."""

import json
from dataclasses import replace
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.calls import parse_call
from shouwen.demo.callers import SAMPLE_CALLS
from shouwen.standard.judging import judge_calls
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from shouwen.standard.trying import heard_by_both

PACK = load_pack(default_pack_path())
CALLS = [parse_call(json.loads(line)) for line in SAMPLE_CALLS.read_text("utf-8").splitlines()]
RULES = sorted(PACK.rules)


def without(names):
    """The pack with some rules gone."""
    rules = {name: rule for name, rule in PACK.rules.items() if name not in names}
    return replace(PACK, rules=MappingProxyType(rules))


@settings(max_examples=15, deadline=None)
@given(gone=st.sets(st.sampled_from(RULES), max_size=40), which=st.integers(0, len(CALLS) - 1))
def test_both_say_what_each_would_say_alone(gone, which) -> None:
    draft, call = without(gone), CALLS[which]

    old, new = heard_by_both(old=PACK, new=draft, call=call)

    assert tuple(old) == judge_calls(pack=PACK, call=call)
    assert tuple(new) == judge_calls(pack=draft, call=call)


def test_words_that_are_heard_otherwise_are_heard_again() -> None:
    hearing = replace(PACK.hearing, negations=(*PACK.hearing.negations, "您急"))
    draft, call = replace(PACK, hearing=hearing), CALLS[5]

    _, new = heard_by_both(old=PACK, new=draft, call=call)

    assert tuple(new) == judge_calls(pack=draft, call=call)
