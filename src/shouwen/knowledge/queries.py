"""Finding articles, and reading one."""

import uuid
from collections.abc import Sequence

from django.db import connection

from shouwen.core.events import Subject
from shouwen.core.guiding import Step
from shouwen.core.text.topics import Hits, in_title, parts_of, ranked
from shouwen.knowledge.models import Article

TABLE = "knowledge_search"
SHOWN = 8
# So many articles are looked at for one word: a word in more of them tells next to nothing.
_MOST, _MOST_TITLED = 1000, 500
_SPACE = uuid.UUID("4f7b1c8e-0d3a-5e21-9b64-7a5c2e90d1f8")
_ONE = {
    "sqlite": "SELECT * FROM (SELECT {place} AS place, rowid AS id FROM {table}"
    " WHERE {table} MATCH %s LIMIT {most}) q{place}",
    "postgresql": "SELECT * FROM (SELECT {place} AS place, id FROM {table}"
    " WHERE words @@ %s::tsquery LIMIT {most}) q{place}",
}
_QUOTED = {"sqlite": '"{}"', "postgresql": "'{}'"}


def find(*, text: str, limit: int = SHOWN) -> list[Article]:
    """The articles that answer best, the best first. Two queries, whatever is asked."""
    parts = parts_of(text)
    if not parts:
        return []
    ids = ranked(_hits(parts), limit=limit)
    rows = Article.objects.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def article_with(*, slug: str) -> Article | None:
    """The article; None when there is none or it was withdrawn."""
    return Article.objects.filter(slug=slug, withdrawn_at__isnull=True).first()


def steps_of(article: Article) -> tuple[Step, ...]:
    """Its steps, typed."""
    return tuple(Step(**step) for step in article.steps)


def subject_of(slug: str) -> Subject:
    """What the journal calls an article: always the same id for the same slug."""
    return Subject("article", uuid.uuid5(_SPACE, slug))


def _hits(parts: Sequence[str]) -> dict[str, Hits]:
    """For each part the articles that have it, in one query."""
    one, quoted = _ONE[connection.vendor], _QUOTED[connection.vendor]
    selects, words = [], []
    for number, part in enumerate(parts):
        for place, word, most in (
            (2 * number, part, _MOST),
            (2 * number + 1, in_title(part), _MOST_TITLED),
        ):
            selects.append(one.format(place=place, table=TABLE, most=most))
            words.append(quoted.format(word))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), words)
        found: list[set[int]] = [set() for _ in selects]
        for place, pk in cursor.fetchall():
            found[place].add(pk)
    return {
        part: Hits(frozenset(found[2 * number]), frozenset(found[2 * number + 1]))
        for number, part in enumerate(parts)
    }
