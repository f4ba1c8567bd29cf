"""What the shape of the program promises, checked on the program itself."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shouwen.config.models_check import apps_without_migrations

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "migrations")
# What a stranger may open. Everything else asks for a sign-in first.
# What other systems send us, signed, without a session.
SIGNED = {"calls_hook", "sms_receipts"}
PUBLIC = {
    "sign_in", "preferences", "set_password", "contact", "contact_status", "customer_visit", "verify",
    "field_worker", "field_manifest",
}  # fmt: skip
# The gallery of components shows invented people only.
GALLERY = "ui:"
SAMPLES = {
    "uuid": "01890000-0000-7000-8000-000000000000",
    "int": "1",
    "slug": "a",
    "str": "a",
    "path": "a",
}


def test_dependencies_point_inwards() -> None:
    shown = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert shown.returncode == 0, shown.stdout


def test_every_route_asks_a_stranger_to_sign_in(client: Client, db: None) -> None:
    opened = [
        f"/{route}: {response.status_code}"
        for route, name in _routes(get_resolver().url_patterns)
        if name not in PUBLIC | SIGNED and not name.startswith(GALLERY)
        for response in [client.get(f"/{route}")]
        if response.status_code != 302 or not response["Location"].startswith(reverse("sign_in"))
    ]

    assert opened == []


@pytest.mark.parametrize("name", sorted(PUBLIC | SIGNED))
def test_every_public_route_exists(name: str) -> None:
    assert name in {found for _, found in _routes(get_resolver().url_patterns)}


def test_no_file_is_longer_than_400_lines() -> None:
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]

    long = [_name(path) for path in files if len(_text(path).splitlines()) > 400]

    assert long == []


def test_no_python_file_cites_a_clause_number() -> None:
    cited = [
        f"{_name(path)}: {number}"
        for path in SOURCES
        if path.parent.name != "samples"  # what the gallery of components shows
        for number in re.findall(r"\b[2-7]\.\d\.\d+\b", _text(path))
    ]

    assert cited == []


def test_no_python_file_holds_a_line_of_the_standard() -> None:
    lines = list(_scripted_lines())

    held = [f"{_name(path)}: {line}" for path in SOURCES for line in lines if line in _text(path)]

    assert lines
    assert held == []


def test_only_the_system_clock_adapter_reads_the_clock() -> None:
    reads = re.compile(r"\bdatetime\.now\(|\bdate\.today\(|\btimezone\.now\(|\btime\.time\(")

    readers = [_name(path) for path in SOURCES if reads.search(_text(path))]

    assert readers == ["src/shouwen/adapters/system_clock.py"]


def test_every_app_with_models_has_migrations() -> None:
    assert apps_without_migrations() == []


def _routes(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Address and name of every route; a name in a name space reads `space:name`."""
    for pattern in patterns:
        route = prefix + re.sub(
            r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], str(pattern.pattern)
        )
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, route, inner)
        else:
            yield route, f"{space}{pattern.name}"


def _scripted_lines() -> Iterator[str]:
    """The lines that staff say word for word, long enough not to be everyday words."""
    for path in (ROOT / "standard" / "antai").rglob("*.toml"):
        for version in tomllib.loads(_text(path)).get("version", []):
            said = version.get("says", [])
            for line in [said] if isinstance(said, str) else said:
                if len(line) >= 6:
                    yield line


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
