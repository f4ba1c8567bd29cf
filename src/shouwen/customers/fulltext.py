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
_CREATE = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, content='', contentless_delete=1,"
        " detail=none, tokenize=\"ascii tokenchars '_'\")",
    ),
    "postgresql": (
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        # Few words decide how many rows there are to expect; the default of 100 is too few of them.
        f"ALTER TABLE {TABLE} ALTER COLUMN words SET STATISTICS 1000",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ),
}


def create(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the table; for migrations."""
    for statement in _CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Removes the table; for migrations."""
    schema_editor.execute(f"DROP TABLE {TABLE}")


def add(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Puts the words of new search rows in: pairs of row id and words."""
    rows = sorted(rows)  # FTS5 writes a segment to disk whenever ids go back
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)",  # noqa: S608 - a constant
                [(pk, " ".join(words)) for pk, words in rows],
            )
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, words) VALUES (%s, array_to_tsvector(%s))"  # noqa: S608
                " ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
                [(pk, list(words)) for pk, words in rows],
            )


def remove(ids: Sequence[int]) -> None:
    """Takes the words of search rows out."""
    key = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE {key} = %s",  # noqa: S608 - constants
            [(pk,) for pk in ids],
        )


def find(*, lookup: Lookup, after: int = 0, limit: int) -> list[int]:
    """Ids of search rows in which every part of the lookup is found, ascending, from `after` on.

    One index query; only where words alone do not decide are texts compared.
    """
    if not lookup.parts:
        return []
    clauses: list[str] = []
    params: list[str | int] = [matching(lookup), after]
    for part in lookup.parts:
        clause, values = _compared(part)
        if clause:
            clauses.append(clause)
            params += values
    sql = _FIND[connection.vendor].format(
        table=TABLE, seen=_SEEN, also="".join(f" AND ({clause})" for clause in clauses)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, limit])
        return [row[0] for row in cursor.fetchall()]


# CROSS JOIN: SQLite is not to look for a better order; the words come first.
_FIND = {
    "sqlite": "SELECT r.id FROM {table} s CROSS JOIN customers_searchrow r ON r.id = s.rowid"
    " WHERE s.{table} MATCH %s AND s.rowid > %s AND {seen}{also} ORDER BY s.rowid LIMIT %s",
    "postgresql": "SELECT r.id FROM {table} s JOIN customers_searchrow r ON r.id = s.id"
    " WHERE s.words @@ %s::tsquery AND s.id > %s AND {seen}{also} ORDER BY s.id LIMIT %s",
}


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
