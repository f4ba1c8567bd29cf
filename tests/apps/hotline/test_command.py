"""`shouwen calls replay FILE`: what it says, and with which code it ends."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from shouwen.cases.models import Case
from shouwen.hotline.commands import app
from shouwen.hotline.models import Call
from tests import people
from tests.calls import call, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    people.staff("wang_min")
    return tmp_path / "calls.jsonl"


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["replay", str(file), *options], env={"COLUMNS": "200"})


def test_a_good_file_ends_with_0_and_names_each_call_and_its_case(file):
    file.write_text("".join(lines(call("T1"), call("T2"))), encoding="utf-8")

    result = run(file)

    assert result.exit_code == 0
    for row in Call.objects.select_related("case"):
        assert row.case
        assert f"{row.call_id} → {row.case.number}" in result.output
    assert "新收 / taken 2" in result.output


def test_a_bad_line_ends_with_1_and_is_named_in_both_languages(file):
    file.write_text("".join(lines(call("T1"), call("T2", kind="gossip"))), encoding="utf-8")

    result = run(file)

    assert result.exit_code == 1
    assert "第 2 行 / line 2" in result.output
    assert "应为以下之一" in result.output
    assert Case.objects.count() == 1


def test_bytes_that_are_no_text_spoil_their_own_line_only(file):
    first, second = (line.encode() for line in lines(call("T1"), call("T2")))
    file.write_bytes(first + b"\xff\xfe\x00{\n" + second)

    result = run(file)

    assert result.exit_code == 1
    assert "第 2 行" in result.output
    assert Case.objects.count() == 2


def test_words_of_a_file_are_shown_as_they_are(file):
    file.write_text('{"call_id": "[bold]"\n', encoding="utf-8")

    assert run(file).exit_code == 1


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_no_fault(file, content):
    file.write_text(content)

    result = run(file, "--at", "now")

    assert result.exit_code == 0
    assert "taken 0" in result.output


def test_an_unknown_time_is_refused_before_anything_is_taken(file):
    file.write_text("".join(lines(call("T1"))), encoding="utf-8")

    result = run(file, "--at", "yesterday")

    assert result.exit_code == 2
    assert not Case.objects.exists()


def test_a_file_that_is_not_there_is_refused(file):
    assert run(file.with_name("nothing.jsonl")).exit_code == 2
