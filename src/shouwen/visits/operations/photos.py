"""Photos and signatures of visits, made anew before they are kept."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.adapters.pictures import Picture, remade
from shouwen.fieldwork.models import Order
from shouwen.people.models import Staff
from shouwen.visits.models import Photo


class OtherContent(Exception):
    """Another picture came under this id before: the first stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPhoto:
    """A picture as a phone sends it."""

    id: uuid.UUID
    content: bytes
    kind: str = "photo"
    order: uuid.UUID | None = None
    visit: uuid.UUID | None = None
    gps: str = ""
    taken_at: datetime | None = None


def keep_photo(*, sent: SentPhoto, by: Staff, store: AttachmentStore, now: datetime) -> Photo:
    """Keeps a picture once. Raises NotAPicture, OtherContent."""
    digest = hashlib.sha256(sent.content).hexdigest()
    there = Photo.objects.filter(pk=sent.id).first()
    if there is None:
        picture = remade(sent.content)
        kept = store.keep(picture.content, suffix=".jpg")
        there, is_new = _kept(sent, picture, kept.name, kept.sha256, digest, by=by, now=now)
        if not is_new:
            store.discard(kept.name)
    if there.sent_sha256 != digest:
        raise OtherContent
    return there


@transaction.atomic
def _kept(
    sent: SentPhoto, picture: Picture, name: str, sha256: str, digest: str, *, by: Staff,
    now: datetime,
) -> tuple[Photo, bool]:  # fmt: skip
    order = Order.objects.filter(pk=sent.order).first() if sent.order else None
    return Photo.objects.get_or_create(
        id=sent.id,
        defaults={
            "kind": sent.kind[:12], "order": order, "visit_ref": sent.visit, "staff": by,
            "stored_name": name, "sent_sha256": digest, "sha256": sha256,
            "width": picture.width, "height": picture.height, "size": len(picture.content),
            "gps": (picture.gps or sent.gps)[:40], "taken_at": sent.taken_at, "received_at": now,
        },
    )  # fmt: skip
