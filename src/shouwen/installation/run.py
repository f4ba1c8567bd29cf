"""`shouwen init` from beginning to end."""

import sys
from dataclasses import dataclass
from pathlib import Path

import typer
from django.conf import settings

from shouwen.adapters import system_clock
from shouwen.clocks.queries import active_pack, active_pack_path
from shouwen.config.upgrade import is_up_to_date, upgrade
from shouwen.core.clause import Words
from shouwen.editions.operations import ensure_first
from shouwen.installation import asking, telling
from shouwen.installation.installing import (
    NoAdministrator,
    install,
    links_for,
    set_first_password,
    without_password,
)
from shouwen.installation.wishes import Wishes, administrator, read_wishes
from shouwen.knowledge.operations import load_pack_articles
from shouwen.people.models import Department
from shouwen.people.operations import LastAdministrator, RolesNotSeparated
from shouwen.people.sheets import SheetFaults, template
from shouwen.people.staff_sheet import COLUMNS, EXAMPLES, read_staff
from shouwen.standard.faults import PackFaults
from shouwen.standard.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says. `base_url` is how people reach the pages, for the links."""

    wishes: Path | None = None
    staff: Path | None = None
    admin_no: str = ""
    admin_name: str = ""
    links_out: Path | None = None
    new_links: bool = False
    base_url: str = "http://127.0.0.1:8000"
    is_quiet: bool = False


def write_template(path: Path) -> None:
    """The spreadsheet of staff to fill in."""
    path.write_bytes(template(COLUMNS, examples=EXAMPLES))
    typer.echo(
        f"模板已写好，填完用 --staff {path} 导入 / the template is there: fill it in, then --staff {path}"
    )


def run(options: Options) -> int:
    """Installs, or shows what is there and changes what is asked. Exit code: 0 done, 1 refused, 2 the pack is faulty."""
    try:
        pack = active_pack()
    except PackFaults as error:
        telling.tell_faults(error.faults)
        typer.echo(
            "标准包有误，什么也没有装 / the standard pack is faulty: nothing was installed",
            err=True,
        )
        return 2
    Path(settings.SHOUWEN_HOME).chmod(0o700)
    if not is_up_to_date():
        typer.echo("正在建库 / preparing the database …")
        upgrade(verbosity=0)
    telling.tell_standard(pack, path=active_pack_path(), now=system_clock.now())
    telling.tell_present()
    try:
        return _installed(options, pack)
    except PackFaults as error:
        telling.tell_faults(error.faults)
    except SheetFaults as error:
        telling.tell_sheet_faults(error.faults)
    except asking.Stopped:
        typer.echo(
            "用 SHOUWEN_STANDARD 指定别的标准包再来 / name another pack with SHOUWEN_STANDARD and come again",
            err=True,
        )
    except NoAdministrator:
        typer.echo(
            "还没有系统管理员：加上 --admin-no 和 --admin-name / there is no system administrator: add --admin-no and --admin-name",
            err=True,
        )
    except (RolesNotSeparated, LastAdministrator) as error:
        typer.echo(f"{_refusal(error)}: {error}", err=True)
    return 1


def _installed(options: Options, pack: Pack) -> int:
    known = {**pack.departments, **_present_departments()}
    asks = sys.stdin.isatty() and not (options.wishes or options.is_quiet or options.staff)
    wishes = _wishes(options, known)
    if asks:
        wishes = asking.ask(wishes, organisation=pack.organisation.name, departments=known)
    done = install(wishes=wishes, departments=pack.departments, now=system_clock.now())
    ensure_first(now=system_clock.now())
    telling.tell_changes(done.changes)
    _load_articles()
    numbers = without_password() if options.new_links else list(done.hired)
    if asks:
        numbers = [number for number in numbers if not _typed_now(number, wishes)]
    links = links_for(numbers=numbers, base_url=options.base_url, now=system_clock.now())
    telling.tell_links(links, out=options.links_out)
    typer.echo(
        "接着运行 shouwen doctor 检查，shouwen up 启动 / next: `shouwen doctor` to check, `shouwen up` to start"
    )
    return 0


def _load_articles() -> None:
    """The knowledge base of the standard; run again it changes only what is new in the files."""
    loaded = load_pack_articles(now=system_clock.now())
    if loaded.new or loaded.changed or loaded.withdrawn:
        typer.echo(
            f"知识库：新增 {loaded.new}，更新 {loaded.changed}，撤下 {loaded.withdrawn} / knowledge base: "
            f"{loaded.new} new, {loaded.changed} changed, {loaded.withdrawn} withdrawn"
        )


def _typed_now(number: str, wishes: Wishes) -> bool:
    """The first administrator may type a password instead of taking a link."""
    person = next((row for row in wishes.staff if row.staff_no == number), None)
    if person is None or person.roles != administrator(staff_no="", name="").roles:
        return False
    password = asking.ask_password(number)
    if password:
        set_first_password(staff_no=number, password=password, now=system_clock.now())
    return bool(password)


def _wishes(options: Options, departments: dict[str, Words]) -> Wishes:
    wishes = Wishes()
    if options.wishes:
        wishes = read_wishes(options.wishes, departments=departments)
    known = {**departments, **wishes.departments}
    for sheet in (wishes.sheet, options.staff):
        if sheet:
            wishes = wishes.and_staff(tuple(read_staff(sheet.read_bytes(), departments=known)))
    if options.admin_no:
        row = administrator(staff_no=options.admin_no, name=options.admin_name or options.admin_no)
        wishes = wishes.and_person(row)
    return wishes


def _present_departments() -> dict[str, Words]:
    rows = Department.objects.all()
    return {row.code: Words(zh=row.name_zh, en=row.name_en) for row in rows}


def _refusal(error: Exception) -> str:
    if isinstance(error, LastAdministrator):
        return "最后一位系统管理员不能去掉 / the last system administrator cannot be taken away"
    return (
        "系统管理员、安全管理员、审计员不能是同一人 / system administrator, security officer and auditor "
        "must be different people"
    )
