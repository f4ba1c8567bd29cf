"""The score sheet: points by what stands on a call, and by what a person scored."""

from shouwen.core.clause import Words
from shouwen.core.score_sheet import SheetItem, sheet

TITLE = Words(zh="项", en="item")
OPENING = SheetItem(id="greet", title=TITLE, points=10, rules=("opening", "rings"), off=5)
WORDS = SheetItem(id="words", title=TITLE, points=20, rules=("rude",))
TONE = SheetItem(id="tone", title=TITLE, points=5, score="tone", out_of=5)
ITEMS = (OPENING, WORDS, TONE)


def got(verdicts=(), scores=None):
    return [line.got for line in sheet(items=ITEMS, verdicts=verdicts, scores=scores or {}).lines]


def test_what_is_kept_has_full_points_and_each_breach_takes_its_points_off():
    assert got([("opening", "kept"), ("rings", "kept"), ("rude", "kept")])[:2] == [10, 20]
    assert got([("opening", "kept"), ("rings", "broken")])[0] == 5
    assert got([("opening", "broken"), ("rings", "broken"), ("rings", "broken")])[0] == 0


def test_a_breach_without_a_price_takes_all_points():
    assert got([("rude", "broken")])[1] == 0


def test_what_was_no_matter_of_the_call_does_not_count():
    found = sheet(items=ITEMS, verdicts=[("opening", "kept")], scores={})

    assert (found.got, found.decided, found.waiting) == (10, 10, 5)


def test_a_finding_nobody_decided_leaves_its_item_open():
    found = sheet(items=ITEMS, verdicts=[("rude", "open")], scores={"tone": 4})

    assert (found.got, found.decided, found.waiting) == (4, 5, 20)


def test_a_person_scores_what_cannot_be_heard_by_rule():
    assert got(scores={"tone": 3})[2] == 3
    assert got(scores={})[2] is None
