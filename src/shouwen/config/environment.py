"""Reads the environment: one typed reader for each kind of setting, and the key that signs sessions.

Every reader raises `BadSetting` naming the variable, what it holds and what it should hold.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


class BadSetting(ValueError):
    """An environment variable holds something that cannot be used."""

    def __init__(self, name: str, found: str, wanted: str) -> None:
        super().__init__(
            f"环境变量 {name}={found!r} 无效 / {name}={found!r} is not valid: {wanted}"
        )


def flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Yes or no: 1/0, true/false, yes/no, on/off."""
    found = environ.get(name)
    if found is None:
        return default
    word = found.strip().lower()
    if word not in _TRUE | _FALSE:
        raise BadSetting(name, found, "1 | 0")
    return word in _TRUE


def words(environ: Mapping[str, str], name: str, *, default: tuple[str, ...]) -> list[str]:
    """A list, separated by commas; blanks are dropped."""
    found = environ.get(name)
    if found is None:
        return list(default)
    return [word.strip() for word in found.split(",") if word.strip()]


def choice(environ: Mapping[str, str], name: str, *, of: tuple[str, ...]) -> str:
    """One of the words `of`; the first is the default."""
    found = environ.get(name, of[0])
    if found not in of:
        raise BadSetting(name, found, " | ".join(of))
    return found


def days(environ: Mapping[str, str], name: str, *, default: int) -> int:
    """A number of days, at least one."""
    found = environ.get(name) or str(default)
    if not (found.isascii() and found.isdigit() and int(found) >= 1):
        raise BadSetting(name, found, "a number of days, 1 or more")
    return int(found)


def folder(environ: Mapping[str, str], name: str, *, default: Path) -> Path:
    """An absolute folder; it need not exist."""
    return Path(environ.get(name) or default).expanduser().resolve()


def secret_key(environ: Mapping[str, str], *, home: Path) -> str:
    """The key that signs sessions and links.

    In this order: SHOUWEN_SECRET_KEY, the file named by SHOUWEN_SECRET_KEY_FILE, the file `secret-key` in
    the data folder, which is made on the first start and readable by its owner only.
    """
    given = environ.get("SHOUWEN_SECRET_KEY")
    if given:
        return given
    named = environ.get("SHOUWEN_SECRET_KEY_FILE")
    if named:
        return _key_in(Path(named), "SHOUWEN_SECRET_KEY_FILE")
    kept = home / "secret-key"
    if not kept.exists():
        _make_key(kept)
    return _key_in(kept, "SHOUWEN_HOME")


def _key_in(path: Path, name: str) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(name, str(path), f"a readable key file ({error})") from error
    if not key:
        raise BadSetting(name, str(path), "a key file that is not empty")
    return key


def _make_key(path: Path) -> None:
    """Several processes may start at once: the first link wins and nobody reads a half-written file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
