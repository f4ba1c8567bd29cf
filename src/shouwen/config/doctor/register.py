"""The standard, the calendar, and whether anybody holds the roles that are needed."""

from collections.abc import Iterator
from datetime import timedelta

from shouwen.access.roles import TITLES, Role
from shouwen.clocks.queries import active_pack, active_pack_path, calendar_folder
from shouwen.config.doctor.findings import Finding, Site, ok, warning, wrong
from shouwen.core.clause import Words
from shouwen.people.models import Staff
from shouwen.people.queries import holders_by_role
from shouwen.standard.calendar_years import kept_years
from shouwen.standard.faults import PackFaults

SOON = timedelta(days=60)
# Without the first nobody can mend anything; without the others part of the work has nobody.
ESSENTIAL = (Role.SYSTEM_ADMIN,)
NEEDED = (
    Role.AGENT, Role.DISPATCHER, Role.TECHNICIAN, Role.HANDLER, Role.STATION_MANAGER, Role.EDITOR,
    Role.APPROVER, Role.SECURITY, Role.AUDITOR,
)  # fmt: skip


def pack(site: Site) -> Iterator[Finding]:
    """Whether the standard can be read."""
    try:
        found = active_pack()
    except PackFaults as error:
        for fault in error.faults:
            place = f"{fault.file}: {fault.path}"
            yield wrong(
                "pack",
                Words(zh=f"{place}：{fault.problem.zh}", en=f"{place}: {fault.problem.en}"),
                fault.remedy,
            )
        return
    path = active_pack_path()
    yield ok("pack", f"标准包可用：{path}", f"the standard pack is good: {path}")
    yield ok(
        "pack",
        f"{found.organisation.name} {found.edition}",
        f"{found.organisation.name} {found.edition}",
    )


def calendar(site: Site) -> Iterator[Finding]:
    """Whether this year and the year in 60 days are published, and added years can be read."""
    try:
        found = active_pack()
    except PackFaults:
        return  # told by `pack`
    _, faults = kept_years(calendar_folder(), name=found.organisation.calendar)
    for each in (fault for error in faults for fault in error.faults):
        place = f"{each.file}: {each.path}"
        yield wrong(
            "calendar",
            Words(zh=f"{place}：{each.problem.zh}", en=f"{place}: {each.problem.en}"),
            Words(zh="在“日历”页重新上传这一年", en="upload the year anew on the page Calendar"),
        )
    today = found.calendar.day_of(site.now)
    needed = {today.year: wrong, (today + SOON).year: warning}
    if today.year == (today + SOON).year:
        needed = {today.year: wrong}
    for year, told in needed.items():
        if found.calendar.is_published(year):
            yield ok("calendar", f"{year} 年日历已装", f"the calendar of {year} is there")
            continue
        yield told(
            "calendar",
            Words(
                zh=f"缺 {year} 年日历，跨到那年的工作日期限不能承诺",
                en=f"the calendar of {year} is missing: no promise in working days can be given",
            ),
            Words(
                zh="通知发布后由标准编辑在“日历”页上传",
                en="an editor uploads it on the page Calendar once the notice is out",
            ),
        )


def roles(site: Site) -> Iterator[Finding]:
    """Whether each duty has somebody at work, and the administrator can sign in."""
    holders = holders_by_role()
    for role in (*ESSENTIAL, *NEEDED):
        if holders[role]:
            continue
        title = TITLES[role]
        told = wrong if role in ESSENTIAL else warning
        yield told(
            "roles",
            Words(zh=f"没有人担任{title.zh}", en=f"nobody is {title.en.lower()}"),
            Words(
                zh="运行 shouwen init，或在“人员”页指定",
                en="run `shouwen init`, or name somebody on the page People",
            ),
        )
    administrators = Staff.objects.filter(is_active=True, roles__role=Role.SYSTEM_ADMIN)
    if holders[Role.SYSTEM_ADMIN] and not any(
        person.has_usable_password() for person in administrators
    ):
        yield wrong(
            "roles",
            Words(
                zh="没有一位系统管理员设过密码", en="no system administrator has set a password"
            ),
            Words(
                zh="运行 shouwen init --new-links 取新链接",
                en="run `shouwen init --new-links` for a fresh link",
            ),
        )
    if all(holders[role] for role in (*ESSENTIAL, *NEEDED)):
        yield ok("roles", "需要的角色都有人", "every role that is needed has somebody")
