"""Every example of the guide for authors is a rule that works, and every command answers as shown."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shouwen.standard.checking import check_pack
from shouwen.standard.commands import app
from tests.standard.small_pack import PACK, write_pack

GUIDE = Path(__file__).parents[2] / "docs" / "standard-language.md"
CONSTRUCTS = set(range(1, 27))

_SECTION = re.compile(r"^## (\d+) ", re.MULTILINE)
_BLOCK = re.compile(r"```(toml|sh)\n(.*?)```", re.DOTALL)
_ASKED = re.compile(r"^(shouwen standard due PACK .*)\n# (\w+)(?:, due (\S+))?$", re.MULTILINE)


def sections():
    """Each numbered section with its blocks: (language, text)."""
    parts = _SECTION.split(GUIDE.read_text("utf-8"))
    numbered = zip(parts[1::2], parts[2::2], strict=True)
    return {int(number): _BLOCK.findall(text) for number, text in numbered}


def blocks(language):
    return [text for kind, text in _BLOCK.findall(GUIDE.read_text("utf-8")) if kind == language]


def rules():
    """The rules of the guide by id."""
    found = {}
    for text in blocks("toml"):
        named = re.match(r'id = "(.+)"', text)
        if named:
            assert named[1] not in found, f"{named[1]} is there twice"
            found[named[1]] = text
    return found


def file_named(name):
    """The blocks that begin with the name of a file of the pack, joined."""
    return "\n".join(text for text in blocks("toml") if text.startswith(f"# {name}\n"))


@pytest.fixture(scope="module")
def guide_pack(tmp_path_factory):
    listed = ", ".join(f'"{name}"' for name in rules())
    contents = f'[[passage]]\nclause = "1"\nsection = "一"\nrules = [{listed}]\n'
    head = PACK.split("[pause_reasons]")[0] + file_named("pack.toml")
    files = {f"guide/{name}.toml": text for name, text in rules().items()}
    others = {"escalation.toml": file_named("escalation.toml")}
    path = write_pack(
        tmp_path_factory.mktemp("guide"),
        pack=head,
        contents=contents,
        rule="",
        files={**files, **others},
    )
    (path / "repairs" / "repaired-24h.toml").unlink()
    return path


def test_the_rules_of_the_guide_pass_the_check(guide_pack):
    pack = check_pack(guide_pack)

    assert pack.rules.keys() == rules().keys()
    assert [rule.id for rule in pack.rules.values() if not rule.examples] == []


def test_every_construct_has_its_section_and_its_example():
    found = sections()

    assert found.keys() == CONSTRUCTS
    assert all(any(k == "toml" for k, _ in said) for said in found.values())


def commands():
    """Each command, lines joined, with the verdict and the due time that it is shown to give."""
    joined = (text.replace("\\\n", " ") for text in blocks("sh"))
    return [found for text in joined for found in _ASKED.findall(text)]


@pytest.mark.parametrize(("command", "verdict", "due_at"), commands())
def test_every_command_of_the_guide_answers_as_shown(guide_pack, command, verdict, due_at):
    words = shlex.split(command)[2:]
    args = [str(guide_pack) if word == "PACK" else word for word in words]

    result = CliRunner().invoke(app, [*args, "--format", "json"])

    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert told["verdict"] == verdict
    assert (told["due_at"] or "")[: len(due_at)] == due_at
    assert all(step["zh"] and step["en"] for step in told["explanation"])


def test_every_example_has_a_command_of_its_own():
    shown = {number for number, said in sections().items() if any(k == "sh" for k, _ in said)}

    assert shown >= CONSTRUCTS


def test_the_ladder_is_told_with_the_due_time(guide_pack):
    args = ["due", str(guide_pack), "alarm-crew-on-site-40-min", "--format", "json"]
    asked = ["--event", "case.reported=2026-02-02T08:00", "--fact", "case_kind=alarm"]

    def rungs(*more):
        told = json.loads(CliRunner().invoke(app, [*args, *asked, *more]).output)
        return [(rung["rung"], rung["at"]) for rung in told["escalation"]]

    everybody = [
        ("owner-soon", "2026-02-02T08:10:00+08:00"),
        ("company-late", "2026-02-03T08:40:00+08:00"),
    ]
    assert rungs() == everybody
    assert ("crew-leader-alarm", "2026-02-02T08:40:00+08:00") in rungs("--department", "emergency")
