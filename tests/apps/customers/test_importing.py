import csv
import io
import zipfile
from datetime import date
from itertools import count
from pathlib import Path

import pytest

# No stubs are published for it.
import xlsxwriter

from shouwen.adapters import spreadsheets
from shouwen.adapters.spreadsheets import HasFormulas, Table, Unreadable, read_table
from shouwen.customers.models import Customer, ImportBatch, Meter, Premises, ServicePoint
from shouwen.customers.operations.importing import (
    Imported,
    OtherImportOpen,
    Watch,
    check,
    discard,
    import_customers,
    staging,
)
from shouwen.customers.queries import customers_by_number, search
from shouwen.journal.models import Entry
from tests.apps.customers.registers import TODAY, act, living, premises

HEADING = ("户号", "小区", "楼", "单元", "室", "姓名", "电话", "入住日期", "表号")
ROWS = (
    ("HB001", "青梧里", "3", "1", "502", "王文秀", "14077002093", "2020-03-01", "M001"),
    ("HB002", "青梧里", "十二号楼", "3单元", "502", "王建国", "14077004093、0451-8233001", "", ""),
    ("HB003", "松鹤新村", "A座", "2", "1203室", "单雄信", "", "2019/5/6", ""),
)


def csv_file(folder: Path, *rows: tuple[str, ...], encoding: str = "utf-8-sig") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / "客户.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(folder: Path, *rows: tuple[object, ...]) -> Path:
    path = folder / "客户.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    return path


def table(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> Table:
    return Table(heading, tuple(enumerate(rows, start=2)), digest=str(hash(rows)))


def imported(found: Table, *, watch: Watch | None = None) -> Imported:
    checked = check(table=found, today=TODAY)
    assert checked.faults == ()
    return import_customers(
        act=act(),
        checked=checked,
        digest=found.digest,
        file_name="客户.xlsx",
        watch=watch or Watch(timer=count().__next__),
    )


def faults_of(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> list[tuple[int, str]]:
    checked = check(table=table(*rows, heading=heading), today=TODAY)
    return [(fault.row, fault.column) for fault in checked.faults]


def test_csv_and_xlsx_read_the_same(tmp_path):
    assert read_table(csv_file(tmp_path, HEADING, *ROWS)) == read_table(
        xlsx_file(tmp_path, HEADING, *ROWS)
    )


def test_numbers_and_days_of_excel_become_what_was_typed(tmp_path):
    read = read_table(xlsx_file(tmp_path, ("姓名", "电话"), ("王文秀", 14077002093)))

    assert read.rows == ((2, ("王文秀", "14077002093")),)


@pytest.mark.parametrize(
    ("encoding", "said"), [("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16")]
)
def test_another_encoding_is_refused_with_what_to_do(tmp_path, encoding, said):
    with pytest.raises(Unreadable) as refused:
        read_table(csv_file(tmp_path, HEADING, *ROWS, encoding=encoding))

    assert said in refused.value.problem.zh
    assert "CSV UTF-8" in refused.value.remedy.zh


def test_bytes_of_no_encoding_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xff\x80\x81 nothing")

    with pytest.raises(Unreadable):
        read_table(path)


def test_every_formula_is_named_by_row_and_column(tmp_path):
    path = xlsx_file(tmp_path, HEADING, ("HB1", "=A1", "3", "", "5", "=1+1"))

    with pytest.raises(HasFormulas) as refused:
        read_table(path)

    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, "B"), (2, "F")]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd"])
def test_a_cell_of_a_csv_that_excel_would_compute_is_refused(tmp_path, cell):
    with pytest.raises(HasFormulas):
        read_table(csv_file(tmp_path, HEADING, ("HB1", cell)))


def test_a_number_with_its_country_code_is_no_formula(tmp_path):
    read = read_table(csv_file(tmp_path, ("姓名", "电话"), ("王", "+86 140-7700-2093")))

    assert read.rows[0][1][1] == "+86 140-7700-2093"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))

    with pytest.raises(Unreadable) as refused:
        read_table(path)

    assert "压缩炸弹" in refused.value.problem.zh


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.pdf", "a"])
def test_what_is_no_table_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"not a workbook")

    with pytest.raises(Unreadable):
        read_table(path)


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)

    with pytest.raises(Unreadable):
        read_table(csv_file(tmp_path, HEADING, *ROWS))


@pytest.mark.django_db
def test_every_fault_is_named_by_row_and_column_at_once():
    bad = ("H 1", "青梧里", "3", "1", "", "", "12", "2020-13-01", "")
    ahead = ("HB99", "青梧里", "3", "1", "501", "王文", "14077002093", "2030-01-01", "")

    assert faults_of(bad, ahead) == [
        (2, "室"),
        (2, "入住日期"),
        (2, "姓名"),
        (2, "户号"),
        (2, "电话"),
        (3, "入住日期"),
    ]


@pytest.mark.django_db
def test_unknown_missing_and_repeated_columns_are_named():
    assert faults_of(heading=("小去", "电话", "手机")) == [
        (1, "小去"),
        (1, "手机"),
        (1, "姓名"),
        (1, "小区 / 地址"),
    ]


@pytest.mark.django_db
def test_rows_that_contradict_each_other_or_the_register_are_named():
    premises("青梧里", "9", "1", "101")
    ServicePoint.objects.create(
        premises=Premises.objects.get(), account_no="HB900", since=date(2020, 1, 1)
    )
    first = ("HB001", "青梧里", "3", "1", "502", "王文秀", "", "", "M1")

    assert faults_of(
        first,
        ("HB001", "青梧里", "3", "1", "601", "王一", "", "", ""),
        ("HB005", "青梧里", "3", "1", "502", "王二", "", "", ""),
        ("HB001", "青梧里", "3", "1", "502", "王文秀", "", "", ""),
        ("HB900", "青梧里", "5", "1", "101", "王三", "", "", "M1"),
        ("HB901", "青梧里", "9", "1", "101", "王四", "", "", ""),
    ) == [(3, "户号"), (4, "户号"), (5, "姓名"), (6, "表号"), (6, "户号"), (7, "户号")]


@pytest.mark.django_db
def test_a_file_becomes_customers_at_homes_that_are_found():
    imported(table(*ROWS))

    row = search(text="青梧里12-3-502").rows[0]
    assert row.customer.name == "王建国"
    assert [phone.number for phone in row.customer.phones.all()] == ["14077004093", "04518233001"]
    assert str(search(text="sxx").rows[0].premises) == "松鹤新村 A号楼2单元1203"
    assert search(text="HB003").rows[0].customer.surname == "单"
    assert Meter.objects.get().installed_on == date(2020, 3, 1)
    assert Entry.objects.get(kind="customers.imported").data == {"rows": 3}


@pytest.mark.django_db
def test_addresses_in_one_column_are_read_in_any_spelling():
    heading = ("姓名", "地址")
    found = table(("王文秀", "青梧里十二号楼三单元502"), ("李四", "槐树坊街17号"), heading=heading)

    imported(found)

    assert sorted(home.short_address for home in Premises.objects.all()) == [
        "槐树坊街 17号",
        "青梧里 12-3-502",
    ]


@pytest.mark.django_db
def test_one_customer_number_is_one_customer_with_several_homes():
    heading = ("姓名", "小区", "楼", "室", "客户编号", "电话")
    found = table(
        ("王文秀", "青梧里", "1", "101", "K1", "14077002093"),
        ("王文秀", "青梧里", "1", "102", "K1", ""),
        heading=heading,
    )

    imported(found)

    assert Customer.objects.count() == 1
    assert sorted(row.premises.flat for row in search(text="2093").rows if row.premises) == [
        "101",
        "102",
    ]


@pytest.mark.django_db
def test_who_lives_there_already_is_passed_over():
    living("王文秀", premises("青梧里", "3", "1", "502"))

    checked = check(table=table(*ROWS), today=TODAY)

    assert (len(checked.new), checked.there) == (2, 1)


class Stopped(Exception):
    """The power went off."""


@pytest.mark.django_db
def test_an_interrupted_import_is_seen_by_nobody_and_goes_on_when_run_again(monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", 2)
    found = table(*ROWS)

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        imported(found, watch=Watch(timer=count().__next__, rest=stop))
    hidden = Customer.objects.count()
    seen = search(text="王").rows, customers_by_number(number="14077002093")
    done = imported(found)

    assert (hidden, seen) == (2, ((), ()))
    assert (done.rows, done.resumed, Customer.objects.count()) == (3, 2, 3)
    assert len(search(text="王").rows) == 2
    assert len(customers_by_number(number="14077002093")) == 1


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing():
    imported(table(*ROWS))

    again = import_customers(
        act=act(),
        checked=check(table=table(*ROWS), today=TODAY),
        digest=table(*ROWS).digest,
        file_name="客户.xlsx",
        watch=Watch(timer=count().__next__),
    )

    assert again.was_there
    assert Customer.objects.count() == 3


@pytest.mark.django_db
def test_a_file_that_was_never_finished_blocks_the_next_until_it_is_discarded(monkeypatch):
    ImportBatch.objects.create(digest="x", file_name="旧.xlsx", rows=5, started_at=act().now)
    home = premises("青梧里", "7", "1", "101")
    Premises.objects.filter(pk=home.pk).update(batch=ImportBatch.objects.get())
    person = living("王小二", home)
    Customer.objects.filter(pk=person.pk).update(batch=ImportBatch.objects.get())

    with pytest.raises(OtherImportOpen):
        imported(table(*ROWS))

    assert discard(watch=Watch(timer=count().__next__)) == 1
    assert (Customer.objects.count(), Premises.objects.count()) == (0, 0)
    assert imported(table(*ROWS)).rows == 3
