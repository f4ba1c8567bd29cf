from datetime import UTC, datetime

import pytest

from shouwen.adapters.spreadsheets import Table
from shouwen.cases.models import Case
from shouwen.cases.operations.importing import check_cases, import_cases
from shouwen.clocks.queries import clocks_of
from shouwen.core.events import Subject
from shouwen.customers.models import ServicePoint
from tests.people import MORNING, SHANGHAI, home, staff

pytestmark = pytest.mark.django_db

HEADING = ("原编号", "类别", "内容", "受理时间", "首问工号", "户号")


def table(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> Table:
    return Table(heading, tuple(enumerate(rows, start=2)), digest="x")


def test_a_running_case_keeps_its_original_time_home_and_owner():
    customer, premises = home()
    ServicePoint.objects.create(premises=premises, account_no="HB1", since="2020-01-01")
    agent = staff("wang_min")
    found = table(("A-17", "报修", "热水器不点火", "2026-10-08 09:30", "1031", "hb1"))
    checked = check_cases(table=found, now=MORNING, zone=SHANGHAI)

    opened = [import_cases(checked=checked, now=MORNING, zone=SHANGHAI) for _ in range(2)]

    case = Case.objects.get()
    started = {clock.started_at for clock in clocks_of(subject=Subject("case", case.pk))}
    assert opened == [1, 0]
    assert case.reported_at == datetime(2026, 10, 8, 1, 30, tzinfo=UTC)
    assert (case.owner, case.customer, case.premises) == (agent, customer, premises)
    assert case.reported_at in started
    assert case.number.startswith("20261008-")


def test_every_fault_of_a_file_of_cases_is_named():
    staff("wang_min")
    bad = ("", "报晓", "", "2030-01-01", "77", "HB9")

    checked = check_cases(table=table(bad), now=MORNING, zone=SHANGHAI)

    assert [(fault.row, fault.column) for fault in checked.faults] == [
        (2, "原编号"),
        (2, "内容"),
        (2, "类别"),
        (2, "首问工号"),
        (2, "受理时间"),
        (2, "户号"),
    ]


def test_unknown_and_missing_columns_of_a_file_of_cases_are_named():
    checked = check_cases(table=table(heading=("原编号", "颜色")), now=MORNING, zone=SHANGHAI)

    assert [fault.column for fault in checked.faults] == [
        "颜色",
        "类别",
        "内容",
        "受理时间",
        "首问工号",
    ]
