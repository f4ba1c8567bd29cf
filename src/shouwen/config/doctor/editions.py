"""Published editions: are they on disk as they were published, and does everybody read the same list?"""

from collections.abc import Iterator

from shouwen.clocks.queries import editions_folder
from shouwen.config.doctor.findings import Finding, Site, ok, warning, wrong
from shouwen.core.clause import Words
from shouwen.editions.models import Edition, Passing
from shouwen.editions.operations import published
from shouwen.editions.queries import edition_path
from shouwen.standard.edition_files import LIST, published_editions, tampering
from shouwen.standard.faults import Fault, PackFaults

_LONGEST_MINUTES = 30


def editions(site: Site) -> Iterator[Finding]:
    """Whether each published edition is what it was, and the list in the data folder that of the database."""
    rows = list(Edition.objects.filter(state=Edition.State.PUBLISHED).order_by("number"))
    if not rows and not (editions_folder() / LIST).exists():
        yield ok(
            "editions",
            "还没有登记版本，用的是 SHOUWEN_STANDARD 的标准包",
            "no edition yet: the pack in SHOUWEN_STANDARD is in force",
        )
        return
    problems = [*_of_list(), *(each for row in rows for each in _of_files(row)), *_of_moves(site)]
    yield from problems
    if not problems:
        number = rows[-1].number if rows else 0
        yield ok(
            "editions",
            f"第 {number} 版现行，{len(rows)} 个版本的文件都没有动过",
            f"edition {number} is in force; the files of {len(rows)} editions are as published",
        )


def _of_list() -> Iterator[Finding]:
    try:
        told = published_editions(editions_folder())
    except PackFaults as error:
        yield from (_fault(fault) for fault in error.faults)
        return
    if list(told) != published():
        yield wrong(
            "editions",
            Words(
                zh="数据目录里的版本清单与数据库不一致",
                en="the list of editions in the data folder is not that of the database",
            ),
            Words(
                zh="运行 shouwen standard draft list --mend",
                en="run `shouwen standard draft list --mend`",
            ),
        )


def _of_files(row: Edition) -> Iterator[Finding]:
    for fault in tampering(edition_path(row), seal=row.seal):
        yield _fault(fault)


def _of_moves(site: Site) -> Iterator[Finding]:
    """A pass that began long ago and has not ended: one of its jobs was given up."""
    for passing in Passing.objects.filter(purpose=Passing.Purpose.MOVE, ended_at=None):
        minutes = (site.now - passing.began_at).total_seconds() / 60
        if passing.handed_out and minutes > _LONGEST_MINUTES:
            told = f"{passing.done}/{passing.handed_out}"
            yield warning(
                "editions",
                Words(
                    zh=f"按新版重判还没有做完：{told}",
                    en=f"clocks are still being moved to a new edition: {told}",
                ),
                Words(
                    zh="看“任务”页有没有失败的任务",
                    en="look for failed jobs on the page Jobs",
                ),
            )


def _fault(fault: Fault) -> Finding:
    return wrong(
        "editions",
        Words(zh=f"{fault.file}：{fault.problem.zh}", en=f"{fault.file}: {fault.problem.en}"),
        fault.remedy,
    )
