"""What the reviews come to: how often people confirm what was heard, how far two of them agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from shouwen.core.agreement import Agreement, agreement
from shouwen.review.models import Decision, Review

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the breaches of one rule that were heard and that people decided on, how many stand; how many
    people added that were not heard.
    """

    rule_id: str
    confirmed: int
    decided: int
    added: int

    @property
    def share(self) -> float | None:
        """Confirmed of decided; None of nothing."""
        return self.confirmed / self.decided if self.decided else None


def precision(*, rules: Iterable[str] | None = None) -> list[Precision]:
    """By rule, of those named or of all, the most decided first."""
    told = _told() if rules is None else _told().filter(rule_id__in=list(rules))
    broken = Q(stands="broken")
    rows: Iterable[Any] = (
        told.order_by()
        .values_list("rule_id")
        .annotate(
            confirmed=Count("pk", filter=Q(said="broken") & broken),
            decided=Count("pk", filter=Q(said="broken")),
            added=Count("pk", filter=Q(said="") & broken),
        )
    )
    found = [Precision(*row) for row in rows]
    return sorted(found, key=lambda each: (-each.decided - each.added, each.rule_id))


@dataclass(frozen=True, slots=True)
class Agreements:
    """How far the second look agrees with the first: on all, by rule, by the pair of people (names)."""

    whole: Agreement
    by_rule: Mapping[str, Agreement]
    by_pair: Mapping[tuple[str, str], Agreement]


def agreements() -> Agreements:
    """Over all calls that two people have judged."""
    rules: dict[str, list[tuple[str, str]]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for rule_id, people, answers in _said_twice():
        rules[rule_id].append(answers)
        pairs[people].append(answers)
    everything = [answers for said in rules.values() for answers in said]
    return Agreements(
        agreement(everything),
        {rule: agreement(said) for rule, said in sorted(rules.items())},
        {people: agreement(said) for people, said in sorted(pairs.items())},
    )


def _told() -> QuerySet[Decision]:
    return Decision.objects.filter(review__round=1, review__sent_at__isnull=False)


def _said_twice() -> Iterator[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Rule, the two people, what each said of one finding; "nothing" for what only one of them had."""
    seconds = Review.objects.filter(round=2, sent_at__isnull=False)
    both = list(
        Review.objects.filter(call__in=seconds.values("call"), sent_at__isnull=False)
        .select_related("reviewer")
        .prefetch_related("decisions")
        .order_by("call", "round")
    )
    by_call: dict[UUID, list[Review]] = defaultdict(list)
    for review in both:
        by_call[review.call_id].append(review)
    for reviews in by_call.values():
        if len(reviews) == 2:
            first, second = reviews
            people = (str(first.reviewer), str(second.reviewer))
            one, other = _answers(first), _answers(second)
            for key in sorted(one.keys() | other.keys()):
                yield key[0], people, (one.get(key, NOTHING), other.get(key, NOTHING))


def _answers(review: Review) -> Mapping[tuple[str, int], str]:
    """What a person said of each breach that was heard, and of what they added, by rule and number.

    Added ones are numbered from the first: the second person's number says nothing.
    """
    found: dict[tuple[str, int], str] = {}
    added: dict[str, int] = defaultdict(int)
    for each in review.decisions.all():
        if each.said == "broken":
            found[each.rule_id, each.number] = each.verdict
        elif not each.said:
            added[each.rule_id] -= 1
            found[each.rule_id, added[each.rule_id]] = each.verdict
    return found
