"""What a company asks on each kind of matter beside the standard's own record: forms, papers, limits.

It is read with the cockpit and stands in `forms.toml`; the file may be missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from shouwen.core.clause import Words
from shouwen.core.facts import CASE_KINDS, CUSTOMER_CLASSES
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import Fault, PackFaults

FORMS = "forms.toml"
FieldType = Literal["text", "choice", "moment", "yes_no", "staff", "ticks"]
Mask = Literal["", "text", "name", "phone", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Something to choose or to tick: its id and its name."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One thing that is asked. `ticks` are what was told of a list of papers, never asked in the form.

    The same `id` in two forms is the same thing: a change of kind keeps it.

    flagged   when it is missing, that is a gap; it never stops anything
    rule      the rule that wants it
    mask      what kind of personal thing it is; "" for what names nobody
    promises  a moment that is filled in is promised to the customer as this
    bars      a staff number that is filled in: the matter never goes to that person
    """

    id: str
    label: Words
    type: FieldType = "text"
    choices: tuple[Listed, ...] = ()
    flagged: bool = False
    rule: str = ""
    mask: Mask = ""
    promises: Literal["", "visit"] = ""
    bars: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindForm:
    """The form of a kind of matter. `note`: what is said beside it, such as a gap of the standard."""

    kind: str
    field: tuple[FormField, ...] = ()
    note: Words | None = None

    def field_of(self, field_id: str) -> FormField | None:
        """The field with this id."""
        return next((each for each in self.field if each.id == field_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperList:
    """The papers of one class of applicant: what is told beside them, those needed, those for later.

    `steps` are the steps of `rule` that are done when all of `tell` and `need` has been told,
    `sent` the one that is done when the list was sent.
    """

    id: str
    title: Words
    classes: tuple[str, ...] = ()
    tell: tuple[Listed, ...] = ()
    need: tuple[Listed, ...] = ()
    later: tuple[Listed, ...] = ()
    steps: tuple[str, ...] = ()
    sent: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a procedure; `within` is what the company has published, "" where nothing is."""

    title: Words
    within: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfHelp:
    """Guides that an agent may lead a customer through; ids are articles of the knowledge base."""

    rule: str = ""
    kinds: tuple[str, ...] = ()
    guide: tuple[Listed, ...] = ()
    says: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What is not ours to repair: why, and where the customer is told to turn."""

    rule: str = ""
    kinds: tuple[str, ...] = ()
    why: tuple[Listed, ...] = ()
    where: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Asking a superior about what is outside an agent's authority."""

    rule: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Material that a customer is told of: the fields that say which, and where it is to be had."""

    rule: str = ""
    what: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPlan:
    """Faults that concern many: the `kinds` of matter that become one, from how many homes on one is
    major (`homes` is the field that says how many), what callers are told.

    `says` has {place} and {until}: `expected` with {at}, or `unknown` while nobody knows. Who cannot be
    written to in the end is called (`over_call_back`) within `call_back_hours`.
    """

    homes: str = ""
    major_from: int = 0
    kinds: tuple[str, ...] = ()
    says: str = ""
    expected: str = ""
    unknown: str = ""
    over: str = ""
    over_call_back: str = ""
    call_back_hours: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Crews:
    """On which line (its code) the people stand who are sent to an alarm."""

    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Everything in the file."""

    form: tuple[KindForm, ...] = ()
    papers: tuple[PaperList, ...] = ()
    stage: tuple[Stage, ...] = ()
    self_help: SelfHelp = field(default_factory=SelfHelp)
    referral: Referral = field(default_factory=Referral)
    asking: Asking = field(default_factory=Asking)
    material: Material = field(default_factory=Material)
    incident: IncidentPlan = field(default_factory=IncidentPlan)
    crews: Crews = field(default_factory=Crews)

    def of(self, kind: str) -> KindForm:
        """The form of a kind; an empty one where the file has none."""
        return next((each for each in self.form if each.kind == kind), KindForm(kind=kind))

    def ticks_of(self, kind: str) -> FormField | None:
        """The field of a kind that holds what was told of its papers."""
        return next((each for each in self.of(kind).field if each.type == "ticks"), None)

    def papers_for(self, *, chosen: str, customer_class: str) -> PaperList | None:
        """The list that was chosen by its id, else the first for this class of customer."""
        fitting = [each for each in self.papers if customer_class in each.classes]
        return self.papers_of(chosen) or next(iter(fitting), None)

    def field_of(self, field_id: str) -> FormField | None:
        """A field by its id, whatever the form."""
        found = (form.field_of(field_id) for form in self.form)
        return next((each for each in found if each), None)

    def papers_of(self, paper_list: str) -> PaperList | None:
        """A list of papers by its id."""
        return next((each for each in self.papers if each.id == paper_list), None)


def load_forms(path: Path, *, rules: Mapping[str, object] | None = None) -> Forms:
    """The forms of the pack in a directory; none without a file. Raises PackFaults.

    `rules`: the pack's, where they are known, to check the names in the file.
    """
    value = beside_pack(path, file=FORMS, of=Forms)
    faults = strangers(_kinds(value), CASE_KINDS, file=FORMS)
    faults += strangers(_classes(value), CUSTOMER_CLASSES, file=FORMS)
    faults += _choiceless(value)
    if rules is not None:
        faults += strangers(_rules(value), rules, file=FORMS)
    if faults:
        raise PackFaults(faults)
    return value


def _kinds(forms: Forms) -> Iterator[tuple[str, str]]:
    yield from ((f"form.{i}.kind", form.kind) for i, form in enumerate(forms.form))
    for name in ("self_help", "referral", "asking", "incident"):
        yield from ((f"{name}.kinds", kind) for kind in getattr(forms, name).kinds)


def _classes(forms: Forms) -> Iterator[tuple[str, str]]:
    for papers in forms.papers:
        yield from ((f"papers.{papers.id}.classes", each) for each in papers.classes)


def _rules(forms: Forms) -> Iterator[tuple[str, str]]:
    for form in forms.form:
        yield from ((f"form.{form.kind}.{each.id}", each.rule) for each in form.field)
    yield from ((f"papers.{papers.id}", papers.rule) for papers in forms.papers)
    for name in ("self_help", "referral", "asking", "material"):
        yield f"{name}.rule", getattr(forms, name).rule


def _choiceless(forms: Forms) -> list[Fault]:
    return [
        Fault(
            FORMS,
            f"form.{form.kind}.{each.id}",
            Words(zh="要从中选，却没有可选的", en="a choice without anything to choose"),
            Words(zh="写上 choices", en="give it choices"),
        )
        for form in forms.form
        for each in form.field
        if each.type == "choice" and not each.choices
    ]
