"""A call is judged by the rules that have something to say; nothing is lost with those that are not asked."""

import pytest

from shouwen.core.calls import parse_call
from shouwen.standard.judging import judge_call, judge_calls, said_once
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from tests import written

PACK = load_pack(default_pack_path())
CALLS = [
    *(call for name in ("calls_a.txt", "calls_c.txt") for call in written.calls(name)[:8]),
    *(written.around(before, line) for _, before, line in written.lines("unfriendly_b.txt")[:8]),
]


def judged_rule_by_rule(call):
    each = [
        judge_call(rule=rule, call=call, pack=PACK) for rule in PACK.rules.values() if rule.judged
    ]
    return said_once([f for f in each if f.verdict != "not_applicable"], PACK)


@pytest.mark.parametrize("channel", ["phone", "text"])
def test_all_rules_together_come_to_what_each_comes_to_by_itself(channel):
    for record in CALLS:
        call = parse_call(record | {"channel": channel})

        assert judge_calls(pack=PACK, call=call) == judged_rule_by_rule(call), record["call_id"]


def test_a_call_on_which_the_agent_says_nothing_comes_to_nothing():
    call = parse_call(CALLS[0] | {"turns": []})

    assert judge_calls(pack=PACK, call=call) == ()


def test_a_call_heard_line_by_line_ends_as_the_whole_call_does():
    record = CALLS[0]
    fresh = load_pack(default_pack_path())
    for count in range(len(record["turns"]) + 1):
        told = judge_calls(pack=PACK, call=parse_call(record | {"turns": record["turns"][:count]}))

    assert told == judge_calls(pack=fresh, call=parse_call(record))
