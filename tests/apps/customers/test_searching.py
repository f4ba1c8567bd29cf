from itertools import pairwise

import pytest

from shouwen.core.text.search_tokens import plain
from shouwen.customers import fulltext
from shouwen.customers.models import Estate, SearchRow
from shouwen.customers.operations import move_out, open_point, set_aliases
from shouwen.customers.queries import search
from tests.apps.customers.registers import TODAY, act, customer, living, premises

pytestmark = pytest.mark.django_db


def names(text: str, **asked) -> list[str]:
    return sorted(row.customer.name for row in search(text=text, **asked).rows)


@pytest.fixture
def town() -> None:
    home = premises("青梧里", "3", "1", "502")
    living("王文秀", home, phones=("14077002093", "0451-8233001"))
    open_point(act=act(), premises_id=home.pk, account_no="HB0012345", since=TODAY)
    living("王建国", premises("青梧里", "12", "3", "502"), phones=("14077004093",))
    living("李庄严", premises("李庄", "1", "1", "101"))
    living("单雄信", premises("松鹤新村", "A", "2", "1203"), phones=("14077001203",))
    living("尉迟恭", premises("松鹤新村", "11", "3", "201"))
    living("青檀里小学食堂", premises("槐树坊街", place_name="17号 青檀里小学"))
    customer("欧阳云")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2093", ["王文秀"]),
        ("093", []),
        ("77002093", ["王文秀"]),
        ("3001", ["王文秀"]),
        ("HB0012345", ["王文秀"]),
        ("0012345", ["王文秀"]),
        ("王 青梧里", ["王文秀", "王建国"]),
        ("青梧里王女士", ["王文秀", "王建国"]),
        ("青梧里3号楼", ["王文秀"]),
        ("青梧里十二号楼三单元502", ["王建国"]),
        ("青梧里１２－３－５０２", ["王建国"]),
        ("青梧里12栋3单元", ["王建国"]),
        ("青梧里 502", ["王文秀", "王建国"]),
        ("王先生青梧里12-3-502", ["王建国"]),
        ("12-3-502", ["王建国"]),
        ("松鹤新村A座", ["单雄信"]),
        ("松鹤新村1203", ["单雄信"]),
        ("李庄严", ["李庄严"]),
        ("李庄", ["李庄严"]),
        ("槐树坊街17号", ["青檀里小学食堂"]),
        ("青檀里小学", ["青檀里小学食堂"]),
        ("wwx", ["王文秀"]),
        ("wj", ["王建国"]),
        ("sxx", ["单雄信"]),
        ("dxx", ["单雄信"]),
        ("yuchi", ["尉迟恭"]),
        ("ycg", ["尉迟恭"]),
        ("WANGWENXIU", ["王文秀"]),
        ("欧阳", ["欧阳云"]),
        ("oyy", ["欧阳云"]),
        ("", []),
        ("，。！", []),
        ("没有这个人", []),
    ],
)
def test_a_query_finds_whom_it_means(town, text, found):
    assert names(text) == sorted(found)


def test_an_estate_is_found_by_its_other_name(town):
    estate = Estate.objects.get(name="松鹤新村")
    set_aliases(act=act(), estate_id=estate.pk, aliases=["松鹤"])

    assert names("松鹤 11-3-201") == ["尉迟恭"]
    assert names("松鹤") == ["单雄信", "尉迟恭"]


def test_every_query_of_one_and_two_characters_equals_a_plain_scan(town):
    texts = list(SearchRow.objects.order_by("pk").values_list("customer__name", "text"))
    signs = sorted({sign for _, text in texts for sign in text if "\u4e00" <= sign <= "\u9fff"})
    pairs = {a + b for _, text in texts for a, b in pairwise(text.replace("\n", ""))}
    queries = [*signs, *(pair for pair in pairs if all(sign >= "\u4e00" for sign in pair))]

    differing = [
        query
        for query in queries
        if names(query, limit=100) != sorted(name for name, text in texts if plain(query) in text)
    ]

    assert len(queries) > 60
    assert differing == []


@pytest.mark.parametrize("walked", [0, 2, 5, 2000])
def test_pages_of_results_neither_repeat_nor_miss_anybody(walked, monkeypatch):
    monkeypatch.setattr(
        fulltext, "_WALKED", walked
    )  # where PostgreSQL stops walking along the ids
    home = premises("青梧里", "3", "1", "502")
    for number in range(7):
        living(f"王{'一二三四五六七'[number]}", home)

    pages, after = [], 0
    while True:
        found = search(text="王", after=after, limit=3)
        pages.append([row.customer.name for row in found.rows])
        after = found.after
        if not after:
            break

    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({name for page in pages for name in page}) == 7


def test_a_query_that_tells_too_little_is_not_looked_up(town):
    assert search(text="王", needs=2).is_too_little
    assert names("王", needs=2) == []
    assert names("王 青梧里", needs=2) == ["王建国", "王文秀"]
    assert names("2093", needs=2) == ["王文秀"]


def test_who_has_moved_out_is_found_without_the_home(town):
    row = SearchRow.objects.get(customer__name="王建国")
    stay = row.customer.occupancies.get()
    move_out(act=act(), occupancy_id=stay.pk, until=TODAY)

    assert names("青梧里12-3-502") == []
    assert names("王建国") == ["王建国"]


@pytest.mark.parametrize(
    "text", ["'", '"', "a' | 'b", "\\", "%", "_", "* NEAR(", "王'", "\x00王", "e_1"]
)
def test_signs_of_a_query_language_are_only_signs(town, text):
    search(text=text)
