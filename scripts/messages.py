"""Keeps the English catalogue in step with the Chinese texts in code and templates.

Without arguments: collects every text, adds new ones (untranslated) to the catalogue, drops the ones that
are gone, compiles. `--check` changes nothing and fails when a text has no English, a placeholder differs,
or the compiled file is stale.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, mofile, pofile
from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "shouwen"
PO = SOURCE / "locale/en/LC_MESSAGES/django.po"
Text = str | tuple[str, ...]
_WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
# One fixed date: the file changes only when a text does.
_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    catalogue = updated()
    if parser.parse_args().check:
        faults = list(check(catalogue))
        for fault in faults:
            print(fault, file=sys.stderr)
        return 1 if faults else 0
    PO.write_bytes(_as_po(catalogue))
    PO.with_suffix(".mo").write_bytes(_as_mo(catalogue))
    missing = [message.id for message in catalogue if message.id and not message.string]
    print(f"{len(catalogue)} texts, {len(missing)} without English")
    for text in missing:
        print(f"  {text}")
    return 0


def updated() -> Catalog:
    """The catalogue with exactly the texts that code and templates have now."""
    found = _new_catalogue()
    for text, context in texts():
        found.add(text, context=context)
    kept = _stored()
    for message in found:
        if message.id and (old := kept.get(message.id, message.context)):
            message.string = old.string
    return found


def check(catalogue: Catalog) -> Iterator[str]:
    """Every reason why the stored files are not fit to ship."""
    for message in catalogue:
        if not message.id:
            continue
        if not message.string:
            yield f"no English for {message.id!r}: run scripts/messages.py and translate"
        elif _placeholders(message.id) != _placeholders(message.string):
            yield f"placeholders differ: {message.id!r} and {message.string!r}"
    if not PO.exists() or PO.read_bytes() != _as_po(catalogue):
        yield f"{PO.relative_to(ROOT)} is stale: run scripts/messages.py"
    mo = PO.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != _as_mo(catalogue):
        yield f"{mo.relative_to(ROOT)} is stale: run scripts/messages.py"


def texts() -> Iterator[tuple[Text, str | None]]:
    """Every text of the source, templates included, with the context that tells two meanings apart."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield from _in_python(path.read_bytes())
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield from _in_python(_templatized(path).encode())


def _in_python(source: bytes) -> Iterator[tuple[Text, str | None]]:
    for _line, text, _comments, context in extract("python", io.BytesIO(source), keywords=_WORDS):
        yield text, context


def _templatized(path: Path) -> str:
    from django.utils.translation import templatize

    # Indentation means nothing here, but Python's tokenizer would stumble over it.
    lines = templatize(path.read_text("utf-8"), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def _placeholders(text: Text | list[str]) -> set[str]:
    joined = text if isinstance(text, str) else " ".join(text)
    return set(_PLACEHOLDER.findall(joined))


def _stored() -> Catalog:
    if not PO.exists():
        return _new_catalogue()
    with PO.open("rb") as file:
        return pofile.read_po(file, locale="en")


def _new_catalogue() -> Catalog:
    return Catalog(
        locale="en",
        domain="django",
        project="Shouwen",
        version="1",
        copyright_holder="the Shouwen contributors",
        header_comment="# English texts; the msgids are the Chinese ones.",
        creation_date=_DATE,
        revision_date=_DATE,
        last_translator="Shouwen",
        language_team="English",
        fuzzy=False,
    )


def _as_po(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    pofile.write_po(buffer, catalogue, no_location=True, sort_output=True, width=110)
    return buffer.getvalue()


def _as_mo(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    mofile.write_mo(buffer, catalogue)
    return buffer.getvalue()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    sys.exit(main())
