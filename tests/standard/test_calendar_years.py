from datetime import date

import pytest

from shouwen.standard.calendar_years import added_years, line_of, line_of_syntax, with_years
from shouwen.standard.calendars import load_calendar
from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path

TEXT = """# 2027
[[year]]
year = 2027
source = { title = "通知", number = "9号", issued_on = 2026-11-03 }
holiday = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-03 },
  { name = "春节", from = 2027-02-06, to = 2027-02-12, makeup = [2027-02-20] },
]

[[year]]
year = 2028
source = { title = "通知\\"二\\"", number = "8号", issued_on = 2027-11-03 }
holiday = [
  { name = "元旦", from = 2028-01-01, to = 2028-01-03 },
]
"""


def shipped():
    return load_calendar(default_pack_path().parent / "calendar" / "cn.toml")


def test_each_year_gets_a_text_of_its_own_that_reads_the_same():
    years = added_years(TEXT, file="x")

    assert [year.year for year in years] == [2027, 2028]
    assert [added_years(year.text, file="y")[0] for year in years] == list(years)


def test_spaces_and_comments_change_no_digest():
    spaced = TEXT.replace("year = 2027", "year  =  2027  # so").replace("  { name", "{ name")

    assert [y.digest for y in added_years(spaced, file="x")] == [
        y.digest for y in added_years(TEXT, file="x")
    ]


def test_the_version_names_what_was_added():
    years = added_years(TEXT, file="x")

    one, both = with_years(shipped(), years[:1]), with_years(shipped(), years)

    assert one.version == f"cn-2026.1+2027.{years[0].digest[:6]}"
    assert both.version.startswith("cn-2026.1+2027-2028.")
    assert both.is_holiday(date(2028, 1, 3))


def test_many_years_keep_the_version_short_enough_for_its_column():
    texts = "".join(
        TEXT.partition("\n\n")[0].replace("2027-02-20", "").replace("2027", str(year))
        for year in range(2027, 2040)
    )

    assert len(with_years(shipped(), added_years(texts, file="x")).version) <= 40


def test_nothing_added_is_the_same_calendar():
    assert with_years(shipped(), ()).version == "cn-2026.1"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("year.0", 2),
        ("year.0.source.number", 4),
        ("year.0.holiday.0.to", 6),
        ("year.0.holiday.1.makeup.0", 7),
        ("year.1.year", 11),
        ("year.1.holiday.0.from", 14),
        ("year.1.holiday.0.nonsense", 14),
        ("", None),
    ],
)
def test_a_fault_is_found_by_its_line(path, line):
    assert line_of(TEXT, path) == line


def test_a_fault_of_syntax_is_found_by_its_line():
    with pytest.raises(PackFaults) as told:
        added_years(TEXT.replace("year = 2028", "year = = 2028"), file="x")

    assert line_of_syntax(told.value.faults[0].problem.en) == 11
