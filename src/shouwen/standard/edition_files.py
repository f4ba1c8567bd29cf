"""Editions of a standard on disk: each a folder that nobody changes any more, and the list of them.

editions/published.toml         the list, in the order of publication; the last one is in force
editions/<folder>/pack/…        the pack
editions/<folder>/calendar/…    the calendars that the pack names
editions/<folder>/SHA256SUMS    a fingerprint for each file; its own fingerprint is the seal
"""

import hashlib
import json
import os
import secrets
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shouwen.core.clause import Words
from shouwen.standard.faults import Fault, PackFaults

LIST, SUMS, PACK, CALENDAR = "published.toml", "SHA256SUMS", "pack", "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEdition:
    """A published edition as the list names it. `folder` lies below the list; `digest` is the pack's,
    `seal` that of the files; `published_at` is aware UTC.
    """

    number: int
    folder: str
    digest: str
    seal: str
    published_at: datetime


def published_editions(home: Path) -> tuple[PublishedEdition, ...]:
    """The list in `home`, in the order of publication; none where there is no list. Raises PackFaults."""
    path = home / LIST
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(PublishedEdition(**row) for row in table.get("edition", []))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise PackFaults([_unreadable_list(path, error)]) from None


def write_list(home: Path, editions: Sequence[PublishedEdition]) -> None:
    """Writes the list, whole or not at all, readable by the owner only. Raises OSError."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "\n".join(_entry(edition) for edition in editions)
    path = home / LIST
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    fresh = home / f".{LIST}.{os.getpid()}.{secrets.token_hex(4)}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def copy_pack(*, pack: Path, into: Path) -> None:
    """Copies a pack and the calendars beside it into the folder of an edition. Raises OSError."""
    into.mkdir(mode=0o700, parents=True)
    shutil.copytree(pack, into / PACK)
    beside = pack.parent / CALENDAR
    if beside.is_dir():
        shutil.copytree(beside, into / CALENDAR)


def seal(folder: Path) -> str:
    """Writes the fingerprints of all files of an edition beside them; the seal is their fingerprint (hex)."""
    text = _sums(folder)
    (folder / SUMS).write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def tampering(folder: Path, *, seal: str) -> list[Fault]:
    """A fault for each file that is not what it was when the edition was sealed."""
    try:
        told = (folder / SUMS).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return [_tampered(folder, SUMS, "不见了或读不出", "is gone or cannot be read")]
    if hashlib.sha256(told.encode()).hexdigest() != seal:
        return [_tampered(folder, SUMS, "被改动", "was changed")]
    return list(_differing(folder, _read_sums(told), _read_sums(_sums(folder))))


def _differing(folder: Path, told: dict[str, str], found: dict[str, str]) -> Iterator[Fault]:
    for name in sorted({*told, *found}):
        if name not in found:
            yield _tampered(folder, name, "不见了", "is gone")
        elif name not in told:
            yield _tampered(folder, name, "是后来加的", "was added afterwards")
        elif told[name] != found[name]:
            yield _tampered(folder, name, "被改动", "was changed")


def _sums(folder: Path) -> str:
    """In the form that `sha256sum -c` reads."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != SUMS
    ]
    return "\n".join([*lines, ""])


def _read_sums(text: str) -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in text.splitlines())
    return {name: digest for digest, name in pairs}


def _entry(edition: PublishedEdition) -> str:
    texts = {"folder": edition.folder, "digest": edition.digest, "seal": edition.seal}
    lines = [f"{name} = {json.dumps(text)}" for name, text in texts.items()]
    at = edition.published_at.isoformat()
    return "\n".join(
        ["[[edition]]", f"number = {edition.number}", *lines, f"published_at = {at}", ""]
    )


def _tampered(folder: Path, name: str, zh: str, en: str) -> Fault:
    return Fault(
        f"{folder.name}/{name}",
        "",
        Words(zh=f"已发布的文件{zh}", en=f"a file of a published edition {en}"),
        Words(
            zh="从备份恢复这个文件；要改标准请另起草案",
            en="restore it from a backup; to change the standard start a draft",
        ),
    )


def _unreadable_list(path: Path, error: Exception) -> Fault:
    return Fault(
        path.name,
        "",
        Words(zh=f"版本清单读不出：{error}", en=f"the list of editions cannot be read: {error}"),
        Words(
            zh="从备份恢复，或运行 shouwen standard draft list --mend",
            en="restore it from a backup, or run `shouwen standard draft list --mend`",
        ),
    )
