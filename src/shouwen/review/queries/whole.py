"""One review with its call: what was heard, what was decided of it, how it stands to people."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from shouwen.access.reviews import ReviewStanding
from shouwen.core.score_sheet import Sheet, sheet
from shouwen.core.score_sheet import Standing as ItemStanding
from shouwen.hotline.models import Call, CallVerdict, Recording, RecordingSound
from shouwen.hotline.operations.ruling import numbered
from shouwen.hotline.queries import sound_of
from shouwen.review.models import Decision, Review, Waveform
from shouwen.standard.reviewing import Reviewing


@dataclass(frozen=True, slots=True)
class Finding:
    """What was heard of one rule, or what a person added; `verdict` is None for that, `decision` None
    while nobody has decided.
    """

    rule_id: str
    number: int
    clause: str
    turn: int | None
    verdict: CallVerdict | None
    decision: Decision | None

    @property
    def said(self) -> str:
        """What was heard; "" for a finding that was added."""
        return self.verdict.verdict if self.verdict else ""

    @property
    def stands(self) -> str:
        """What holds as far as this review goes."""
        return self.decision.stands if self.decision else self.said

    @property
    def waits(self) -> bool:
        """A breach that was heard waits for a person to say whether it is one."""
        return self.decision is None and self.said == "broken"


@dataclass(frozen=True, slots=True)
class WholeReview:
    """A review, its findings in the order of the call, its scores, the sheet, the recordings with
    outlines and what was measured on them.
    """

    review: Review
    standing: ReviewStanding
    findings: Sequence[Finding]
    scores: Mapping[str, int]
    sheet: Sheet
    recordings: Sequence[Recording]
    waveforms: Mapping[uuid.UUID, Waveform]
    sound: RecordingSound | None

    @property
    def call(self) -> Call:
        """The call that is reviewed."""
        return self.review.call

    @property
    def missing(self) -> int:
        """How many breaches and scores nobody has said anything about yet."""
        unscored = sum(1 for line in self.sheet.lines if line.item.score and line.got is None)
        return sum(1 for each in self.findings if each.waits) + unscored


def review_with(*, pk: uuid.UUID) -> Review | None:
    """The review with its call, the people, and all reviews of that call."""
    appealed = Decision.objects.filter(appeal__isnull=False).select_related("appeal__decided_by")
    return (
        Review.objects.filter(pk=pk)
        .select_related("call__staff", "call__case", "reviewer", "draw")
        .prefetch_related(
            Prefetch(
                "call__reviews",
                queryset=Review.objects.select_related("reviewer").prefetch_related(
                    Prefetch("decisions", queryset=appealed, to_attr="appealed_against")
                ),
            ),
            "scores",
            Prefetch(
                "decisions",
                queryset=Decision.objects.select_related("appeal__staff", "appeal__decided_by"),
            ),
        )
        .first()
    )


def standing_of(review: Review) -> ReviewStanding:
    """How a review stands to people. Needs what `review_with` loads."""
    everything = review.call.reviews.all()
    rounds = [each for each in everything if each.pk != review.pk]
    # Put there by `review_with`: decisions of any round that somebody appealed against.
    appeals = [
        made.appeal for each in everything for made in getattr(each, "appealed_against", ())
    ]
    deciders = frozenset(each.decided_by.staff_no for each in appeals if each.decided_by)
    return ReviewStanding(
        agent=review.call.staff.staff_no if review.call.staff else "",
        reviewer=review.reviewer.staff_no if review.reviewer else "",
        others=deciders | {each.reviewer.staff_no for each in rounds if each.reviewer},
        deciders=deciders,
        is_sent=review.sent_at is not None,
        is_blind=any(each.sent_at is None and each.round > review.round for each in rounds),
        has_appeal=any(not each.outcome for each in appeals) and review.round == 1,
        round=review.round,
    )


def whole(*, review: Review, plan: Reviewing) -> WholeReview:
    """All that the page of a review shows. Four queries, however long the call was."""
    recordings = list(review.call.recordings.order_by("added_at", "id"))
    waveforms = Waveform.objects.filter(recording__in=recordings)
    findings = sorted(_findings(review), key=_in_order)
    scores = {each.item: each.score for each in review.scores.all()}
    return WholeReview(
        review=review,
        standing=standing_of(review),
        findings=findings,
        scores=scores,
        sheet=sheet_of(findings, scores, plan),
        recordings=recordings,
        waveforms={each.recording_id: each for each in waveforms},
        sound=sound_of(call=review.call) if recordings else None,
    )


def sheet_of(findings: Sequence[Finding], scores: Mapping[str, int], plan: Reviewing) -> Sheet:
    """The score sheet as it stands."""
    verdicts = [(each.rule_id, _on_sheet(each)) for each in findings]
    return sheet(items=plan.item, verdicts=verdicts, scores=scores)


def _on_sheet(finding: Finding) -> ItemStanding:
    if finding.waits:
        return "open"
    match finding.stands:
        case "kept":
            return "kept"
        case "broken":
            return "broken"
        case _:
            return "not_applicable"


def _findings(review: Review) -> Iterator[Finding]:
    decisions = {(each.rule_id, each.number): each for each in review.decisions.all()}
    for verdict, number in numbered(review.call.verdicts.order_by("ordinal")):
        decision = decisions.pop((verdict.rule_id, number), None)
        yield Finding(verdict.rule_id, number, verdict.clause, verdict.turn, verdict, decision)
    for each in decisions.values():
        yield Finding(each.rule_id, each.number, each.clause, each.turn, None, each)


def _in_order(finding: Finding) -> tuple[float, str, int]:
    """By the turn; what has none comes last."""
    turn = float("inf") if finding.turn is None else finding.turn
    return (turn, finding.clause, finding.number)
