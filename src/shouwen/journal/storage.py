"""What only the database knows: triggers that keep the journal append-only, and rows stored in a foreign form.

A migration that alters a table of the journal calls `let_change` first and `keep_append_only` after:
SQLite rebuilds the table for it and would lose the triggers without a word.
"""

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = ("journal_entry", "journal_seal", "journal_sealedhead")
_UUIDS = ("id", "subject_id")
_MOMENTS = ("happened_at", "recorded_at")
_TEXTS = (
    "source",
    "kind",
    "subject_kind",
    "actor",
    "on_behalf_of",
    "workstation",
    "standard_version",
)
_DIGIT = "[0-9]"
_MOMENT = "-".join([_DIGIT * 4, _DIGIT * 2, _DIGIT * 2]) + " " + ":".join([_DIGIT * 2] * 3)


def keep_append_only(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the database refuse to change or remove rows of the journal, whoever asks."""
    for statement in _creating(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def let_change(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the refusal away: to undo the migration, and to empty the database between tests."""
    for statement in _dropping(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def malformed_position() -> int | None:
    """The first position whose entry is stored in a form that this program never writes.

    SQLite takes any type in any column, and an id in capitals is the same id that no query finds.
    PostgreSQL's own types leave nothing to look for.
    """
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute(_malformed())
        found: int | None = cursor.fetchone()[0]
    return found


def _creating(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'the journal is append-only: % of % refused', TG_OP, TG_TABLE_NAME; "
            "END $$",
            *(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
                for table in APPEND_ONLY
            ),
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'the journal is append-only: {verb} of {table} refused'); END"
        for table in APPEND_ONLY
        for verb in ("update", "delete")
    ]


def _dropping(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            *(f"DROP TRIGGER {table}_append_only ON {table}" for table in APPEND_ONLY),
            "DROP FUNCTION journal_refuse()",
        ]
    return [
        f"DROP TRIGGER {table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")
    ]


def _malformed() -> str:
    columns = [*_UUIDS, *_MOMENTS, *_TEXTS, "data"]
    faults = [f"typeof(e.{column}) <> 'text'" for column in columns]
    faults += [f"length(e.{column}) <> 32 OR e.{column} GLOB '*[^0-9a-f]*'" for column in _UUIDS]
    faults += [
        f"NOT (e.{column} GLOB '{_MOMENT}' OR e.{column} GLOB '{_MOMENT}.{_DIGIT * 6}')"
        for column in _MOMENTS
    ]
    faults.append("NOT json_valid(e.data)")
    # The names are the constants above: nothing from outside reaches this text.
    return (
        "SELECT min(s.position) FROM journal_seal s JOIN journal_entry e ON e.id = s.entry_id "  # noqa: S608
        f"WHERE {' OR '.join(faults)}"
    )
