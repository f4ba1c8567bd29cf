"""Edition 1: the pack that an installation began with, registered before anything can follow it."""

import secrets
import shutil
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwen.adapters import ids
from shouwen.clocks.queries import editions_folder
from shouwen.editions.models import Edition
from shouwen.editions.operations.installing import install
from shouwen.editions.subjects import edition_subject
from shouwen.journal.operations import record
from shouwen.standard.digests import lock
from shouwen.standard.edition_files import PACK, copy_pack, seal
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack


def ensure_first(*, now: datetime) -> Edition:
    """Registers the pack in SHOUWEN_STANDARD as edition 1, unless there is one already.

    Nobody approved it here: it was in force when the installation began. All of its versions count
    as published from now on. Raises PackFaults, OSError.
    """
    there = Edition.objects.filter(number=1).first()
    if there is not None:
        return there
    new_id = ids.uuid7(now)
    folder = editions_folder() / str(new_id) / secrets.token_hex(6)
    try:
        copy_pack(pack=default_pack_path(), into=folder)
        pack = load_pack(folder / PACK)
        lock(path=folder / PACK / "published.toml", digests=pack.digests, published=pack.published)
        row = _registered(
            new_id, f"{new_id}/{folder.name}", pack.digest, seal(folder), pack.edition, now=now
        )
    except IntegrityError:  # another process was first
        shutil.rmtree(folder.parent, ignore_errors=True)
        return Edition.objects.get(number=1)
    except BaseException:
        shutil.rmtree(folder.parent, ignore_errors=True)
        raise
    install()
    return row


@transaction.atomic
def _registered(
    new_id: UUID, folder: str, digest: str, sealed: str, name: str, *, now: datetime
) -> Edition:
    row = Edition.objects.create(
        id=new_id,
        number=1,
        name=name,
        state=Edition.State.PUBLISHED,
        folder=folder,
        digest=digest,
        seal=sealed,
        started_at=now,
        saved_at=now,
        published_at=now,
    )
    record(
        id=new_id,
        kind="pack.published",
        subject=edition_subject(new_id),
        happened_at=now,
        now=now,
        data={"number": 1, "digest": digest, "seal": sealed},
        standard_version=digest,
    )
    return row
