"""Is the journal whole? Recomputes the chain and measures it against the signed heads outside the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from shouwen.adapters.heads import Head, UnreadableHeads, read_heads, read_key
from shouwen.adapters.signing import PublicKey
from shouwen.journal.bodies import NotJournalable, canonical_body
from shouwen.journal.chain import START, head_message, link
from shouwen.journal.models import Entry, Seal, SealedHead, Unsealed
from shouwen.journal.storage import malformed_position

BATCH = 1000
SEALED_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whole up to the last seal. `waiting` entries are not sealed yet; `vouched` is the last signed position."""

    entries: int
    vouched: int
    waiting: int


@dataclass(frozen=True, slots=True)
class BrokenAt:
    """Not what was written. `position` is the first bad one; None for an entry that was never sealed."""

    position: int | None
    why: str


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The chain holds in itself, but what it has to be measured against is not there."""

    why: str


Finding = Verified | BrokenAt | CannotTell


def verify(*, heads_dir: Path, now: datetime, key: PublicKey | None = None) -> Finding:
    """Checks every sealed entry, every signed head, and that nothing stands beside the chain.

    `heads_dir` is the folder of signed heads outside the database, best a copy kept on another
    machine. `key` is the public key as kept by the auditor; without it the one in the folder is
    believed. Reads in batches and holds no lock. What happened after the last head that left the
    machine cannot be proved by anybody.
    """
    try:
        # Before the database: a head made meanwhile must not look like a lost one.
        outside = read_heads(heads_dir)
        key = key or read_key(heads_dir)
    except UnreadableHeads as error:
        return CannotTell(f"unreadable heads: {error}")
    if outside and key is None:
        return CannotTell("heads, but no public key to check them with")
    inside = _heads_in_database()
    broken, chain = _walk(marks={head.position for head in (*outside, *inside)})
    broken = (
        _first(broken, _against_heads(outside=outside, chain=chain, key=key))
        or _against_own_heads(inside=inside, chain=chain, key=key)
        or _beside_the_chain()
    )
    return broken or _judged(outside=outside, inside=inside, chain=chain, now=now)


def verify_last(*, count: int) -> BrokenAt | None:
    """Checks the last `count` seals against their entries and each other; None when they hold.

    A quick look: it proves nothing about what lies before them, nor that the end is not cut off.
    """
    seals = list(Seal.objects.order_by("-position")[:count])[::-1]
    entries = Entry.objects.in_bulk([seal.entry_id for seal in seals])
    prev, position = (seals[0].prev, seals[0].position) if seals else ("", 0)
    for seal in seals:
        fault = _fault(seal, entries.get(seal.entry_id), prev=prev, position=position)
        if fault:
            return BrokenAt(seal.position, fault)
        prev, position = seal.hash, position + 1
    return None


@dataclass(slots=True)
class _Chain:
    """What walking the chain found: its end, and the hashes at the positions asked for."""

    position: int
    hashes: dict[int, str]


def _walk(*, marks: set[int]) -> tuple[BrokenAt | None, _Chain]:
    malformed = malformed_position()
    chain, prev = _Chain(0, {}), START
    for seal, entry in _sealed(before=malformed):
        fault = _fault(seal, entry, prev=prev, position=chain.position + 1)
        if fault:
            return BrokenAt(chain.position + 1, fault), chain
        chain.position, prev = seal.position, seal.hash
        if seal.position in marks:
            chain.hashes[seal.position] = seal.hash
    if malformed is not None:
        return BrokenAt(malformed, "stored in a form that this program never writes"), chain
    return None, chain


def _sealed(*, before: int | None) -> Iterator[tuple[Seal, Entry | None]]:
    """Seals in order with their entries, up to a position whose entry cannot be read."""
    after = 0
    while True:
        rows = Seal.objects.filter(position__gt=after).order_by("position")
        seals = list((rows if before is None else rows.filter(position__lt=before))[:BATCH])
        if not seals:
            return
        entries = Entry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            yield seal, entries.get(seal.entry_id)
        after = seals[-1].position


def _fault(seal: Seal, entry: Entry | None, *, prev: str, position: int) -> str:
    if seal.position != position:
        return f"the next seal is at {seal.position}: seals are missing"
    if entry is None:
        return f"the entry {seal.entry_id} is gone"
    if seal.prev != prev:
        return "does not follow on the seal before it"
    try:
        body = canonical_body(entry)
    except NotJournalable as error:
        return f"a value of another type: {error}"
    if link(prev=prev, position=position, body=body) != seal.hash:
        return f"the entry {entry.pk} is not what was sealed"
    return ""


def _against_heads(
    *, outside: Sequence[Head], chain: _Chain, key: PublicKey | None
) -> BrokenAt | None:
    good = 0
    for head in outside:
        if not _is_signed(head, key=key):
            return BrokenAt(head.position, "a head outside the database has a false signature")
        if head.position > chain.position:
            why = f"the end is cut off: a head was signed at {head.position}"
            return BrokenAt(chain.position + 1, why)
        if chain.hashes[head.position] != head.hash:
            why = f"positions {good + 1} to {head.position} are not what was signed then"
            return BrokenAt(good + 1, why)
        good = head.position
    return None


def _against_own_heads(
    *, inside: Sequence[Head], chain: _Chain, key: PublicKey | None
) -> BrokenAt | None:
    for head in inside:
        signed = key is None or _is_signed(head, key=key)
        if not signed or chain.hashes.get(head.position) != head.hash:
            return BrokenAt(head.position, "the signed head in the database does not fit")
    return None


def _heads_in_database() -> list[Head]:
    rows = SealedHead.objects.order_by("position")
    return [Head(row.position, row.hash, row.made_at, row.key, row.signature) for row in rows]


def _is_signed(head: Head, *, key: PublicKey | None) -> bool:
    if key is None or head.key != key.name:
        return False
    message = head_message(
        position=head.position, hash_=head.hash, made_at=head.made_at, key=head.key
    )
    return key.signed(message, head.signature)


def _beside_the_chain() -> BrokenAt | None:
    stray = Entry.objects.filter(seal__isnull=True).exclude(pk__in=Unsealed.objects.values("pk"))
    found = stray.order_by("id").values_list("id", "kind").first()
    if found is None:
        return None
    return BrokenAt(
        None, f"the entry {found[0]} ({found[1]}) was put in behind the program's back"
    )


def _judged(
    *, outside: Sequence[Head], inside: Sequence[Head], chain: _Chain, now: datetime
) -> Finding:
    waiting = Unsealed.objects.filter(entry__seal__isnull=True)
    if waiting.filter(entry__recorded_at__lt=now - SEALED_WITHIN).exists():
        return CannotTell("entries wait for their seal: the sealer does not run")
    vouched = outside[-1].position if outside else 0
    if inside and not outside:
        return CannotTell("no heads outside the database to measure it against")
    return Verified(entries=chain.position, vouched=vouched, waiting=waiting.count())


def _first(one: BrokenAt | None, other: BrokenAt | None) -> BrokenAt | None:
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda broken: broken.position or 0)
