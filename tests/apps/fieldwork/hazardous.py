"""Hazards and what is done about them, for tests."""

import io
import uuid
from datetime import timedelta

from PIL import Image

from shouwen.adapters.attachments import AttachmentStore
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.fieldwork.operations import hazards
from shouwen.people.models import Staff
from tests import people
from tests.apps.fieldwork.field import at, technician

FLUELESS, OLD_HOSE, LOOSE_CLAMP = (
    "HZ-D01",
    "HZ-B01",
    "HZ-B06",
)  # must be told in writing; by notice; on the spot


def picture_with_place() -> bytes:
    """A photo as a camera makes it: it carries where it was taken."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x8825] = {1: "N", 2: (30.0, 30.0, 0.0), 3: "E", 4: (117.0, 2.0, 0.0)}
    Image.new("RGB", (64, 48), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


PICTURE = picture_with_place()


def found(code: str = FLUELESS, *, minutes: float = 0, **known) -> Hazard:
    """Somebody finds a hazard."""
    known.setdefault("id", uuid.uuid4())
    known.setdefault("found_by", technician())
    known.setdefault("contact", "14000002093")
    known.setdefault("place", "青梧里 3-1-502")
    new = hazards.NewHazard(code=code, found_at=at(minutes), **known)
    return hazards.find(new=new, now=at(minutes))


def doing(hazard: Hazard, *, minutes: float, by: Staff | None = None, **known) -> hazards.Doing:
    """Who does what about a hazard, and when."""
    return hazards.Doing(
        act_id=known.pop("act_id", None) or uuid.uuid4(),
        hazard_id=hazard.pk,
        by=by or technician(),
        at=at(minutes),
        now=at(minutes),
        **known,
    )


def noticed(hazard: Hazard, *, minutes: float = 5, days: float = 15, **known) -> HazardNotice:
    """A notice is made, not given yet."""
    return hazards.make_notice(
        act_id=known.pop("act_id", None) or uuid.uuid4(),
        hazard_ids=known.pop("hazard_ids", [hazard.pk]),
        by=technician(),
        until=at(minutes) + timedelta(days=days),
        at=at(minutes),
        now=at(minutes),
        **known,
    )


def given(notice: HazardNotice, *, minutes: float = 10, **proof) -> HazardNotice:
    """The customer has it, with proof."""
    proof = proof or {"how": "signed", "signer": "阮女士", "signature": "ab" * 32}
    return hazards.give_notice(
        act_id=uuid.uuid4(),
        notice_id=notice.pk,
        by=technician(),
        proof=hazards.Proof(**proof),
        at=at(minutes),
        now=at(minutes),
    )


def pictured(hazard: Hazard, store: AttachmentStore, *, minutes: float = 3) -> None:
    """Somebody takes a photo of it."""
    hazards.add_photo(
        act_id=uuid.uuid4(), hazard_id=hazard.pk, by=technician(), content=PICTURE, store=store,
        at=at(minutes), now=at(minutes),
    )  # fmt: skip


def office() -> Staff:
    """Whoever dispatches."""
    return people.staff("zhou_min")
