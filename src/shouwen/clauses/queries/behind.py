"""What stands behind a ruling: a clock, or a finding on a call."""

from dataclasses import dataclass

from shouwen.clocks.models import Clock, Ruling
from shouwen.hotline.models import Call, CallVerdict, Correction


@dataclass(frozen=True, slots=True)
class CallBehind:
    """The call that was judged, what was heard on it by this rule, what a person decided of that."""

    call: Call
    finding: CallVerdict | None
    correction: Correction | None


def has_clock(*, ruling: Ruling) -> bool:
    """Whether a clock runs, or ran, for this very ruling."""
    return Clock.objects.filter(pk=ruling.pk).exists()


def call_behind(*, ruling: Ruling) -> CallBehind | None:
    """The call of a ruling, with its case and whoever took it; None when it is not about a call."""
    if ruling.subject_kind != "call":
        return None
    people = ("staff", "case__first_asked", "case__owner", "case__department")
    call = Call.objects.select_related(*people).filter(pk=ruling.subject_id).first()
    if call is None:
        return None
    findings = call.verdicts.filter(rule_id=ruling.rule_id).order_by("ordinal")
    said = call.corrections.filter(rule_id=ruling.rule_id, number=ruling.ordinal)
    correction = said.select_related("staff").first()
    return CallBehind(call, findings[ruling.ordinal - 1 : ruling.ordinal].first(), correction)
