"""Calendar files as an editor uploads them, and the clocks they move."""

from datetime import UTC, datetime

from tests.apps.clocks.happenings import CONSULTATION, a_case, happens

DECEMBER = datetime(2026, 12, 30, 1, 0, tzinfo=UTC)  # a Wednesday, 09:00 in Shandong
YEAR_2027 = """
[[year]]
year = 2027
source = { title = "国务院办公厅关于2027年部分节假日安排的通知", number = "国办发明电〔2026〕9号", issued_on = 2026-11-03 }
holiday = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-03 },
  { name = "春节", from = 2027-02-06, to = 2027-02-12, makeup = [2027-02-20] },
]
"""
# The break of October 2026 is a day longer than in the pack.
YEAR_2026_CHANGED = """
[[year]]
year = 2026
source = { title = "国务院办公厅关于2026年部分节假日安排的通知（调整）", number = "国办发明电〔2026〕8号", issued_on = 2026-09-01 }
holiday = [
  { name = "元旦", from = 2026-01-01, to = 2026-01-03, makeup = [2026-01-04] },
  { name = "春节", from = 2026-02-15, to = 2026-02-23, makeup = [2026-02-14, 2026-02-28] },
  { name = "清明节", from = 2026-04-04, to = 2026-04-06 },
  { name = "劳动节", from = 2026-05-01, to = 2026-05-05, makeup = [2026-05-09] },
  { name = "端午节", from = 2026-06-19, to = 2026-06-21 },
  { name = "中秋节", from = 2026-09-25, to = 2026-09-27 },
  { name = "国庆节", from = 2026-10-01, to = 2026-10-08, makeup = [2026-09-20, 2026-10-10] },
]
"""


def a_question(*, at: datetime = DECEMBER):
    """A consultation that could not be answered at once: two working days from then."""
    case = a_case()
    happens(case, "case.reported", at=at, facts=CONSULTATION)
    happens(case, "case.recorded", at=at, facts=CONSULTATION, missing="")
    happens(case, "case.deferred", at=at, facts=CONSULTATION)
    return case
