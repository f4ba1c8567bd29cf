"""Forms of kinds as data: read with the cockpit, checked, missing without harm."""

from pathlib import Path

import pytest

from shouwen.core.facts import CASE_KINDS
from shouwen.standard.cockpit import load_cockpit
from shouwen.standard.faults import PackFaults
from shouwen.standard.forms import FORMS, Forms, load_forms
from shouwen.standard.pack import load_pack

ANTAI = Path(__file__).parents[2] / "standard" / "antai"

_FORM = """
[[form]]
kind = "repair"
[[form.field]]
id = "device"
label = { zh = "什么坏了", en = "What is broken" }
"""


def faults_of(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / FORMS).write_text(text, encoding="utf-8")
    with pytest.raises(PackFaults) as caught:
        load_forms(tmp_path, rules={"repair-record": None})
    return [fault.path for fault in caught.value.faults]


def test_every_kind_that_agents_choose_has_a_form() -> None:
    cockpit = load_cockpit(ANTAI, rules=load_pack(ANTAI).rules)

    assert {key.id for key in cockpit.kind} == {form.kind for form in cockpit.forms.form}
    assert all(form.field for form in cockpit.forms.form)
    assert {form.kind for form in cockpit.forms.form} <= set(CASE_KINDS)


def test_every_class_of_applicant_has_its_papers() -> None:
    forms = load_forms(ANTAI)
    applicant = forms.of("new_connection").field_of("applicant")

    assert applicant is not None
    assert {each.id for each in applicant.choices} == {papers.id for papers in forms.papers}


def test_the_same_field_is_the_same_thing_in_every_form() -> None:
    forms = load_forms(ANTAI)
    kinds: dict[str, set[tuple[str, str]]] = {}
    for form in forms.form:
        for field in form.field:
            kinds.setdefault(field.id, set()).add((field.type, field.mask))

    assert [field for field, seen in kinds.items() if len(seen) > 1] == []


def test_a_standard_without_the_file_has_no_forms(tmp_path: Path) -> None:
    assert load_cockpit(tmp_path).forms == Forms()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (_FORM.replace("repair", "repairs"), "form.0.kind"),
        (_FORM + 'rule = "repair-recorded"\n', "form.repair.device"),
        (_FORM + 'type = "choice"\n', "form.repair.device"),
        (_FORM + 'typ = "text"\n', "form.0.field.0.typ"),
        (_FORM + 'mask = "secret"\n', "form.0.field.0.mask"),
    ],
)
def test_a_fault_is_named_by_its_place(tmp_path: Path, text: str, place: str) -> None:
    assert faults_of(tmp_path, text) == [place]
