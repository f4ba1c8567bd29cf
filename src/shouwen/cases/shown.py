"""What of a case's customer a person may see: the same values on every page and in every list."""

from dataclasses import dataclass

from shouwen.access.masks import HANDLES, Kind, Purpose, Shape
from shouwen.access.serializing import Shown, masked_value, shown
from shouwen.cases.models import Case, CaseDetail
from shouwen.people.models import Staff


@dataclass(frozen=True, slots=True)
class CustomerShown:
    """The customer of a case as one person sees them; an empty text is not known or not shown.

    `care` is a code, "flag" when only the fact is shown, or empty.
    """

    called: str
    address: str
    short_address: str
    phone: Shown
    care: str


def purpose_of(case: Case, viewer: Staff) -> Purpose:
    """Why this person looks at this case: an alarm to handle, their own case, or another's."""
    if case.kind == "alarm" and viewer.role_set & HANDLES:
        return Purpose.ALARM
    is_theirs = viewer.pk in (case.owner_id, case.first_asked_id)
    return Purpose.OWN_CASE if is_theirs else Purpose.CASE


def customer_shown(*, case: Case, viewer: Staff) -> CustomerShown:
    """The one serializer of a case's customer. Needs customer and premises loaded."""
    purpose = purpose_of(case, viewer)
    values = shown(viewer, case, purpose)
    long, short = _addresses(case, viewer, purpose, values["place"].text)
    return CustomerShown(
        called=_called(case, viewer, purpose, values["caller_name"].text),
        address=long,
        short_address=short,
        phone=values["caller_phone"],
        care=_care(case, viewer, purpose),
    )


def detail_shown(*, detail: CaseDetail, case: Case, viewer: Staff, text: str) -> str:
    """What this person sees of a field of the form: `text` are its words, where it names nobody."""
    if not detail.mask:
        return text
    purpose = purpose_of(case, viewer)
    return masked_value(viewer, text, Kind(detail.mask), purpose, ref=str(case.pk)).text


def _called(case: Case, viewer: Staff, purpose: Purpose, caller_name: str) -> str:
    customer = case.customer
    if customer is None:
        return _caller(case, viewer, purpose) or caller_name
    values = shown(viewer, customer, purpose)
    if customer.surname and customer.title:
        surname = values["surname"]
        stands_alone = surname.shape in (Shape.HIDDEN, Shape.PSEUDONYM)
        return surname.text if stands_alone else f"{surname.text}{customer.title}"
    return values["name"].text


def _caller(case: Case, viewer: Staff, purpose: Purpose) -> str:
    """Surname and form of address of a caller who is no customer yet; empty for a whole name."""
    for title in ("先生", "女士"):
        if case.caller_name.endswith(title):
            said = case.caller_name.removesuffix(title)
            surname = masked_value(viewer, said, Kind.CALLED, purpose, ref=str(case.pk))
            stands_alone = surname.shape in (Shape.HIDDEN, Shape.PSEUDONYM)
            return surname.text if stands_alone else f"{surname.text}{title}"
    return ""


def _addresses(case: Case, viewer: Staff, purpose: Purpose, place: str) -> tuple[str, str]:
    """The address as it is spoken and as lists write it, cut where this person's sight ends."""
    premises = case.premises
    if premises is None:
        return place, place
    values = shown(viewer, premises, purpose)
    estate = premises.estate.name
    whole = masked_value(viewer, premises.address, Kind.HOME, purpose, ref="").text
    if whole:
        return whole, premises.short_address
    building = values["building"].text
    return (f"{estate} {building}号楼", f"{estate} {building}") if building else (estate, estate)


def _care(case: Case, viewer: Staff, purpose: Purpose) -> str:
    if case.customer is None or not case.customer.special_care:
        return ""
    return shown(viewer, case.customer, purpose)["special_care"].text


def summary_of(case: Case, viewer: Staff) -> str:
    """Number, customer and place in one line of a list."""
    person = customer_shown(case=case, viewer=viewer)
    parts = (case.number, person.called, person.short_address)
    return " · ".join(part for part in parts if part)
