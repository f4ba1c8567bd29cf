"""`shouwen demo`: a city with staff in every role, all processes, and recorded calls played in."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from shouwen.access.roles import TITLES, Role
from shouwen.adapters import system_clock
from shouwen.clocks.queries import active_pack
from shouwen.config.supervisor import Child, installation, shouwen, supervise
from shouwen.custody import policy
from shouwen.customers.models import Phone, Premises
from shouwen.demo.callers import read_sample_calls, sample_callers, spoken_numbers
from shouwen.demo.city import plan_city
from shouwen.demo.field import seed_field, seed_places
from shouwen.demo.seed import rows_of, seed_city, seed_staff
from shouwen.demo.shifts import seed_shifts
from shouwen.demo.staff import plan_staff
from shouwen.demo.written import seed_hall, seed_letters
from shouwen.knowledge.operations import load_pack_articles
from shouwen.people.models import Staff

SIGN_INS = "demo-sign-ins.json"
# Whoever looks around changes roles often: here a password alone opens each, and no screen locks.
_OPEN_DOORS = """\
second_factor = []
one_desk = []

[idle_minutes]
"""


def run(*, homes: int, businesses: int, port: int) -> None:
    """Prepares what is missing, tells where to look, and runs until Ctrl-C.

    A second run continues where the first one stopped: the city, the staff, the passwords and
    everything that was done stay.
    """
    console = Console()
    console.print("[bold]首问 Shouwen[/] 演示 / demo")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    prepare(homes=homes, businesses=businesses, console=console)
    _open_doors(settings.SHOUWEN_HOME / policy.FILE)
    signs = sign_ins(settings.SHOUWEN_HOME / SIGN_INS)
    _tell(console, signs, port=port)
    children = [
        *installation(
            host="127.0.0.1", port=port, has_telephony=settings.SHOUWEN_TELEPHONY != "none"
        ),
        Child("calls", shouwen("demo-calls"), once=True),
        *_colleagues(),
    ]
    supervise(children, say=console.print)


def _colleagues() -> list[Child]:
    """Those who sit at the telephones of the built-in exchange."""
    is_simulated = settings.SHOUWEN_TELEPHONY == "simulator"
    return [Child("agents", shouwen("demo-agents"))] if is_simulated else []


def prepare(*, homes: int, businesses: int, console: Console) -> None:
    """Writes staff and city; rows that are there stay. A city is not made smaller."""
    seed_staff(plan=plan_staff(), pack=active_pack())
    load_pack_articles(now=system_clock.now())
    seed_field(now=system_clock.now(), zone=active_pack().calendar.zone)
    seed_shifts(now=system_clock.now(), zone=active_pack().calendar.zone)
    seed_hall(now=system_clock.now())
    seed_letters(now=system_clock.now())
    calls = read_sample_calls()
    plan = plan_city(
        homes=homes,
        businesses=businesses,
        callers=sample_callers(calls),
        taken_phones=spoken_numbers(calls),
    )
    is_there = Premises.objects.count() >= len(plan.premises)
    seed_places()
    if is_there and Phone.objects.count() >= sum(len(row.phones) for row in plan.customers):
        return
    columns = (TextColumn("城市 / city"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("city", total=rows_of(plan))
        seed_city(plan=plan, on_rows=lambda rows: bar.advance(task, rows))
    seed_places()


def sign_ins(file: Path) -> Mapping[str, tuple[str, str]]:
    """Staff number and password for one person of each role.

    Passwords are random, made on the first run and kept in `file`, which only its owner can
    read. They exist in demo mode only: an installation never stores one.
    """
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    found: dict[str, tuple[str, str]] = {}
    for role in Role:
        staff = Staff.objects.filter(roles__role=role, is_active=True).order_by("staff_no").first()
        if staff is None:
            continue
        if not staff.has_usable_password() or staff.staff_no not in kept:
            kept[staff.staff_no] = secrets.token_urlsafe(9)
            staff.set_password(kept[staff.staff_no])
            staff.save(update_fields=["password"])
        found[role] = (staff.staff_no, kept[staff.staff_no])
    _keep(file, kept)
    return found


def _open_doors(file: Path) -> None:
    """The demo's own security policy; one that is there stays."""
    if not file.exists():
        file.write_text(_OPEN_DOORS, encoding="utf-8")


def _keep(file: Path, passwords: Mapping[str, str]) -> None:
    fresh = file.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(passwords, out)
    fresh.replace(file)


def _tell(console: Console, signs: Mapping[str, tuple[str, str]], *, port: int) -> None:
    table = Table("角色 / role", "工号 / staff no.", "密码 / password")
    for role, (number, password) in signs.items():
        words = TITLES[Role(role)]
        table.add_row(f"{words.zh} {words.en}", number, password)
    console.print(table)
    console.print(f"地址 / open  [bold]http://127.0.0.1:{port}/[/]    组件 / components  /ui/")
    console.print("Ctrl-C 结束 / ends everything")
