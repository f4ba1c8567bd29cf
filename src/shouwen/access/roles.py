"""The roles a member of staff can hold, and what each may see of the cases."""

from enum import StrEnum

from shouwen.core.clause import Words


class Role(StrEnum):
    """A duty in the customer-service centre. A person may hold several."""

    AGENT = "agent"
    CLERK = "clerk"
    DISPATCHER = "dispatcher"
    TECHNICIAN = "technician"
    INSPECTOR = "inspector"
    HANDLER = "handler"
    QA = "qa"
    TRAINER = "trainer"
    STATION_MANAGER = "station_manager"
    COMPANY_MANAGER = "company_manager"
    EDITOR = "editor"
    APPROVER = "approver"
    SYSTEM_ADMIN = "system_admin"
    SECURITY = "security"
    AUDITOR = "auditor"


TITLES: dict[Role, Words] = {
    Role.AGENT: Words(zh="热线坐席", en="Hotline agent"),
    Role.CLERK: Words(zh="营业厅柜员", en="Hall clerk"),
    Role.DISPATCHER: Words(zh="调度员", en="Dispatcher"),
    Role.TECHNICIAN: Words(zh="维修技师", en="Repair technician"),
    Role.INSPECTOR: Words(zh="安检员", en="Inspector"),
    Role.HANDLER: Words(zh="部门经办", en="Department handler"),
    Role.QA: Words(zh="质检主管", en="QA supervisor"),
    Role.TRAINER: Words(zh="培训师", en="Trainer"),
    Role.STATION_MANAGER: Words(zh="站长", en="Station manager"),
    Role.COMPANY_MANAGER: Words(zh="公司经理", en="Company manager"),
    Role.EDITOR: Words(zh="标准编辑", en="Standard editor"),
    Role.APPROVER: Words(zh="标准审批", en="Standard approver"),
    Role.SYSTEM_ADMIN: Words(zh="系统管理员", en="System administrator"),
    Role.SECURITY: Words(zh="安全管理员", en="Security officer"),
    Role.AUDITOR: Words(zh="审计员", en="Auditor"),
}

# The whole company's cases: people who steer or check the work of all.
SEES_ALL_CASES = frozenset(
    {Role.DISPATCHER, Role.QA, Role.STATION_MANAGER, Role.COMPANY_MANAGER, Role.AUDITOR}
)
# Their own department's cases besides those they own or are offered.
SEES_DEPARTMENT_CASES = frozenset({Role.AGENT, Role.CLERK, Role.HANDLER})
# Cases only as owner, first-asked person or next owner.
SEES_OWN_CASES = frozenset({Role.TECHNICIAN, Role.INSPECTOR})
SEES_CASES = SEES_ALL_CASES | SEES_DEPARTMENT_CASES | SEES_OWN_CASES
# Hazards at customers': besides those who steer or check, whoever answers the customers.
SEES_ALL_HAZARDS = SEES_ALL_CASES | {Role.AGENT, Role.CLERK}
# How well the standard is kept: everybody sees their own figures, those who lead a team see its
# people's, those who manage or check the company's work see all.
SEES_ALL_FIGURES = frozenset({Role.QA, Role.STATION_MANAGER, Role.COMPANY_MANAGER, Role.AUDITOR})
SEES_TEAM_FIGURES = frozenset({Role.DISPATCHER})
# They change the standard and teach it: they see how it is kept, and nobody's name or case.
SHAPES_STANDARD = frozenset({Role.EDITOR, Role.APPROVER, Role.TRAINER})
# People who check others' work read it and never change it.
READS_ONLY = frozenset({Role.AUDITOR, Role.QA})
# What went out to people, recipients masked: those who steer the work, and the auditor.
READS_MESSAGES = frozenset(
    {Role.DISPATCHER, Role.STATION_MANAGER, Role.COMPANY_MANAGER, Role.AUDITOR}
)
# Background jobs that failed for good.
MENDS_JOBS = frozenset({Role.SYSTEM_ADMIN, Role.STATION_MANAGER, Role.COMPANY_MANAGER})
# The three who watch each other: nobody holds two of these.
SEPARATED = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY, Role.AUDITOR})
# Those who set machines and accounts up, and see no customer.
REGISTERS_DESKS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY})

# Who meets customers and looks them up; checkers and managers have figures instead.
SERVES_CUSTOMERS = frozenset({Role.AGENT, Role.CLERK, Role.DISPATCHER})
# One part of a name or address is enough for them: an alarm seldom tells two.
SEARCHES_WIDELY = frozenset({Role.DISPATCHER})
CORRECTS_CUSTOMERS = frozenset({Role.AGENT, Role.CLERK})
# Addresses, meters, merges and the special-care register are kept at the hall.
KEEPS_REGISTERS = frozenset({Role.CLERK})
# Voices of customers: those who check the work by listening, and those who lead it. Taking a file away
# is for fewer still.
HEARS_ALL_CALLS = frozenset({Role.QA, Role.DISPATCHER, Role.STATION_MANAGER})
KEEPS_RECORDINGS = frozenset({Role.QA, Role.STATION_MANAGER})
