"""The questions of `shouwen init`, asked only of a person at a terminal."""

from collections.abc import Mapping

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from shouwen.access.roles import Role
from shouwen.core.clause import Words
from shouwen.installation.wishes import Wishes, administrator
from shouwen.people.models import Department, Staff
from shouwen.people.staff_sheet import StaffRow, roles_in


class Stopped(Exception):
    """The person said that this is not the organisation to install."""


def ask(wishes: Wishes, *, organisation: str, departments: Mapping[str, Words]) -> Wishes:
    """Confirms the organisation, then asks for departments, the first administrator and other people.

    Raises Stopped.
    """
    if not typer.confirm(
        f"为“{organisation}”安装？ / install for this organisation?", default=True
    ):
        raise Stopped
    wishes = _ask_departments(wishes, departments=departments)
    if not _administrator_is_there(wishes):
        number = typer.prompt(
            "第一位系统管理员的工号 / staff number of the first system administrator"
        )
        name = typer.prompt("姓名 / name")
        wishes = wishes.and_person(administrator(staff_no=number.strip(), name=name.strip()))
    return _ask_people(wishes, departments={**departments, **wishes.departments})


def ask_password(staff_no: str) -> str:
    """A password typed twice and good enough; empty when a link is wanted instead."""
    staff = Staff.objects.get(staff_no=staff_no)
    if typer.confirm(
        f"{staff_no}：打印一次性链接来设密码？（否则现在输入） / print a link to set the password? (else type it now)",
        default=True,
    ):
        return ""
    while True:
        password: str = typer.prompt(
            "密码，至少 12 个字符 / password, 12 characters at least",
            hide_input=True,
            confirmation_prompt="再输一遍 / again",
        )
        try:
            validate_password(password, staff)
        except ValidationError as error:
            typer.echo("; ".join(error.messages), err=True)
            continue
        return password


def _administrator_is_there(wishes: Wishes) -> bool:
    if any(Role.SYSTEM_ADMIN in row.roles for row in wishes.staff):
        return True
    return Staff.objects.filter(is_active=True, roles__role=Role.SYSTEM_ADMIN).exists()


def _ask_departments(wishes: Wishes, *, departments: Mapping[str, Words]) -> Wishes:
    there = {row.code: row.name_zh for row in Department.objects.all()}
    listed = {code: there.get(code, words.zh) for code, words in departments.items()} | there
    typer.echo(
        "部门 / departments: " + "、".join(f"{name}({code})" for code, name in listed.items())
    )
    named = dict(wishes.departments)
    while True:
        answer = typer.prompt(
            "新增或改名：代码=中文名=English，回车跳过 / add or rename: code=中文名=English, Enter to go on",
            default="",
            show_default=False,
        ).strip()
        if not answer:
            break
        parts = [part.strip() for part in answer.split("=")]
        if (
            len(parts) != 3
            or not all(parts)
            or not parts[0].replace("-", "").replace("_", "").isalnum()
        ):
            typer.echo(
                "写成 billing=收费部=Billing / write it like billing=收费部=Billing", err=True
            )
            continue
        named[parts[0]] = Words(zh=parts[1], en=parts[2])
    return Wishes(departments=named, lines=wishes.lines, staff=wishes.staff, sheet=wishes.sheet)


def _ask_people(wishes: Wishes, *, departments: Mapping[str, Words]) -> Wishes:
    while True:
        number = typer.prompt(
            "再登记一人：工号，回车结束（多人请用 --staff 表格.xlsx） / another person: staff number, Enter to end "
            "(for many use --staff FILE.xlsx)",
            default="",
            show_default=False,
        ).strip()
        if not number:
            return wishes
        name = typer.prompt("姓名 / name").strip()
        department = typer.prompt(
            "部门代码，可空 / code of the department, may be empty", default="", show_default=False
        ).strip()
        roles, unknown = roles_in(typer.prompt("角色，逗号隔开 / roles, separated by commas"))
        if unknown or (department and department not in departments) or not roles:
            known = ", ".join(role.value for role in Role)
            typer.echo(
                f"没有登记：角色只有 {known}；部门只有 {', '.join(departments)} / not taken: see the roles and departments named here",
                err=True,
            )
            continue
        row = StaffRow(
            staff_no=number, name=name, gender="", department=department, station="", roles=roles
        )
        wishes = wishes.and_person(row)
