"""`shouwen init` on databases of its own tests: what it writes, what it refuses, and that it can come again."""

import io
import os
import stat
import subprocess
import sys
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
import xlsxwriter
from typer.testing import CliRunner

from shouwen.access.roles import TITLES, Role
from shouwen.cli import app
from shouwen.clocks.queries import active_pack
from shouwen.installation.installing import (
    NoAdministrator,
    install,
    links_for,
    set_first_password,
    without_password,
)
from shouwen.installation.wishes import Wishes, administrator, read_wishes
from shouwen.journal.models import Entry
from shouwen.people.models import Department, Line, Staff
from shouwen.people.sheets import SheetFaults
from shouwen.people.staff_sheet import COLUMNS, read_staff
from shouwen.standard.faults import PackFaults
from tests import databases

NOW = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)
GOOD = "paper lantern over water"
FILE = """
[administrator]
staff_no = "9201"
name = "管理"

[[department]]
code = "billing"
zh = "收费部"
en = "Billing office"

[[department]]
code = "lab"
zh = "化验室"
en = "Laboratory"

[[line]]
code = "round-east"
zh = "城东安检"
en = "Inspection east"
kind = "round"

[[staff]]
staff_no = "1031"
name = "王敏"
gender = "f"
department = "hotline"
roles = ["agent"]
"""


def departments():
    return active_pack().departments


def wishes(text=FILE, *, tmp_path):
    path = tmp_path / "init.toml"
    path.write_text(text, encoding="utf-8")
    return read_wishes(path, departments=departments())


def installed(wished):
    return install(wishes=wished, departments=departments(), now=NOW)


def state():
    return (
        list(Department.objects.values_list("code", "name_zh")),
        list(Line.objects.values_list("code", "kind")),
        [(row.staff_no, row.name, sorted(row.role_set)) for row in Staff.objects.all()],
        Entry.objects.count(),
    )


@pytest.mark.django_db
def test_a_file_becomes_departments_lines_and_people(tmp_path):
    done = installed(wishes(tmp_path=tmp_path))

    assert done.hired == ("9201", "1031")
    assert Department.objects.get(code="billing").name_zh == "收费部"
    assert Department.objects.count() == len(departments()) + 1
    assert Line.objects.get(code="round-east").kind == "round"
    assert Staff.objects.get(staff_no="1031").role_set == {Role.AGENT}


@pytest.mark.django_db
def test_run_again_it_changes_nothing(tmp_path):
    wished = wishes(tmp_path=tmp_path)
    installed(wished)
    before = state()

    again = installed(wished)

    assert (again.changes, again.hired, state()) == ((), (), before)


@pytest.mark.django_db
def test_run_again_with_something_else_it_changes_that_alone(tmp_path):
    installed(wishes(tmp_path=tmp_path))

    again = installed(wishes(FILE.replace('"王敏"', '"王敏敏"'), tmp_path=tmp_path))

    assert [change.en for change in again.changes] == ["changed 王敏敏 1031: name"]


@pytest.mark.django_db
def test_a_name_that_was_given_here_is_not_taken_back_by_the_pack(tmp_path):
    installed(wishes(tmp_path=tmp_path))

    installed(Wishes())

    assert Department.objects.get(code="billing").name_zh == "收费部"


@pytest.mark.django_db
def test_without_an_administrator_nothing_is_written():
    with pytest.raises(NoAdministrator):
        installed(Wishes())

    assert not Department.objects.exists()


@pytest.mark.django_db
def test_the_last_administrator_cannot_be_wished_away(tmp_path):
    installed(wishes(tmp_path=tmp_path))
    row = administrator(staff_no="9201", name="管理")
    without = Wishes(staff=(replace(row, roles=frozenset({Role.TRAINER})),))

    with pytest.raises(NoAdministrator):
        installed(without)


@pytest.mark.django_db
def test_the_office_of_administrator_can_pass_to_another_in_one_run(tmp_path):
    installed(wishes(tmp_path=tmp_path))
    text = FILE.replace('staff_no = "9201"', 'staff_no = "9202"') + (
        '[[staff]]\nstaff_no = "9201"\nname = "管理"\nroles = "auditor"\n'
    )

    installed(wishes(text, tmp_path=tmp_path))

    assert Staff.objects.get(staff_no="9201").role_set == {Role.AUDITOR}


def test_every_fault_of_a_file_is_named_at_once(tmp_path):
    text = """
colour = "red"
[administrator]
staff_no = "9201"
password = "secret"
[[staff]]
staff_no = "1031"
name = "王敏"
department = "moon"
roles = ["agnt"]
[[staff]]
staff_no = "工号"
name = "李强"
roles = ["auditor", "security"]
[[department]]
code = "x"
zh = "某部"
"""
    with pytest.raises(PackFaults) as told:
        wishes(text, tmp_path=tmp_path)

    assert [fault.path for fault in told.value.faults] == [
        "colour",
        "department.0.en",
        "staff.0.roles",
        "staff.0.department",
        "staff.1.roles",
        "staff.1.staff_no",
        "administrator.name",
        "administrator.password",
    ]
    assert "did you mean agent?" in str(told.value)


# --- the spreadsheet of staff ---------------------------------------------------------------------


def sheet(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate((tuple(c.title.zh for c in COLUMNS), *rows)):
            for place, value in enumerate(row):
                page.write(number, place, value)
    return file.getvalue()


def test_staff_are_read_by_titles_or_codes_in_either_language():
    [one, two] = read_staff(
        sheet(
            (1031, "王敏", "女", "客服热线", "", "热线坐席、培训师"),
            ("8001", "孙立", "m", "repair", "城东站", "station_manager, Dispatcher"),
        ),
        departments=departments(),
    )

    assert (one.staff_no, one.gender, one.department) == ("1031", "f", "hotline")
    assert one.roles == {Role.AGENT, Role.TRAINER}
    assert two.roles == {Role.STATION_MANAGER, Role.DISPATCHER}


def test_every_title_of_a_role_is_understood_in_both_languages():
    rows = [
        (str(place), "某", "", "", "", title)
        for place, title in enumerate(
            title for words in TITLES.values() for title in (words.zh, words.en)
        )
    ]

    assert len(read_staff(sheet(*rows), departments={})) == 2 * len(Role)


def test_every_fault_of_the_spreadsheet_is_named_by_row_and_column_in_both_languages():
    with pytest.raises(SheetFaults) as told:
        read_staff(
            sheet(
                ("1031", "王敏", "女", "hotline", "", "agent"),
                ("1031", "李强", "x", "moon", "", "agent"),
                ("", "", "", "", "", "auditor、security"),
                ("工", "某", "", "", "", "国王"),
            ),
            departments=departments(),
        )

    places = {(f.row, f.column.split()[0]) for f in told.value.faults}
    assert places == {
        (3, "工号"), (3, "性别"), (3, "部门"), (4, "姓名"), (4, "工号"), (4, "角色"), (5, "工号"),
        (5, "角色"),
    }  # fmt: skip
    assert "第 3 行，工号 staff no.：与第 2 行工号相同。一人一个工号" in [
        fault.worded("zh") for fault in told.value.faults
    ]


# --- links and passwords --------------------------------------------------------------------------


@pytest.mark.django_db
def test_links_are_made_for_those_without_a_password(tmp_path):
    installed(wishes(tmp_path=tmp_path))
    set_first_password(staff_no="9201", password=GOOD, now=NOW)

    links = links_for(numbers=without_password(), base_url="https://service.example.com/", now=NOW)

    assert [link.staff_no for link in links] == ["1031"]
    assert links[0].url.startswith("https://service.example.com/set-password/")
    assert Staff.objects.get(staff_no="9201").check_password(GOOD)


# --- the command ----------------------------------------------------------------------------------


def test_the_template_of_staff_can_be_read_back(tmp_path):
    path = tmp_path / "staff.xlsx"

    done = CliRunner().invoke(app, ["init", "--write-staff-template", str(path)])

    assert done.exit_code == 0
    with pytest.raises(SheetFaults, match="no filled row"):
        read_staff(path.read_bytes(), departments={})


def shouwen(home, *words, database=""):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("SHOUWEN_")
    }
    environment |= {"SHOUWEN_HOME": str(home), "PYTHONPATH": "src"}
    environment |= {"DJANGO_SETTINGS_MODULE": "shouwen.config.settings", "COLUMNS": "200"}
    environment |= {"SHOUWEN_DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-m", "shouwen.cli", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_from_nothing_to_an_installation_and_once_more(tmp_path):
    home, links = tmp_path / "home", tmp_path / "links.csv"
    file = tmp_path / "init.toml"
    file.write_text(FILE, encoding="utf-8")

    first, text = shouwen(home, "init", "--from", str(file), "--links-out", str(links))
    second, again = shouwen(home, "init", "--from", str(file))

    assert (first, second) == (0, 0), text + again
    assert "泰安安泰燃气有限公司" in text
    assert "登记 王敏 1031 / registered 王敏 1031" in text
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    assert links.read_text("utf-8-sig").count("/set-password/") == 2
    assert "没有要改的 / nothing to change" in again
    assert "/set-password/" not in again
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_same_on_postgresql(tmp_path):
    home, database = tmp_path / "home", new_postgresql()

    first, text = shouwen(home, "init", "--admin-no", "9201", "--yes", database=database)
    second, again = shouwen(home, "init", "--yes", database=database)

    assert (first, second) == (0, 0), text + again
    assert "没有要改的 / nothing to change" in again


def new_postgresql():
    """The address of an empty database on the server of this test run."""
    server = databases.postgresql_url().rpartition("/")[0]
    name = f"init_{uuid.uuid4().hex[:8]}"
    with _connected(f"{server}/postgres") as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def _connected(address):
    """A server that was started just now answers a moment after its socket is there."""
    for _ in range(100):
        try:
            return psycopg.connect(address, autocommit=True)
        except psycopg.OperationalError:
            time.sleep(0.1)
    return psycopg.connect(address, autocommit=True)


def test_without_an_administrator_the_command_says_what_to_add(tmp_path):
    code, text = shouwen(tmp_path / "home", "init", "--yes")

    assert (code, "--admin-no" in text) == (1, True)


def test_a_faulty_file_is_told_in_both_languages_and_nothing_is_installed(tmp_path):
    file = tmp_path / "init.toml"
    file.write_text('[administrator]\nstaff_no = "9201"\n', encoding="utf-8")

    code, text = shouwen(tmp_path / "home", "init", "--from", str(file))

    assert code == 1
    assert "init.toml: administrator.name: 缺少或是空的，补上 / missing or empty; add it" in text
    assert "登记" not in text
