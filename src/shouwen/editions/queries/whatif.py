"""Tries of drafts on the past as they are kept: the latest of a draft, its changes of verdict."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from shouwen.cases.models import Case, Promise
from shouwen.editions.models import Edition, WhatIfFlip, WhatIfRun
from shouwen.hotline.models import Call
from shouwen.standard.whatif import Outcome, Tally, outcome

_TURNS = [WhatIfFlip.Turn.ADDED, WhatIfFlip.Turn.SAVED, WhatIfFlip.Turn.OTHER]


def latest_run(*, edition: Edition) -> WhatIfRun | None:
    """The last try of an edition that was not called off, else the last one."""
    runs = WhatIfRun.objects.filter(edition=edition).select_related("asked_by")
    kept = runs.exclude(state=WhatIfRun.State.CANCELLED)
    return kept.order_by("-asked_at").first() or runs.order_by("-asked_at").first()


def outcome_of(run: WhatIfRun) -> Outcome | None:
    """What a try came to; None while it has not ended well."""
    return outcome(Tally.from_table(run.outcome)) if run.outcome else None


def flips_of(
    *,
    run: WhatIfRun,
    turn: str = "",
    rule_ids: Collection[str] = (),
    after: int = 0,
    limit: int = 50,
) -> list[WhatIfFlip]:
    """The changes of verdict of a try, in the order in which they were found.

    `turn` and `rule_ids` narrow them; `after` is the id of the last one seen.
    """
    rows = WhatIfFlip.objects.filter(run=run, pk__gt=after)
    if turn:
        rows = rows.filter(turn=turn)
    if rule_ids:
        rows = rows.filter(rule_id__in=rule_ids)
    return list(rows.order_by("id")[:limit])


def examples_of(*, run: WhatIfRun, limit: int = 8) -> list[WhatIfFlip]:
    """Some changes of verdict, breaches that are added before those that are saved."""
    found: list[WhatIfFlip] = []
    for turn in _TURNS:
        found += flips_of(run=run, turn=turn, limit=limit - len(found))
        if len(found) >= limit:
            break
    return found


def case_numbers(flips: Sequence[WhatIfFlip]) -> Mapping[UUID, str]:
    """By the id of a subject the number of the case it is, or hangs on; three questions at most."""
    ids: dict[str, set[UUID]] = {}
    for flip in flips:
        ids.setdefault(flip.subject_kind, set()).add(flip.subject_id)
    found: dict[UUID, str] = {}
    for kind, rows in _ROWS.items():
        if kind in ids:
            found.update(rows(ids[kind]))
    return found


def _of_cases(ids: Iterable[UUID]) -> Iterable[tuple[UUID, str]]:
    return Case.objects.filter(pk__in=ids).values_list("pk", "number")


def _of_promises(ids: Iterable[UUID]) -> Iterable[tuple[UUID, str]]:
    return Promise.objects.filter(pk__in=ids).values_list("pk", "case__number")


def _of_calls(ids: Iterable[UUID]) -> Iterable[tuple[UUID, str]]:
    calls = Call.objects.filter(pk__in=ids, case__isnull=False)
    return calls.values_list("pk", "case__number")


_ROWS = {"case": _of_cases, "promise": _of_promises, "call": _of_calls}
