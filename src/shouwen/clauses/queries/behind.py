"""What stands behind a ruling: a clock, or a finding on a call."""

from dataclasses import dataclass

from shouwen.clocks.models import Clock, Ruling
from shouwen.hotline.models import Call, CallVerdict


@dataclass(frozen=True, slots=True)
class CallBehind:
    """The call that was judged, and what was found on it by this rule."""

    call: Call
    finding: CallVerdict | None


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
    return CallBehind(call, findings[ruling.ordinal - 1 : ruling.ordinal].first())
