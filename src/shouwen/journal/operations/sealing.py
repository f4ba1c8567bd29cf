"""Sealing: entries that wait get the next places in the chain; its head is signed and sent out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from shouwen.adapters.heads import Head, append_heads, last_position
from shouwen.adapters.signing import SigningKey
from shouwen.journal.bodies import canonical_body
from shouwen.journal.chain import START, head_message, link
from shouwen.journal.models import Entry, Seal, SealedHead, SealingTurn, Unsealed

HEAD_EVERY = 1000
HEAD_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many entries were sealed now and where the chain ends."""

    count: int
    position: int


def seal(*, now: datetime, batch: int = 1000) -> Sealed:
    """Seals up to `batch` entries that wait. Safe when two run: one waits for the other.

    Takes what is announced as unsealed, never "all after the last one": a transaction that began
    earlier may commit later. `now` is aware UTC. Nothing waiting costs one read and no write lock.
    """
    waiting = list(
        Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[:batch]
    )
    if not waiting:
        return Sealed(0, _position())
    bodies = {entry.pk: canonical_body(entry) for entry in Entry.objects.filter(pk__in=waiting)}
    with transaction.atomic():
        _take_turn()
        announced = Unsealed.objects.filter(pk__in=waiting)
        open_ids = announced.filter(entry__seal__isnull=True).order_by("entry_id")
        seals = _links([(pk, bodies[pk]) for pk in open_ids.values_list("pk", flat=True)], now)
        Seal.objects.bulk_create(seals)
        announced.delete()
    return Sealed(len(seals), _position())


def sign_head(*, key: SigningKey, now: datetime, at_once: bool = False) -> SealedHead | None:
    """Signs the end of the chain when a head is due: 1,000 entries or 60 s after the last one.

    `at_once` does not wait (the sealer is stopping). Returns None when none is due.
    """
    if not _head_is_due(now=now, at_once=at_once):
        return None
    with transaction.atomic():
        _take_turn()
        tip = Seal.objects.order_by("-position").first()
        if tip is None or SealedHead.objects.filter(position=tip.position).exists():
            return None
        name = key.public.name
        message = head_message(position=tip.position, hash_=tip.hash, made_at=now, key=name)
        return SealedHead.objects.create(
            position=tip.position,
            hash=tip.hash,
            made_at=now,
            key=name,
            signature=key.sign(message),
        )


def send_heads(*, directory: Path, key: SigningKey) -> int:
    """Copies the heads that the folder does not have yet out of the database; returns how many.

    Committed heads only, so that the folder never vouches for what a crash took back.
    Raises OSError and heads.UnreadableHeads.
    """
    rows = SealedHead.objects.filter(position__gt=last_position(directory)).order_by("position")
    heads = [Head(row.position, row.hash, row.made_at, row.key, row.signature) for row in rows]
    return append_heads(directory, heads, key=key.public) if heads else 0


def _take_turn() -> None:
    SealingTurn.objects.get_or_create(pk=1)
    SealingTurn.objects.select_for_update().get(pk=1)


def _position() -> int:
    return Seal.objects.aggregate(last=Max("position"))["last"] or 0


def _links(bodies: list[tuple[UUID, bytes]], now: datetime) -> list[Seal]:
    tip = Seal.objects.order_by("-position").first()
    position, prev = (tip.position, tip.hash) if tip else (0, START)
    seals = []
    for entry_id, body in bodies:
        position += 1
        digest = link(prev=prev, position=position, body=body)
        seals.append(
            Seal(position=position, entry_id=entry_id, prev=prev, hash=digest, sealed_at=now)
        )
        prev = digest
    return seals


def _head_is_due(*, now: datetime, at_once: bool) -> bool:
    position = _position()
    last = SealedHead.objects.order_by("-position").first()
    new = position - (last.position if last else 0)
    if new <= 0:
        return False
    return at_once or last is None or new >= HEAD_EVERY or now - last.made_at >= HEAD_AFTER
