"""The full-text table behind the search for customers, on either database.

`customers_search` holds nothing but words under the id of a search row: on SQLite a contentless
FTS5 table without positions, on PostgreSQL a `tsvector` column with a GIN index. Words come ready
made from `core.text.search_tokens`; neither database segments or stems anything.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from shouwen.core.text.looking_up import Lookup, Sought

TABLE = "customers_search"
# Rows of a file that is still coming in are there but not seen.
_SEEN = (
    "(r.batch_id IS NULL OR r.batch_id NOT IN"
    " (SELECT id FROM customers_importbatch WHERE revealed_at IS NULL))"
)
_PENDING_KB = 256
# So many rows are walked through one by one before all matches are collected and sorted.
_WALKED = 2000
_CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE {table} USING fts5(words, content='', contentless_delete=1,"
        " detail=none, tokenize=\"ascii tokenchars '_'\")",
    ),
    "postgresql": (
        "CREATE TABLE {table} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        # Few words decide how many rows there are to expect; the default of 100 is too few of them.
        "ALTER TABLE {table} ALTER COLUMN words SET STATISTICS 1000",
        "CREATE INDEX {table}_words ON {table} USING gin (words)",
    ),
}


def create(schema_editor: BaseDatabaseSchemaEditor, *, table: str = TABLE) -> None:
    """Makes a table of words; for migrations."""
    for statement in _CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement.format(table=table))


def keep_flushes_short(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lets PostgreSQL sort new words into the index in small portions; for migrations.

    With the default of 4 MB one unlucky writer sorts in the words of thousands of rows at once and
    holds its transaction open meanwhile.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER INDEX {TABLE}_words SET (gin_pending_list_limit = {_PENDING_KB})"
        )


def drop(schema_editor: BaseDatabaseSchemaEditor, *, table: str = TABLE) -> None:
    """Removes a table of words; for migrations."""
    schema_editor.execute(f"DROP TABLE {table}")


def add(rows: Iterable[tuple[int, Sequence[str]]], *, table: str = TABLE) -> None:
    """Puts the words of new rows in: pairs of row id and words."""
    rows = sorted(rows)  # FTS5 writes a segment to disk whenever ids go back
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)",  # noqa: S608 - a constant
                [(pk, " ".join(words)) for pk, words in rows],
            )
        else:
            cursor.executemany(
                f"INSERT INTO {table} (id, words) VALUES (%s, array_to_tsvector(%s))"  # noqa: S608
                " ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
                [(pk, list(words)) for pk, words in rows],
            )


def remove(ids: Sequence[int], *, table: str = TABLE) -> None:
    """Takes the words of rows out."""
    key = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {table} WHERE {key} = %s",  # noqa: S608 - constants
            [(pk,) for pk in ids],
        )


def find(*, lookup: Lookup, after: int = 0, limit: int) -> list[int]:
    """Ids of search rows in which every part of the lookup is found, ascending, from `after` on.

    One index query; only where words alone do not decide are texts compared.
    """
    if not lookup.parts:
        return []
    clauses: list[str] = []
    values: list[str | int] = []
    for part in lookup.parts:
        clause, compared = _compared(part)
        if clause:
            clauses.append(clause)
            values += compared
    words = matching(lookup)
    if connection.vendor == "sqlite":
        sql, params = _FIND_SQLITE, [words, after, *values, limit]
    else:
        walked = _WALKED if _may_be_common(lookup) else 0
        near = [after, walked, words, *values, limit]
        sql, params = _FIND_POSTGRESQL, [words, *near, after, *values, limit, limit]
    also = "".join(f" AND ({clause})" for clause in clauses)
    with connection.cursor() as cursor:
        row = _ROW.format(seen=_SEEN, also=also)
        cursor.execute(sql.format(table=TABLE, seen=_SEEN, also=also, row=row), params)
        return sorted(row[0] for row in cursor.fetchall())


def _may_be_common(lookup: Lookup) -> bool:
    """Whether a page may be full after a short walk: nothing in the query is as rare as a number."""
    return all(part.identifies < _ENOUGH_ALONE for part in lookup.parts)


_ENOUGH_ALONE = 2
# CROSS JOIN: SQLite is not to look for a better order; the words come first.
_FIND_SQLITE = (
    "SELECT r.id FROM {table} s CROSS JOIN customers_searchrow r ON r.id = s.rowid"
    " WHERE s.{table} MATCH %s AND s.rowid > %s AND {seen}{also} ORDER BY s.rowid LIMIT %s"
)
# PostgreSQL reckons how common a word is from a sample and then either walks along the ids or
# collects and sorts all matches; when it reckons wrong, a page takes a second. So both ways are
# written down, one after the other, and none of it is left to the planner: `near` is read row by
# row until the page is full, `far` not at all unless it is not. OFFSET 0 keeps a subquery whole.
_ROW = (
    " CROSS JOIN LATERAL (SELECT 1 FROM customers_searchrow r WHERE r.id = s.id"
    " AND {seen}{also} OFFSET 0) r"
)
_FIND_POSTGRESQL = (
    "WITH far AS MATERIALIZED (SELECT id FROM {table} WHERE words @@ %s::tsquery),"
    " near AS MATERIALIZED (SELECT id, words FROM {table} WHERE id > %s ORDER BY id LIMIT %s)"
    " (SELECT s.id FROM (SELECT id FROM near WHERE words @@ %s::tsquery OFFSET 0) s"
    "{row} LIMIT %s)"
    " UNION ALL"
    " (SELECT s.id FROM (SELECT id FROM far"
    " WHERE id > coalesce((SELECT max(id) FROM near), %s) ORDER BY id OFFSET 0) s"
    "{row} LIMIT %s)"
    " LIMIT %s"
)


def matching(lookup: Lookup) -> str:
    """The words of a lookup in the language of the database."""
    sqlite = connection.vendor == "sqlite"
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
    quoted = '"{}"' if sqlite else "'{}'"
    return both.join(
        "("
        + either.join(
            "(" + both.join(quoted.format(word) for word in words) + ")"
            for words in part.any_of
            if words
        )
        + ")"
        for part in lookup.parts
    )


def _compared(part: Sought) -> tuple[str, list[str | int]]:
    """What must be compared besides the words; an empty clause when words decide alone."""
    if part.contains:
        position = "instr(r.text, %s)" if connection.vendor == "sqlite" else "strpos(r.text, %s)"
        clause, values = f"{position} > 0", list[str | int]([part.contains])
        if part.estates:
            marks = ", ".join(["%s"] * len(part.estates))
            clause += f" OR r.estate_id IN ({marks})"
            values += part.estates
        return clause, values
    if part.tail:
        return _TAIL, [f"%{part.tail}", f"%{part.tail}", part.tail, part.tail, part.tail.lower()]
    return "", []


_TAIL = (
    "EXISTS (SELECT 1 FROM customers_phone p WHERE p.customer_id = r.customer_id AND p.number LIKE %s)"
    " OR EXISTS (SELECT 1 FROM customers_servicepoint a"
    " WHERE a.premises_id = r.premises_id AND a.account_no LIKE %s)"
    " OR EXISTS (SELECT 1 FROM customers_premises h"
    " WHERE h.id = r.premises_id AND (h.flat = %s OR h.building = %s))"
    " OR r.text LIKE '%%' || %s || '%%'"
)
