"""Leanings: the signs of a line are weighed for all rules at once, and none that tips is overlooked."""

import math

from shouwen.core.text.leaning import Leanings, features
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from tests import written

LEANINGS = load_pack(default_pack_path()).hearing.leanings
LINES = [
    (line, before)
    for name in ("unfriendly_a.txt", "polite_a.txt")
    for _, before, line in written.lines(name)
]


def weighed_rule_by_rule(text, before):
    """The likeliest rule and how likely it is, summed up sign by sign."""
    heard = LEANINGS.weights.keys() & features(text, before, LEANINGS.meanings)
    totals = [0.0] * (len(LEANINGS.rules) + 1)
    for feature in sorted(heard):
        for pair in LEANINGS.weights[feature].split():
            place, weight = pair.split(":")
            totals[int(place)] += float(weight)
    scale = 1 / math.sqrt(len(heard)) if heard else 0
    scores = [t * scale + b for t, b in zip(totals, (*LEANINGS.bias, 0), strict=True)]
    best = max(range(len(LEANINGS.rules)), key=scores.__getitem__)
    likely = math.exp(scores[best]) / sum(map(math.exp, scores))
    if not heard or likely < LEANINGS.at_least:
        return None
    return LEANINGS.rules[best], round(likely, 3)


def test_a_line_leans_to_the_rule_for_which_its_signs_weigh_most():
    told = [LEANINGS.of(text, before) for text, before in LINES]

    assert [(each.rule_id, each.likely) if each else None for each in told] == [
        weighed_rule_by_rule(text, before) for text, before in LINES
    ]
    assert None in told
    assert any(told)


def test_without_weights_nothing_leans():
    assert Leanings().of("这我可没招", "怎么办") is None


def test_a_sign_counts_once_however_often_it_is_said():
    once = Leanings(at_least=0.5, rules=("r",), bias=(-1.0,), weights={"呀": "0:0.9"})

    assert once.of("呀呀呀", "") is None
