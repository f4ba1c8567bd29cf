"""A folder with a recogniser's model: what is in it is checked before anything of it is loaded."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shouwen.core.clause import Words

DESCRIPTION, CHECKSUMS = "model.toml", "SHA256SUMS"
KINDS: Mapping[str, tuple[str, ...]] = {
    "paraformer": ("model", "tokens"),
    "sense_voice": ("model", "tokens"),
    "telespeech_ctc": ("model", "tokens"),
    "wenet_ctc": ("model", "tokens"),
    "zipformer_ctc": ("model", "tokens"),
    "transducer": ("encoder", "decoder", "joiner", "tokens"),
}
"""The kinds of models that are taken, and the files that each needs."""
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")


class BadModel(ValueError):
    """The folder holds no model that may be loaded; `faults` say all that is wrong and what to do."""

    def __init__(self, folder: Path, faults: Sequence[Words]) -> None:
        self.faults = tuple(faults)
        told = "\n".join(f"{fault.zh} / {fault.en}" for fault in faults)
        super().__init__(f"{folder}: {told}")


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose files are what their checksums say. `digest`: SHA-256 of the list of checksums."""

    name: str
    kind: str
    files: Mapping[str, Path]
    digest: str


def model_in(folder: Path) -> Model:
    """The model of a folder, after every file it names was read and compared. Raises BadModel."""
    if not folder.is_dir():
        raise BadModel(folder, [Words(zh="没有这个目录", en="there is no such folder")])
    faults: list[Words] = []
    told = _description(folder, faults)
    sums = _checksums(folder, faults)
    kind = str(told.get("kind"))
    named = {} if faults else _named(kind, told.get("files"), faults)
    faults += [fault for name in named.values() for fault in _file_faults(folder, name, sums)]
    if faults:
        raise BadModel(folder, faults)
    digest = hashlib.sha256((folder / CHECKSUMS).read_bytes()).hexdigest()
    name = str(told.get("name") or folder.resolve().name)
    return Model(name, kind, {role: folder / file for role, file in named.items()}, digest)


def _description(folder: Path, faults: list[Words]) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except FileNotFoundError:
        example = 'kind = "sense_voice", [files] model = "…", tokens = "…"'
        faults.append(
            Words(
                zh=f"缺 {DESCRIPTION}，写上 {example}",
                en=f"{DESCRIPTION} is missing: write {example}",
            )
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(
            Words(zh=f"{DESCRIPTION} 读不了：{error}", en=f"{DESCRIPTION} cannot be read: {error}")
        )
    return {}


def _checksums(folder: Path, faults: list[Words]) -> dict[str, str]:
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        make = f"sha256sum *.onnx tokens.txt > {CHECKSUMS}"
        faults.append(
            Words(
                zh=f"缺 {CHECKSUMS}；核对来源后运行 {make}",
                en=f"{CHECKSUMS} is missing: once you trust the files run {make}",
            )
        )
        return {}
    matched = (_LINE.fullmatch(line.strip()) for line in lines)
    return {each[2].strip(): each[1].lower() for each in matched if each}


def _named(kind: str, files: Any, faults: list[Words]) -> dict[str, str]:
    """The files of the model by what they are for."""
    if kind not in KINDS:
        known = ", ".join(KINDS)
        faults.append(
            Words(
                zh=f"{DESCRIPTION}: kind 是 {kind}，要写以下之一：{known}",
                en=f"{DESCRIPTION}: kind is {kind}, write one of: {known}",
            )
        )
        return {}
    named = {role: files.get(role) if isinstance(files, Mapping) else None for role in KINDS[kind]}
    faults += [
        Words(
            zh=f"{DESCRIPTION}: files.{role} 要写本目录里的一个文件名",
            en=f"{DESCRIPTION}: files.{role} must name a file of this folder",
        )
        for role, name in named.items()
        if not isinstance(name, str) or name != Path(name).name or name in ("", "..")
    ]
    return {role: str(name) for role, name in named.items()} if not faults else {}


def _file_faults(folder: Path, name: str, sums: Mapping[str, str]) -> Iterator[Words]:
    if not (folder / name).is_file():
        yield Words(zh=f"缺文件 {name}", en=f"the file {name} is missing")
    elif name not in sums:
        yield Words(zh=f"{CHECKSUMS} 里没有 {name}", en=f"{name} is not in {CHECKSUMS}")
    elif _digest(folder / name) != sums[name]:
        yield Words(
            zh=f"{name} 与 {CHECKSUMS} 里的校验值不符，文件损坏或被换过，没有加载",
            en=f"{name} is not what {CHECKSUMS} says: damaged or replaced, not loaded",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
