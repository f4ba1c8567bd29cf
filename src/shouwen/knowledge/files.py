"""Articles as data: `knowledge/` in the standard pack, TOML for what is read and stepped through, one table of terms."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from shouwen.core import guiding
from shouwen.core.clause import Words
from shouwen.core.guiding import Step
from shouwen.knowledge.models import Article
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.reading import read_toml, suggestion, typed

FOLDER, TERMS = "knowledge", "terms.tsv"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_USES = {"plain": "customer", "explain": "customer", "inside": "staff"}
_GUIDE_FAULTS = {
    "empty": Words(zh="没有步骤", en="no steps"),
    "unnamed": Words(zh="有分支的步骤要有 id", en="a step of a guide needs an id"),
    "twice": Words(zh="id 用了两次", en="the id is used twice"),
    "nowhere": Words(zh="指向没有的步骤", en="leads to a step that is not there"),
    "loop": Words(zh="绕回自己", en="comes back to itself"),
    "unreached": Words(zh="走不到这一步", en="is never reached"),
    "no_end": Words(zh="没有结尾", en="never ends"),
}
_MEND = Words(
    zh=f"yes、no 写步骤的 id 或 {'、'.join(guiding.OUTCOMES)}",
    en=f"yes and no name a step or one of {', '.join(guiding.OUTCOMES)}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One article as its file has it."""

    slug: str
    title: str
    kind: str
    audience: str
    source: str
    certainty: str
    step: tuple[Step, ...]
    keywords: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    local: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the content: the same article twice is one."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything it says."""
        return (*(step.text for step in self.step), *self.stop)


@dataclass(frozen=True, slots=True)
class _File:
    article: tuple[Written, ...]


_ADAPTER: TypeAdapter[_File | None] = TypeAdapter(
    _File | None, config=ConfigDict(extra="forbid", hide_input_in_errors=True)
)


def read_articles(folder: Path) -> tuple[Written, ...]:
    """Every article in the folder. Raises PackFaults with every fault of every file."""
    faults: list[Fault] = []
    found: dict[str, Written] = {}
    for path in sorted(folder.glob("*.toml")):
        for written in _articles_in(path, faults):
            faults += _faults_of(written, path.name, is_twice=written.slug in found)
            found[written.slug] = written
    for written in _terms(folder / TERMS, faults):
        found[written.slug] = written
    if faults:
        raise PackFaults(faults)
    return tuple(found.values())


def _articles_in(path: Path, faults: list[Fault]) -> tuple[Written, ...]:
    table = read_toml(path, file=path.name, faults=faults)
    if table is None:
        return ()
    value, wrong = typed(_ADAPTER, table, file=path.name, of=_File)
    faults += wrong
    return value.article if value else ()


def _faults_of(written: Written, file: str, *, is_twice: bool) -> Iterator[Fault]:
    place = f"article.{written.slug}"
    if is_twice or not _SLUG.fullmatch(written.slug):
        problem = Words(zh="slug 重复，或写法不对", en="the slug is used twice or misspelt")
        yield Fault(file, place, problem, Words(zh="写成 a-b-1", en="write it as a-b-1"))
    for name, known in (
        ("kind", Article.Kind.values),
        ("audience", Article.Audience.values),
        ("certainty", Article.Certainty.values),
    ):
        said = getattr(written, name)
        if said not in known:
            problem = Words(zh=f"不认识 {said}", en=f"{said} is unknown")
            yield Fault(file, f"{place}.{name}", problem, suggestion(said, known))
    for step in written.step:
        if sum(map(bool, (step.head, step.say, step.do, step.ask))) != 1:
            problem = Words(zh="一步只写一句话", en="a step has one text")
            remedy = Words(zh="head、say、do、ask 留一个", en="keep one of head, say, do, ask")
            yield Fault(file, f"{place}.step.{step.id or step.text[:8]}", problem, remedy)
    yield from _guide_faults(written, file, place)


def _guide_faults(written: Written, file: str, place: str) -> Iterator[Fault]:
    is_guide = guiding.is_guide(written.step)
    if written.kind == Article.Kind.SELFHELP and not is_guide:
        problem = Words(zh="自助排除要一步一步走", en="self-help is stepped through")
        yield Fault(file, place, problem, _MEND)
    if is_guide or not written.step:
        for fault in guiding.faults(written.step):
            code, _blank, step = fault.partition(" ")
            yield Fault(file, f"{place}.step.{step}", _GUIDE_FAULTS[code], _MEND)


def _terms(path: Path, faults: list[Fault]) -> Iterator[Written]:
    """Each line a term: what we say to each other, what we say to customers, one line about it."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            use = _USES.get(row.get("use") or "")
            if use is None or not row["slug"] or not row["term"]:
                problem = Words(zh="这一行读不懂", en="this line is not understood")
                remedy = Words(
                    zh=f"use 写 {'、'.join(_USES)}", en=f"use is one of {', '.join(_USES)}"
                )
                faults.append(Fault(path.name, f"{number}", problem, remedy))
                continue
            yield _term(row, use)


def _term(row: dict[str, str], audience: str) -> Written:
    said = [Step(say=row["plain"])] if row["plain"] else []
    said += [Step(say=row["line"])] if row["line"] else []
    return Written(
        slug=row["slug"],
        title=row["term"],
        kind="term",
        audience=audience,
        source="行业用语，换成客户听得懂的话",
        certainty="K",
        step=tuple(said) or (Step(say=row["term"]),),
        keywords=(row["plain"],) if row["plain"] else (),
    )
