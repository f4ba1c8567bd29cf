"""Keeps the files taken from other projects honest: `--check` compares hashes, without it fetches anew.

Fetching packs each named version with npm into a temporary folder, copies the listed files, draws the
icon sprite and writes the new hashes into the manifest. Nothing else of the packages is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MANIFESTS = (
    ROOT / "src/shouwen/ui/static/vendor/MANIFEST.toml",
    ROOT / "tests/vendor/MANIFEST.toml",
)
_SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=[^*]*\*/\s*$")
_BLANK_BOX = re.compile(r'<path[^>]*d="M0 0h24v24H0z"[^>]*/>')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    check_only: bool = parser.parse_args().check
    faults = [
        fault
        for manifest in MANIFESTS
        for fault in (check(manifest) if check_only else fetch(manifest))
    ]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def check(manifest: Path) -> list[str]:
    """Every file that is missing, was changed, or lies there without being listed."""
    listed = {
        (manifest.parent / part["to"]).resolve(): part["sha256"] for part in _parts(manifest)
    }
    faults = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path, sha256 in listed.items()
        if (problem := _problem(path, sha256))
    ]
    strays = {path for path in manifest.parent.rglob("*") if path.is_file()} - {manifest, *listed}
    return faults + [
        f"{path.relative_to(ROOT)}: not in {manifest.name}" for path in sorted(strays)
    ]


def _problem(path: Path, sha256: str) -> str:
    if not path.exists():
        return "missing; run scripts/vendor.py"
    return "" if _digest(path) == sha256 else "differs from the sha256 in its MANIFEST.toml"


def fetch(manifest: Path) -> list[str]:
    """Brings every listed file and writes its hash into the manifest."""
    with tempfile.TemporaryDirectory() as scratch:
        for package in _packages(manifest):
            print(f"{package['name']} {package['version']}")
            _copy(package, source=_unpacked(package, Path(scratch)), target=manifest.parent)
    text = manifest.read_text(encoding="utf-8")
    for part in _parts(manifest):
        text = _with_digest(text, part["to"], _digest(manifest.parent / part["to"]))
    manifest.write_text(text, encoding="utf-8")
    return check(manifest)


def _unpacked(package: dict[str, Any], scratch: Path) -> Path:
    name = f"{package['name']}@{package['version']}"
    folder = scratch / package["name"].replace("/", "+")
    folder.mkdir()
    subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    unpacked: Path = folder / "package"
    return unpacked


def _copy(package: dict[str, Any], *, source: Path, target: Path) -> None:
    for part in package.get("file", []):
        if "from" not in part:
            continue
        content = (source / part["from"]).read_bytes()
        if "changed" in part:
            content = _SOURCE_MAP.sub(b"\n", content)
        path = target / part["to"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if sprite := package.get("sprite"):
        drawn = draw_sprite(source / sprite["from"], sprite["icons"])
        (target / sprite["to"]).write_text(drawn, encoding="utf-8")


def draw_sprite(folder: Path, names: list[str]) -> str:
    """One SVG with a symbol `i-<name>` for each icon; strokes and sizes come from the stylesheet."""
    symbols = [
        _symbol(name, (folder / f"{name}.svg").read_text("utf-8")) for name in sorted(names)
    ]
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def _symbol(name: str, svg: str) -> str:
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    shapes = " ".join(_BLANK_BOX.sub("", inner).split())
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def _packages(manifest: Path) -> list[dict[str, Any]]:
    packages: list[dict[str, Any]] = tomllib.loads(manifest.read_text("utf-8"))["package"]
    return packages


def _parts(manifest: Path) -> Iterator[dict[str, Any]]:
    for package in _packages(manifest):
        yield from package.get("file", [])
        if "sprite" in package:
            yield package["sprite"]


def _with_digest(text: str, name: str, sha256: str) -> str:
    pattern = rf'(to = "{re.escape(name)}"\n(?:changed = .*\n)?sha256 = ")[0-9a-f]*"'
    return re.sub(pattern, rf'\g<1>{sha256}"', text)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
