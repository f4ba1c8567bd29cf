from shouwen.access.roles import Role
from shouwen.demo.callers import read_sample_calls
from shouwen.demo.staff import DEPARTMENTS, plan_staff
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack


def test_every_role_is_held_by_somebody():
    held = {role for person in plan_staff() for role in person.roles}

    assert held == set(Role)


def test_every_department_of_the_standard_has_handlers():
    departments = set(load_pack(default_pack_path()).departments)
    handled = {p.department for p in plan_staff() if Role.HANDLER in p.roles}

    assert set(DEPARTMENTS) == departments
    assert handled == departments


def test_the_agents_of_the_sample_calls_work_at_the_hotline():
    staff = {person.staff_no: person for person in plan_staff()}

    for call in read_sample_calls():
        assert Role.AGENT in staff[call.staff_no].roles
        assert staff[call.staff_no].department == "hotline"


def test_numbers_and_names_are_different():
    staff = plan_staff()

    assert len({person.staff_no for person in staff}) == len(staff)
    assert len({person.name for person in staff}) == len(staff)


def test_writing_and_approving_the_standard_are_apart_and_so_are_those_who_watch():
    for person in plan_staff():
        assert not {Role.EDITOR, Role.APPROVER} <= person.roles
        assert len(person.roles & {Role.SYSTEM_ADMIN, Role.SECURITY, Role.AUDITOR}) <= 1


def test_the_same_seed_gives_the_same_people():
    assert plan_staff(seed=3) == plan_staff(seed=3)
    assert plan_staff(seed=3) != plan_staff(seed=4)


def test_an_agents_number_is_taken_before_another_posts():
    staff = plan_staff(agents=("2001",))

    assert sum(person.staff_no == "2001" for person in staff) == 1
    assert next(p for p in staff if p.staff_no == "2001").roles == {Role.AGENT}
