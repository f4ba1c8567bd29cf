"""What is typed or chosen on the pages of the hotline: read once here, into values that cannot be wrong."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.cases.operations.taking_over import ABSENCES
from shouwen.core.facts import CASE_KINDS
from shouwen.core.retrying import OUTCOMES
from shouwen.hotline.models import AgentState
from shouwen.hotline.operations.attempts import Told
from shouwen.people.forms import ActForm

NOBODY = "none"


class HomeForm(ActForm):
    """Which home is meant: `customer:premises`, or `none` of those on record."""

    version = forms.IntegerField(min_value=0, max_value=30_000)
    home = forms.CharField(max_length=80)

    def clean_home(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The ids of customer and premises; neither for none of them."""
        said = str(self.cleaned_data["home"])
        if said == NOBODY:
            return None, None
        customer, _colon, premises = said.partition(":")
        try:
            return uuid.UUID(customer), uuid.UUID(premises) if premises else None
        except ValueError:
            raise forms.ValidationError(_("请从列表里选一户")) from None


class StepForm(forms.Form):
    """A step that was done, and how many of its sentences."""

    step = forms.SlugField(max_length=40)
    count = forms.IntegerField(min_value=1, max_value=20, required=False)


class SaidForm(forms.Form):
    """A line of a rule that was said."""

    step = forms.SlugField(max_length=40)
    rule = forms.SlugField(max_length=80)


class KindForm(forms.Form):
    """What the caller wants."""

    kind = forms.ChoiceField(choices=[(name, name) for name in CASE_KINDS])


class RecordForm(forms.Form):
    """The record as far as it goes; nothing is required, what is missing is flagged."""

    caller_name = forms.CharField(max_length=60, required=False)
    caller_phone = forms.CharField(max_length=20, required=False)
    place = forms.CharField(max_length=120, required=False)
    said = forms.CharField(max_length=200, required=False)
    leaf = forms.CharField(max_length=8, required=False)


class PromiseForm(forms.Form):
    """What is to be answered, to which number."""

    words = forms.CharField(max_length=200, required=False)
    number = forms.CharField(max_length=20, required=False)


class WordsForm(forms.Form):
    """A sentence."""

    words = forms.CharField(max_length=300, error_messages={"required": _("写一句再记下")})


class OfferForm(ActForm):
    """To whom the call is offered: `staff:NUMBER` or `department:CODE`, and what they must know."""

    to = forms.RegexField(
        r"^(staff|department):[\w.-]+$", error_messages={"required": _("选一位同事或部门")}
    )
    words = forms.CharField(
        max_length=300, error_messages={"required": _("写一句交代，对方要知道是什么事")}
    )


class AdviceForm(forms.Form):
    """Advice that was looked at or used."""

    rule = forms.SlugField(max_length=80)
    used = forms.BooleanField(required=False)


class EndForm(ActForm):
    """Why an agent ends a call."""

    reason = forms.SlugField(max_length=40, error_messages={"required": _("选一个原因")})


class StatusForm(ActForm):
    """What an agent says of themselves."""

    status = forms.ChoiceField(
        choices=[(s, s) for s in AgentState.Status.values if s not in ("ringing", "talking")]
    )
    reason = forms.SlugField(max_length=40, required=False)


class MoveForm(ActForm):
    """Where a waiting call goes: `staff:NUMBER` or `queue:NAME`."""

    to = forms.RegexField(
        r"^(staff|queue):.{1,40}$", error_messages={"required": _("选一位坐席或一个队列")}
    )

    def clean_to(self) -> tuple[str, str]:
        """The staff number or the queue; the other is empty."""
        kind, _colon, name = str(self.cleaned_data["to"]).partition(":")
        return (name, "") if kind == "staff" else ("", name)


class SetStatusForm(ActForm):
    """What a supervisor sets an agent to, and why."""

    status = forms.ChoiceField(choices=[(s, s) for s in ("ready", "not_ready", "off")])
    reason = forms.SlugField(max_length=40, error_messages={"required": _("选一个原因")})


class OutcomeForm(ActForm):
    """What became of an attempt to call back; without `attempt`, of one made by hand."""

    attempt = forms.UUIDField(required=False)
    outcome = forms.ChoiceField(choices=[(name, name) for name in OUTCOMES])
    words = forms.CharField(max_length=300, required=False)
    asked_for = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": _("时间写成 2026-10-09 17:30")},
    )
    closes = forms.BooleanField(required=False)

    @property
    def told(self) -> Told:
        """What was said, as a value."""
        said = self.cleaned_data
        return Told(
            outcome=said["outcome"],
            words=said["words"],
            asked_for=said["asked_for"],
            closes=said["closes"],
        )


class DialForm(ActForm):
    """Which promise is called back."""

    promise = forms.UUIDField()


class GiveForm(ActForm):
    """Who is asked to make a call."""

    to = forms.CharField(max_length=16, error_messages={"required": _("选一位")})


class ReassignOwnerForm(GiveForm):
    """To whom a matter is offered in its owner's place, why, and what they must know."""

    reason = forms.ChoiceField(choices=[(name, name) for name in ABSENCES])
    words = forms.CharField(
        max_length=300, error_messages={"required": _("写一句交代，对方要知道是什么事")}
    )


class CheckForm(ActForm):
    """The lists of the start of a shift: `ok` names what is in order, as `rule.item`."""

    variant = forms.ChoiceField(choices=[("men", "men"), ("women", "women")], required=False)
    began_at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
    extension = forms.CharField(max_length=20, required=False)


class AskForm(forms.Form):
    """What a superior is asked, and the answer the agent would give."""

    question = forms.CharField(
        max_length=200, error_messages={"required": _("写下客户问的是什么")}
    )
    answer = forms.CharField(max_length=300, required=False)


class SolveForm(forms.Form):
    """The guide that helped, and what the customer said."""

    guide = forms.SlugField(max_length=40, error_messages={"required": _("选用了哪个办法")})
    words = forms.CharField(
        max_length=300, error_messages={"required": _("写下客户怎么说：好了才能办结")}
    )


class ReferForm(forms.Form):
    """Why it is not ours to repair, and where the customer is told to turn."""

    why = forms.SlugField(max_length=40, error_messages={"required": _("选一个原因")})
    where = forms.SlugField(max_length=40, error_messages={"required": _("选告知客户找谁")})
    words = forms.CharField(max_length=300, required=False)


class SendForm(ActForm):
    """How a message goes, and to which number or address; empty is the number of the call."""

    channel = forms.ChoiceField(choices=[("sms", "sms"), ("mail", "mail")])
    to = forms.CharField(max_length=254, required=False)


class JoinForm(forms.Form):
    """The incident that a call belongs to."""

    incident = forms.UUIDField()
