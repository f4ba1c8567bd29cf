"""The written notice: made for one or several hazards of one place, given with proof, each paper sealed."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.adapters.signing import SigningKey
from shouwen.cases.operations.happenings import Act
from shouwen.core.events import Scalar
from shouwen.core.hazards import Step, StepRefused, after
from shouwen.fieldwork.models import Hazard, HazardNotice, NoticePaper
from shouwen.fieldwork.operations.hazards.acting import changed, held_hazard, noted
from shouwen.fieldwork.operations.hazards.finding import next_number
from shouwen.fieldwork.operations.hazards.messaging import message_customer
from shouwen.fieldwork.operations.hazards.reminding import begin_reminding
from shouwen.fieldwork.operations.hazards.steps import HazardRefusal, state_of
from shouwen.fieldwork.queries.hazards import catalogue, chain_of
from shouwen.people.models import Staff
from shouwen.ui import wording

TOLD = "hazard-told"
SEALED = b"shouwen hazard notice\n"
"""Stands before the SHA-256 that is signed, so that no other signature of the key can pass for one."""


class NotGiven(Exception):
    """The proof is not whole: who signed, who witnessed, or how it was served is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How a notice was given. `signature`: SHA-256 of what the customer signed on the phone, or of the scan.

    signed needs `signer`, refused needs `witness`, served needs `words` (registered letter, receipt number …).
    """

    how: str
    signer: str = ""
    witness: str = ""
    words: str = ""
    signature: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it proves anything."""
        needed = {"signed": self.signer, "refused": self.witness, "served": self.words}
        return bool(needed.get(self.how, "").strip())


@transaction.atomic
def make_notice(
    *,
    act_id: uuid.UUID,
    hazard_ids: Sequence[uuid.UUID],
    by: Staff,
    until: datetime,
    at: datetime,
    now: datetime,
    requirement: str = "",
    instrument: str = "",
) -> HazardNotice:
    """Writes a notice about open hazards of one place; not given yet. Raises HazardRefusal, ValueError for none."""
    there = HazardNotice.objects.filter(pk=act_id).first()
    if there:
        return there
    hazards = [held_hazard(pk) for pk in sorted(set(hazard_ids))]
    if not hazards or len({(each.premises_id, each.place) for each in hazards}) > 1:
        raise ValueError("a notice is about hazards of one place")
    for each in hazards:
        if not each.is_open:
            raise HazardRefusal(each, Step.NOTIFIED, ("open",))
    year = wording.local_day(at).year
    notice = HazardNotice.objects.create(
        id=act_id,
        number=catalogue().plan.notice_number.format(year=year, count=next_number(f"N{year}")),
        until=until, requirement=requirement[:300], instrument=instrument[:30], made_by=by,
        made_at=at,
    )  # fmt: skip
    notice.hazards.set(hazards)
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    data = {"notice": notice.number, "until": until.isoformat()}
    for each in hazards:
        noted(act.part(f"made:{each.pk}"), "hazard.notice_made", each, data)
    return notice


@transaction.atomic
def give_notice(
    *,
    act_id: uuid.UUID,
    notice_id: uuid.UUID,
    by: Staff,
    proof: Proof,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> HazardNotice:
    """The customer has the notice, with proof: from here the time to put it right runs, and an SMS goes.

    A notice is given once; the first proof stays. Raises NotGiven, HazardRefusal.
    """
    notice = HazardNotice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if notice.given_at is not None:
        return notice
    if not proof.is_whole:
        raise NotGiven(notice.number)
    notice.how, notice.signer, notice.witness = proof.how, proof.signer[:60], proof.witness[:60]
    notice.words, notice.proof = proof.words[:200], proof.signature[:64]
    notice.given_at, notice.given_by = at, by
    notice.save()
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    hazards = [held_hazard(pk) for pk in sorted(notice.hazards.values_list("pk", flat=True))]
    for each in hazards:
        _notified(act.part(f"given:{each.pk}"), each, notice)
    params = {
        "count": str(len(hazards)), "until": wording.day_text(wording.local_day(notice.until)),
    }  # fmt: skip
    message_customer(hazards[0], TOLD, act=act, params=params, key=f"notice:{notice.pk}:told")
    begin_reminding(notice=notice, now=now)
    return notice


def _notified(act: Act, hazard: Hazard, notice: HazardNotice) -> None:
    try:
        after(chain_of(hazard), Step.NOTIFIED)
    except StepRefused as refusal:
        raise HazardRefusal(hazard, Step.NOTIFIED, refusal.lacks) from None
    hazard.notified_at = hazard.notified_at or act.at
    hazard.told_at = hazard.told_at or act.at
    hazard.until = notice.until
    hazard.state = state_of(hazard)
    changed(hazard, "notified_at", "told_at", "until", "state")
    data = {
        "notice": notice.number, "until": notice.until.isoformat(), "how": notice.how,
        "proof": notice.proof,
    }  # fmt: skip
    noted(act, "hazard.notified", hazard, data)


def seal_paper(
    *,
    act_id: uuid.UUID,
    notice: HazardNotice,
    pdf: bytes,
    by: Staff,
    store: AttachmentStore,
    key: SigningKey,
    now: datetime,
) -> NoticePaper:
    """Keeps a PDF of a notice, signs its SHA-256 with the journal's key and writes both into the journal."""
    there = NoticePaper.objects.filter(pk=act_id).first()
    if there:
        return there
    kept = store.keep(pdf, suffix=".pdf")
    paper = NoticePaper(
        id=act_id, notice=notice, ordinal=1, stored_name=kept.name, size=len(pdf),
        sha256=kept.sha256, signature=key.sign(SEALED + kept.sha256.encode()),
        key=key.public.name, made_at=now,
    )  # fmt: skip
    try:
        return _sealed(Act(id=act_id, by=by.staff_no, at=now, now=now), paper)
    except BaseException:
        store.discard(kept.name)
        raise


@transaction.atomic
def _sealed(act: Act, paper: NoticePaper) -> NoticePaper:
    HazardNotice.objects.select_for_update(of=("self",)).get(pk=paper.notice_id)
    paper.ordinal = 1 + NoticePaper.objects.filter(notice=paper.notice_id).count()
    paper.save(force_insert=True)
    data: dict[str, Scalar] = {
        "notice": paper.notice.number, "ordinal": paper.ordinal, "sha256": paper.sha256,
        "signature": paper.signature, "key": paper.key,
    }  # fmt: skip
    for each in paper.notice.hazards.order_by("pk"):
        noted(act.part(f"sealed:{each.pk}"), "hazard.paper_sealed", each, data)
    return paper


def seal_holds(paper: NoticePaper, *, content: bytes, key: SigningKey) -> bool:
    """Whether a stored paper is the one that was sealed."""
    sha256 = hashlib.sha256(content).hexdigest()
    return sha256 == paper.sha256 and key.public.signed(SEALED + sha256.encode(), paper.signature)
