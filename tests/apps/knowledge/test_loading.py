"""Articles come from files: every fault is named, and loading again changes nothing."""

from pathlib import Path

import pytest

from shouwen.journal.models import Entry
from shouwen.knowledge.files import read_articles
from shouwen.knowledge.models import Article
from shouwen.knowledge.operations import load_articles, load_pack_articles
from shouwen.knowledge.queries import find
from shouwen.standard.faults import PackFaults
from tests.people import MORNING

GOOD = """
[[article]]
slug = "battery"
title = "换电池"
kind = "selfhelp"
audience = "customer"
keywords = ["没电"]
source = "公开资料"
certainty = "R2"
step = [
  { id = "smell", ask = "有气味吗？", yes = "alarm", no = "swap" },
  { id = "swap", do = "换电池", yes = "solved", no = "visit" },
]
"""


def written(tmp_path: Path, text: str):
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    return read_articles(tmp_path)


@pytest.mark.django_db
def test_the_articles_of_the_pack_load_and_a_second_time_change_nothing():
    first = load_pack_articles(now=MORNING)
    second = load_pack_articles(now=MORNING)

    assert first.new == Article.objects.count() > 200
    assert (second.new, second.changed, second.withdrawn) == (0, 0, 0)
    assert second.same == first.new
    assert Entry.objects.filter(kind="article.loaded").count() == first.new


@pytest.mark.django_db
def test_every_self_help_guide_of_the_pack_can_be_gone_through():
    load_pack_articles(now=MORNING)

    assert Article.objects.filter(kind="selfhelp").count() == 30


@pytest.mark.django_db
def test_a_changed_article_is_a_new_version_and_is_found_by_its_new_words(tmp_path):
    load_articles(written=written(tmp_path, GOOD), now=MORNING)

    done = load_articles(
        written=written(tmp_path, GOOD.replace("换电池", "更换表内锂电")), now=MORNING
    )

    article = Article.objects.get()
    assert (done.changed, article.version) == (1, 2)
    assert [each.slug for each in find(text="锂电")] == ["battery"]
    assert find(text="换电池") == []


@pytest.mark.django_db
def test_an_article_that_is_gone_is_withdrawn_and_comes_back(tmp_path):
    load_articles(written=written(tmp_path, GOOD), now=MORNING)

    gone = load_articles(written=(), now=MORNING)

    assert gone.withdrawn == 1
    assert find(text="换电池") == []
    assert load_articles(written=written(tmp_path, GOOD), now=MORNING).changed == 1
    assert [each.slug for each in find(text="换电池")] == ["battery"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "selfhelp"', 'kind = "selfhlp"', "article.battery.kind: selfhlp is unknown"),
        ('audience = "customer"', 'audience = "all"', "article.battery.audience"),
        ('certainty = "R2"', 'certainty = "sure"', "article.battery.certainty"),
        ('no = "swap"', 'no = "swapp"', "article.battery.step.smell: leads to a step"),
        ('no = "swap"', 'no = "visit"', "article.battery.step.swap: is never reached"),
        ('do = "换电池"', 'do = "换电池", say = "换"', "a step has one text"),
        ('title = "换电池"', 'titel = "换电池"', "did you mean title"),
        ('slug = "battery"', 'slug = "Battery!"', "misspelt"),
    ],
)
def test_every_fault_is_named_with_its_place(tmp_path, old, new, told):
    with pytest.raises(PackFaults) as caught:
        written(tmp_path, GOOD.replace(old, new))

    assert told in str(caught.value)


def test_a_slug_used_twice_is_a_fault(tmp_path):
    with pytest.raises(PackFaults, match="used twice"):
        written(tmp_path, GOOD + GOOD)


def test_a_line_of_terms_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "terms.tsv").write_text(
        "slug\tterm\tplain\tline\tuse\nterm-1\t立管\t主管\t\tplain\nterm-2\t球阀\t\t\tsometimes\n",
        encoding="utf-8",
    )

    with pytest.raises(PackFaults, match=r"terms\.tsv: 3"):
        read_articles(tmp_path)
