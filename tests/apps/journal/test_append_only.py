import pytest
from django.db import Error, connection, transaction

from shouwen.adapters.signing import signing_key
from shouwen.journal.models import Entry, Seal, SealedHead
from shouwen.journal.operations import seal, sign_head
from tests.apps.journal.entries import NOON, wrote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_sealed_entry(tmp_path):
    wrote()
    seal(now=NOON)
    sign_head(key=signing_key(tmp_path / "key"), now=NOON)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Entry, {"actor": "9999"}),
        (Seal, {"hash": "0" * 64}),
        (SealedHead, {"signature": ""}),
    ],
)
def test_the_database_refuses_to_change_the_journal(model, change):
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize("table", ["journal_entry", "journal_seal", "journal_sealedhead"])
def test_the_database_refuses_to_remove_from_the_journal(table):
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - the tables named above


def test_postgresql_refuses_to_truncate_the_journal():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE journal_sealedhead")
