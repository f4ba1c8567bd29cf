import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.facts import CASE_KINDS
from shouwen.core.text.taxonomy import Proposal, propose
from shouwen.standard.locations import default_pack_path
from shouwen.standard.taxonomy import load_taxonomy

LEAVES = load_taxonomy(default_pack_path())
SAID = Path(__file__).with_name("said_to_the_hotline.tsv")
DANGERS = ("有煤气味", "漏气了", "报警器响了", "着火了", "管子挖断了")


def rows() -> list[dict[str, str]]:
    with SAID.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_most_matters_are_recognised_and_nearly_all_are_among_the_proposals():
    said = rows()
    proposed = [
        [p.code for p in propose(leaves=LEAVES, texts=[row["said"]], kind=row["kind"])]
        for row in said
    ]

    first = sum(codes[:1] == [row["leaf"]] for codes, row in zip(proposed, said, strict=True))
    among = sum(row["leaf"] in codes for codes, row in zip(proposed, said, strict=True))

    assert first / len(said) >= 0.9
    assert among / len(said) >= 0.95


DANGEROUS = [
    row["said"] for row in rows() if row["leaf"].startswith(("A", "S03")) and len(row["said"]) > 5
]


@pytest.mark.parametrize("kind", CASE_KINDS)
@pytest.mark.parametrize("said", DANGEROUS)
def test_an_alarm_is_never_missed_whatever_the_agent_chose(kind, said):
    (best, *_) = propose(leaves=LEAVES, texts=[said], kind=kind)

    assert best.code.startswith(("A", "S03"))


@given(st.lists(st.text(max_size=30), max_size=6))
def test_an_alarm_always_gets_an_alarm_leaf(texts):
    (best, *_) = propose(leaves=LEAVES, texts=texts, kind="alarm")

    assert next(leaf for leaf in LEAVES if leaf.code == best.code).kind == "alarm"


@given(
    kind=st.sampled_from(CASE_KINDS),
    danger=st.sampled_from(DANGERS),
    row=st.sampled_from([row for row in rows() if not row["leaf"].startswith(("A", "S"))]),
)
def test_a_danger_wins_over_whatever_else_is_said(kind, danger, row):
    (best, *_) = propose(leaves=LEAVES, texts=[row["said"], f"我家{danger}"], kind=kind)

    assert best.code.startswith(("A", "S03"))


@given(
    texts=st.lists(st.sampled_from([row["said"] for row in rows()]), max_size=4),
    kind=st.sampled_from([*CASE_KINDS, "anything"]),
)
def test_the_same_words_always_get_the_same_proposals_best_first(texts, kind):
    proposals = propose(leaves=LEAVES, texts=texts, kind=kind)

    assert proposals == propose(leaves=reversed(LEAVES), texts=texts, kind=kind)
    assert [p.score for p in proposals] == sorted((p.score for p in proposals), reverse=True)
    assert len(proposals) <= 3


def test_the_kind_that_the_agent_chose_decides_between_equal_words():
    texts = ["师傅修了三次还是又坏了"]

    complaint = propose(leaves=LEAVES, texts=texts, kind="complaint")
    repair = propose(leaves=LEAVES, texts=texts, kind="repair")

    assert complaint[0].code == "P03"
    assert repair[0].code == "F16"


def test_a_proposal_names_the_words_that_speak_for_it():
    (best, *_) = propose(leaves=LEAVES, texts=["灶打不着火，电池刚换的"], kind="repair")

    assert best.code == "F01"
    assert all(part in "灶打不着火，电池刚换的" for word in best.words for part in word.split("&"))


def test_a_denied_smell_does_not_make_a_repair_an_alarm():
    texts = ["厨房里的燃气管子生锈了，外皮一块一块地掉", "有一米来长，没味儿"]

    (best, *_) = propose(leaves=LEAVES, texts=texts, kind="repair")

    assert best.code == "F11"


def test_nothing_recognised_proposes_nothing_except_for_an_alarm():
    assert propose(leaves=LEAVES, texts=["嗯"], kind="consultation") == ()
    assert propose(leaves=LEAVES, texts=[], kind="alarm") == (Proposal(code="A01", score=100.0),)
