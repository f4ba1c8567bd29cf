"""Fingerprints of rule versions and the lock that keeps published ones from being edited."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from shouwen.core.clause import Version, Words
from shouwen.core.kinds import Rule
from shouwen.standard.faults import Fault
from shouwen.standard.identity import This

Digests = Mapping[str, Mapping[str, str]]

_HEADER = (
    "# Fingerprints of the rule versions in force. Lines are only ever added, by\n"
    "# `shouwen standard lock PACK`; a published version is followed by a new one, never edited.\n"
)


def version_digests(rules: Iterable[Rule]) -> dict[str, dict[str, str]]:
    """By rule id and first day (ISO), the SHA-256 of what the rule says from that day on."""
    return {rule.id: dict(_digests_of(This(rule))) for rule in rules}


@lru_cache(maxsize=2048)
def _digests_of(rule: This[Rule]) -> Mapping[str, str]:
    return {v.from_.isoformat(): _digest(rule.it, v) for v in rule.it.versions}


def pack_digest(parts: Mapping[str, Any]) -> str:
    """One SHA-256 over everything that can change a verdict."""
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()


def changed_versions(
    *, digests: Digests, published: Digests, files: Mapping[str, Rule]
) -> list[Fault]:
    """A fault for each published version that was edited or taken away."""
    file_of = {rule.id: name for name, rule in files.items()}
    faults = []
    for rule_id, versions in published.items():
        for day, digest in versions.items():
            now = digests.get(rule_id, {}).get(day)
            if now != digest:
                file = file_of.get(rule_id, "published.toml")
                faults.append(_edited(file, rule_id, day, gone=now is None))
    return faults


def lock(*, path: Path, digests: Digests, published: Digests) -> int:
    """Append the digests of versions that are not yet in the lock file; the number appended."""
    lines = [
        f'"{rule_id}"."{day}" = "{digest}"'
        for rule_id, versions in sorted(digests.items())
        for day, digest in sorted(versions.items())
        if day not in published.get(rule_id, {})
    ]
    if lines:
        head = path.read_text(encoding="utf-8") if path.exists() else _HEADER + "\n[digests]\n"
        path.write_text(head.rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def _digest(rule: Rule, version: Version) -> str:
    said = {"id": rule.id, "clause": rule.clause, "kind": rule.kind, "version": version}
    said["slot"] = getattr(rule, "slot", "")
    return hashlib.sha256(_canonical(said).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Only what differs from its default counts: a field added to the language changes no
    digest.
    """
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {f.name: _plain(v) for f, v in pairs if f.default != v and v not in ({}, ())}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def _edited(file: str, rule_id: str, day: str, *, gone: bool) -> Fault:
    if gone:
        problem = Words(
            zh=f"已发布的版本不见了：{rule_id} {day}",
            en=f"a published version is gone: {rule_id} {day}",
        )
        return Fault(
            file,
            "version",
            problem,
            Words(
                zh="恢复它；要废止请另加 withdrawn = true 的新版本",
                en="restore it; to end a rule add a new version with withdrawn = true",
            ),
        )
    return Fault(
        file,
        "version",
        Words(
            zh=f"已发布的版本被改动：{rule_id} {day}",
            en=f"a published version was edited: {rule_id} {day}",
        ),
        Words(
            zh="恢复原样，另加一个新的 [[version]]",
            en="restore it and add a new [[version]] instead",
        ),
    )
