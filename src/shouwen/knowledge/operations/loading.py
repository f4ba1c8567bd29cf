"""Loading articles from their files: what is new is written, what is the same stays, what is gone is withdrawn."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.clocks.queries import active_pack_path
from shouwen.core.events import Scalar, Subject
from shouwen.core.guiding import Step
from shouwen.core.text.topics import words_of_article
from shouwen.customers import fulltext
from shouwen.journal.operations import record
from shouwen.knowledge.files import FOLDER, Written, read_articles
from shouwen.knowledge.models import Article
from shouwen.knowledge.queries import TABLE, subject_of

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: articles that are new, changed, the same as before, withdrawn."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0


def load_pack_articles(*, now: datetime) -> Loaded:
    """Loads the articles of the standard in force. Raises PackFaults; then nothing is changed."""
    return load_articles(written=read_articles(active_pack_path() / FOLDER), now=now)


def load_articles(*, written: Sequence[Written], now: datetime) -> Loaded:
    """Makes the articles exactly those that are written; the same again changes nothing.

    A chunk a transaction: cut short and run again it goes on. `now` is aware UTC.
    """
    there = {row.slug: row for row in Article.objects.all()}
    fresh = [each for each in written if _differs(there.get(each.slug), each)]
    for start in range(0, len(fresh), CHUNK):
        _write(fresh[start : start + CHUNK], there, now=now)
    kept = {each.slug for each in written}
    gone = [row for row in there.values() if row.slug not in kept and row.withdrawn_at is None]
    if gone:
        _withdraw(gone, now=now)
    new = sum(1 for each in fresh if each.slug not in there)
    return Loaded(new, len(fresh) - new, len(written) - len(fresh), len(gone))


def _differs(row: Article | None, written: Written) -> bool:
    return row is None or row.digest != written.digest or row.withdrawn_at is not None


@transaction.atomic
def _write(chunk: Sequence[Written], there: Mapping[str, Article], *, now: datetime) -> None:
    rows = [_row(each, there.get(each.slug), now=now) for each in chunk]
    changed = [row for row in rows if row.pk]
    fulltext.remove([row.pk for row in changed], table=TABLE)
    Article.objects.bulk_update(changed, _COLUMNS)
    Article.objects.bulk_create(row for row in rows if not row.pk)
    ids = dict(
        Article.objects.filter(slug__in=[each.slug for each in chunk]).values_list("slug", "pk")
    )
    fulltext.add(((ids[each.slug], _words(each)) for each in chunk), table=TABLE)
    for row in rows:
        _note("article.loaded", row, now=now, data={"version": row.version, "digest": row.digest})


_COLUMNS = (
    "title", "kind", "audience", "keywords", "steps", "stop", "source", "certainty", "local",
    "version", "digest", "loaded_at", "withdrawn_at",
)  # fmt: skip


def _row(written: Written, there: Article | None, *, now: datetime) -> Article:
    row = there or Article(slug=written.slug, version=0)
    for name in ("title", "kind", "audience", "source", "certainty", "local", "digest"):
        setattr(row, name, getattr(written, name))
    row.keywords, row.stop = list(written.keywords), list(written.stop)
    row.steps = [_step(step) for step in written.step]
    row.version += 1
    row.loaded_at, row.withdrawn_at = now, None
    return row


def _step(step: Step) -> dict[str, Any]:
    return {name: value for name, value in asdict(step).items() if value}


def _words(written: Written) -> tuple[str, ...]:
    return words_of_article(title=written.title, keywords=written.keywords, texts=written.texts)


@transaction.atomic
def _withdraw(rows: Sequence[Article], *, now: datetime) -> None:
    """Nobody finds it any more; the row stays, for what was sent from it."""
    fulltext.remove([row.pk for row in rows], table=TABLE)
    Article.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=now)
    for row in rows:
        _note("article.withdrawn", row, now=now, data={})


def _note(kind: str, row: Article, *, now: datetime, data: Mapping[str, Scalar]) -> None:
    subject: Subject = subject_of(row.slug)
    entry = uuid.uuid5(subject.id, f"{kind}:{row.version}:{now.isoformat()}")
    record(id=entry, kind=kind, subject=subject, happened_at=now, now=now, data=data)
