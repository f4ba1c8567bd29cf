"""The form of a case's kind as it is sent by a page."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shouwen.cases.forms import LocalMoment
from shouwen.cases.presenters.kinds import PREFIX
from shouwen.people.models import Staff
from shouwen.standard.forms import FormField, KindForm


class NotInTheForm(ValidationError):
    """A value that the form of the kind does not take. The message says which, and what to do."""


def values_in(sent: Mapping[str, str], form: KindForm) -> tuple[dict[str, str], str]:
    """The values by field id, as far as they were sent, and what is wrong with one, in a sentence."""
    values: dict[str, str] = {}
    for field in form.field:
        raw = sent.get(f"{PREFIX}{field.id}")
        if raw is None or field.type == "ticks":
            continue
        try:
            values[field.id] = _clean(field, raw.strip())
        except ValidationError as error:
            return {}, error.messages[0]
    return values, ""


def _clean(field: FormField, raw: str) -> str:
    if not raw:
        return ""
    match field.type:
        case "moment":
            return str(LocalMoment().clean(raw).isoformat())
        case "choice":
            return _chosen(raw, {each.id for each in field.choices})
        case "yes_no":
            return _chosen(raw, {"yes", "no"})
        case "staff":
            if not Staff.objects.filter(staff_no=raw).exists():
                raise ValidationError(_("没有工号 %(no)s，问清再写") % {"no": raw})
        case _:
            pass
    return raw[:200]


def _chosen(raw: str, known: set[str]) -> str:
    if raw not in known:
        raise ValidationError(_("从列表里选一个"))
    return raw
