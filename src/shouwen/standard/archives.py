"""A pack that somebody sends in: a zip archive or a folder, read whole into memory or refused.

What comes from outside may be a trap: paths that lead elsewhere, links, archives that unpack to a
thousand times their size. Nothing is written before everything has been looked at.
"""

import io
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from shouwen.core.clause import Words
from shouwen.standard.edition_files import CALENDAR, PACK
from shouwen.standard.faults import Fault, PackFaults

MOST_FILES = 2_000
MOST_BYTES_A_FILE = 1_000_000
MOST_BYTES = 20_000_000
ENDINGS = (".toml", ".tsv")
_HEAD = "pack.toml"
_ENCRYPTED = 0x1


def from_zip(data: bytes) -> dict[str, str]:
    """The texts of an archive by path below `pack/` and `calendar/`. Raises PackFaults with every fault."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            faults = [*_too_much((e.filename, e.file_size) for e in entries), *_traps(entries)]
            if faults:
                raise PackFaults(faults)
            found = {entry.filename: _unpacked(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        raise PackFaults([_not_a_zip(error)]) from None
    return _texts(found)


def from_folder(folder: Path) -> dict[str, str]:
    """The same of a folder: a pack's own directory, or one that holds `pack/` and `calendar/`. Raises PackFaults."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file()]
    names = {path: path.relative_to(folder).as_posix() for path in files}
    links = [_fault(names[path], *_LINK) for path in files if path.is_symlink()]
    faults = links or list(_too_much((names[path], path.stat().st_size) for path in files))
    if faults:
        raise PackFaults(faults)
    return _texts({names[path]: path.read_bytes() for path in files})


def as_zip(folder: Path) -> bytes:
    """The pack and calendars of an edition's folder as an archive that can be sent in again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return out.getvalue()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Never more than one file may hold, whatever the archive says its size is."""
    with archive.open(entry) as file:
        content = file.read(MOST_BYTES_A_FILE + 1)
    if len(content) > MOST_BYTES_A_FILE:
        raise PackFaults([_fault(entry.filename, *_LARGE)])
    return content


def _too_much(sizes: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    listed = list(sizes)
    yield from (_fault(name, *_LARGE) for name, size in listed if size > MOST_BYTES_A_FILE)
    if len(listed) > MOST_FILES or sum(size for _, size in listed) > MOST_BYTES:
        yield _fault("", *_TOO_MUCH)


def _traps(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            yield _fault(name, *_ELSEWHERE)
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield _fault(name, *_LINK)
        elif entry.flag_bits & _ENCRYPTED:
            yield _fault(name, *_LOCKED)
        elif name in seen:
            yield _fault(name, *_TWICE)
        seen.add(name)


def _texts(found: Mapping[str, bytes]) -> dict[str, str]:
    """The files of a pack, by the names an edition gives them; others are left out without a word."""
    root = _root(found)
    if root is None:
        raise PackFaults([_fault("", *_NO_PACK)])
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for name, content in found.items():
        place = _place(name, root)
        if place is None:
            continue
        try:
            texts[place] = content.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            faults.append(_fault(name, *_NOT_UTF8))
    if faults:
        raise PackFaults(faults)
    return texts


def _root(names: Iterable[str]) -> PurePosixPath | None:
    """The directory that holds the pack: the uppermost one with an organisation block."""
    heads = [PurePosixPath(name) for name in names if PurePosixPath(name).name == _HEAD]
    return min(heads, key=lambda path: len(path.parts)).parent if heads else None


def _place(name: str, root: PurePosixPath) -> str | None:
    path = PurePosixPath(name)
    if path.suffix not in ENDINGS or any(part.startswith((".", "__")) for part in path.parts):
        return None
    if path.is_relative_to(root):
        return f"{PACK}/{path.relative_to(root)}"
    beside = root.parent / CALENDAR
    if path.is_relative_to(beside) and path.parent == beside:
        return f"{CALENDAR}/{path.name}"
    return None


def _not_a_zip(error: Exception) -> Fault:
    return _fault(
        "",
        Words(zh="不是能读的 zip 文件", en=f"not a zip archive that can be read ({error})"),
        Words(zh="把标准包的文件夹重新压成 zip", en="zip the folder of the pack anew"),
    )


def _fault(file: str, problem: Words, remedy: Words) -> Fault:
    return Fault(file, "", problem, remedy)


_LARGE = (
    Words(zh="文件太大（最多 1 MB）", en="a file is too large (1 MB at most)"),
    Words(
        zh="标准的一条只有几 KB，去掉多余的文件", en="a rule has a few KB: leave other files out"
    ),
)
_TOO_MUCH = (
    Words(
        zh="内容太多（最多 2000 个文件、共 20 MB）",
        en="too much content (2,000 files and 20 MB at most)",
    ),
    Words(zh="只放标准包的文件", en="send the files of the pack only"),
)
_ELSEWHERE = (
    Words(zh="路径指向包外", en="its path leads out of the archive"),
    Words(zh="用标准包的文件夹重新压缩", en="zip the folder of the pack anew"),
)
_LINK = (
    Words(zh="是链接，不是文件", en="is a link, not a file"),
    Words(zh="换成文件本身", en="put the file itself there"),
)
_LOCKED = (
    Words(zh="加了密码", en="is locked with a password"),
    Words(zh="不加密码再压缩", en="zip it without a password"),
)
_TWICE = (
    Words(zh="同一个文件有两份", en="is there twice"),
    Words(zh="只留一份", en="keep one of them"),
)
_NOT_UTF8 = (
    Words(zh="不是 UTF-8 编码", en="is not UTF-8"),
    Words(zh="另存为 UTF-8", en="save it as UTF-8"),
)
_NO_PACK = (
    Words(zh="里面没有 pack.toml", en="there is no pack.toml in it"),
    Words(
        zh="压缩整个标准包的文件夹，不要只压一部分",
        en="zip the whole folder of the pack, not a part of it",
    ),
)
