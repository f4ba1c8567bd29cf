"""`shouwen standard draft …`: what is there, and putting a pack into a draft."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID

import typer

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.editions import operations
from shouwen.editions.models import Edition
from shouwen.editions.queries import edition_path, editions_listed, open_drafts
from shouwen.editions.refusals import ChangedMeanwhile, NotOpen
from shouwen.people.models import Staff
from shouwen.people.operations import Act
from shouwen.standard.archives import from_folder, from_zip
from shouwen.standard.faults import Fault, PackFaults

draft = typer.Typer(no_args_is_help=True, help="标准的草案与版本 / drafts and editions")


@draft.command("list")
def listed(
    *,
    mend: Annotated[
        bool,
        typer.Option(
            "--mend",
            help="按数据库重写版本清单 / write the list of editions anew from the database",
        ),
    ] = False,
) -> None:
    """版本与草案 / published editions and drafts, each with its folder."""
    if mend:
        operations.install()
        typer.echo("版本清单已重写 / the list of editions was written anew")
    for row in (*open_drafts(), *editions_listed()):
        number = f"第 {row.number} 版 / edition {row.number}" if row.number else f"{row.pk}"
        typer.echo(f"{number} · {row.get_state_display()} {row.state} · {row.name}")
        typer.echo(f"    {edition_path(row)}")


@draft.command("import")
def import_pack(
    pack: Annotated[Path, typer.Argument(help="文件夹或 zip / a folder or a zip", exists=True)],
    *,
    by: Annotated[str, typer.Option(help="标准编辑的工号 / staff number of an editor")],
    into: Annotated[
        str, typer.Option("--draft", help="放进哪份草案 / the draft to change; default: a new one")
    ] = "",
    name: Annotated[str, typer.Option(help="新草案的名称 / what a new draft is called")] = "",
) -> None:
    """把一套 TOML 放进草案 / put a pack into a draft and check it.

    Exit code 0: no faults; 1: saved, with faults to mend; 2: refused, nothing was saved.
    """
    editor = _editor(by)
    try:
        texts = from_folder(pack) if pack.is_dir() else from_zip(pack.read_bytes())
        row = _draft(into, name=name or pack.stem, editor=editor)
        row = operations.import_files(
            edition_id=row.pk,
            revision=row.revision,
            texts=texts,
            by=editor,
            act=_act(editor),
            now=system_clock.now(),
        )
    except PackFaults as error:
        _refuse("\n".join(_lines(error.faults)))
    except NotOpen:
        _refuse("这份草案已送审或已决定 / this draft was submitted or decided")
    except ChangedMeanwhile:
        _refuse("别人刚保存过，请再来一次 / somebody saved it just now: come again")
    faults = [operations.as_fault(fault) for fault in row.faults]
    for line in _lines(faults):
        typer.echo(line, err=True)
    typer.echo(f"{row.pk} · {row.name} · {len(faults)} 处问题 / faults")
    typer.echo(f"    {edition_path(row)}")
    raise typer.Exit(1 if faults else 0)


def _draft(into: str, *, name: str, editor: Staff) -> Edition:
    if not into:
        now = system_clock.now()
        return operations.start_draft(name=name[:60], by=editor, act=_act(editor), now=now)
    try:
        return Edition.objects.get(pk=UUID(into))
    except (ValueError, Edition.DoesNotExist):
        _refuse(f"没有这份草案 / no such draft: {into}")


def _editor(staff_no: str) -> Staff:
    person = Staff.objects.filter(staff_no=staff_no, is_active=True).first()
    if person is None or not can(person, Action.DRAFT_EDITION):
        _refuse(f"{staff_no} 不是标准编辑 / is not an editor of the standard")
    return person


def _act(person: Staff) -> Act:
    return Act(id=ids.uuid7(system_clock.now()), by=person.staff_no, workstation="command line")


def _lines(faults: list[Fault] | tuple[Fault, ...]) -> Iterator[str]:
    for fault in faults:
        place = ": ".join(part for part in (fault.file, fault.path) if part)
        zh, en = fault.problem, fault.remedy
        yield f"{place}\n  {zh.zh}；{en.zh}\n  {zh.en}; {en.en}"


def _refuse(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)
