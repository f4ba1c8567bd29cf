"""Prints what the doctor found."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer
from django.conf import settings

from shouwen.adapters import system_clock
from shouwen.config.doctor import Finding, Site, examine

_MARKS = {"ok": "✓", "warning": "!", "wrong": "✗"}


def run(*, as_json: bool) -> int:
    """Examines this installation, prints the findings, returns 1 when something is wrong."""
    home = Path(settings.SHOUWEN_HOME)
    site = Site(home=home, heads_dir=Path(settings.SHOUWEN_HEADS_DIR), now=system_clock.now())
    findings = list(examine(site))
    typer.echo(as_table(findings) if as_json else as_text(findings))
    return int(any(finding.level == "wrong" for finding in findings))


def as_text(findings: Sequence[Finding]) -> str:
    """The bad ones first, each with its remedy, Chinese before English."""
    order = {"wrong": 0, "warning": 1, "ok": 2}
    lines: list[str] = []
    for finding in sorted(findings, key=lambda each: order[each.level]):
        lines.append(f"{_MARKS[finding.level]} {finding.what.zh} / {finding.what.en}")
        if finding.remedy:
            lines.append(f"    → {finding.remedy.zh} / {finding.remedy.en}")
    wrong = sum(finding.level == "wrong" for finding in findings)
    warned = sum(finding.level == "warning" for finding in findings)
    told = f"{wrong} 处有误，{warned} 处要留意 / {wrong} wrong, {warned} to look at"
    return "\n".join([*lines, told if wrong or warned else "一切正常 / all is well"])


def as_table(findings: Sequence[Finding]) -> str:
    """The same as JSON, one object a finding."""
    rows = [
        {
            "check": each.check,
            "level": each.level,
            "what": {"zh": each.what.zh, "en": each.what.en},
            "remedy": {"zh": each.remedy.zh, "en": each.remedy.en} if each.remedy else None,
        }
        for each in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
