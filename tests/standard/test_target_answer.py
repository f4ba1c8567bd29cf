"""`shouwen standard due … --count`: whether figures reach the target of a rule."""

import json

import pytest
from typer.testing import CliRunner

from shouwen.standard.commands import app
from tests.standard.small_pack import RULE, write_pack

TARGET = 'limit = { value = 24, unit = "hours" }\ntarget = { at_least = 0.95, good_from = 0.98, per = "quarter" }'


def answered(tmp_path, *counts, rule=None):
    text = (rule or RULE).replace('limit = { value = 24, unit = "hours" }', TARGET, 1)
    path = write_pack(tmp_path, rule=text if rule is None else rule)
    typed = [part for count in counts for part in ("--count", count)]
    return CliRunner().invoke(app, ["due", str(path), "repaired-24h", *typed, "--format", "json"])


def test_the_answer_has_the_keys_of_due_and_tells_the_target(tmp_path):
    answer = json.loads(answered(tmp_path, "met=96", "missed=4").stdout)

    assert (answer["verdict"], answer["value"], answer["close"]) == ("met", 0.96, True)
    assert (answer["version"], answer["due_at"], answer["failed"]) == ("2025-01-01", None, [])
    assert answer["target"]["per"] == "quarter"
    assert answer["explanation"][0]["zh"] == "目标：每季不低于 95%"


def test_a_target_that_is_not_reached_says_which_measure_failed(tmp_path):
    answer = json.loads(answered(tmp_path, "met=94", "missed=6").stdout)

    assert (answer["verdict"], answer["failed"]) == ("missed", ["share"])


@pytest.mark.parametrize(
    ("count", "says"),
    [("mett=3", "did you mean met?"), ("met=many", "must be a number"), ("met=-1", "less than 0")],
)
def test_a_count_that_cannot_be_read_is_refused(tmp_path, count, says):
    result = answered(tmp_path, count)

    assert result.exit_code == 1
    assert says in result.output


def test_a_rule_without_a_target_says_so(tmp_path):
    assert "repaired-24h has no target" in answered(tmp_path, "met=3", rule=RULE).output
