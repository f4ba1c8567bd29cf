"""What stands around a case: bars on top of it, its files, the cases it belongs to."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.cases.models import AnswerRequest, Attachment, Case, CaseLink, Merge
from shouwen.cases.presenters import further, kind_acts, reasons
from shouwen.cases.presenters.menu import Scene, at_version
from shouwen.cases.presenters.timeline import in_brackets, without_numbers
from shouwen.cases.queries import asked_to_void
from shouwen.ui import wording
from shouwen.ui.pages_casework import Bar, FileLine, TieLine
from shouwen.ui.parts import Action

MEDIA = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "application/pdf": "PDF",
    "audio/wav": "WAV",
    "audio/mpeg": "MP3",
    "text/plain": "TXT",
}


def bars(scene: Scene, *, merge: Merge | None) -> tuple[Bar, ...]:
    """What waits for a decision, and into which case this one went."""
    kinds = (*_answer_bar(scene), *_incident_bar(scene))
    return (*_void_bar(scene), *kinds, *_merge_bar(scene, merge), *_paper_bar(scene.case))


def files(case: Case, scene: Scene) -> tuple[FileLine, ...]:
    """The files, the latest first."""
    return tuple(_file(each, case, scene) for each in reversed(case.attachments.all()))


def ties(case: Case, links: list[CaseLink], scene: Scene) -> tuple[TieLine, ...]:
    """The cases it belongs to: merged into it, and linked."""
    merged = [
        TieLine(
            how=_("并进来的"),
            number=other.number,
            title=other.said,
            url=reverse("case", args=[other.number]),
        )
        for other in case.merged_cases.all()
    ]
    return (*merged, *(_tie(case, link, scene) for link in links))


def file_sentence(attachment: Attachment) -> str:
    """What kind of file it is and how large."""
    kind = MEDIA.get(attachment.media_type, attachment.media_type)
    return f"{kind} · {filesizeformat(attachment.size)}"


def _void_bar(scene: Scene) -> list[Bar]:
    request = asked_to_void(scene.case)
    if request is None:
        return []
    is_own = request.asked_by_id == scene.viewer.pk
    may = scene.may(Allowed.APPROVE_VOID) and not is_own
    both = (
        further.approve_void(request, scene.new_id),
        further.refuse_void(request, scene.new_id),
    )
    text = _("%(name)s 申请作废：%(reason)s") % {
        "name": request.asked_by.name,
        "reason": reasons.void_reasons()[request.reason],
    }
    if request.words:
        text = f"{text} {in_brackets(without_numbers(request.words))}"
    if not may:
        text = _("%(text)s。等另一位主管批准") % {"text": text}
    acts = tuple(at_version(act, scene.case) for act in both) if may else ()
    return [Bar(text=text, icon="rubber-stamp", actions=acts)]


def _answer_bar(scene: Scene) -> list[Bar]:
    """The last question to the superiors: to be decided, or decided and the customer still waits."""
    if not scene.requests or not scene.case.is_open:
        return []
    request = scene.requests[-1]
    if request.state != AnswerRequest.State.ASKED:
        is_over = not scene.waits_for_answer
        return [] if is_over else [Bar(text=kind_acts.decided_text(request), icon="rubber-stamp")]
    text = kind_acts.asked_text(request)
    if request.asked_by_id == scene.viewer.pk or not scene.may(Allowed.APPROVE_ANSWER):
        return [Bar(text=_("%(text)s。等上级批") % {"text": text}, icon="rubber-stamp")]
    both = kind_acts.decide(request, scene.new_id)
    actions = tuple(at_version(act, scene.case) for act in both)
    return [Bar(text=text, icon="rubber-stamp", actions=actions)]


def _incident_bar(scene: Scene) -> list[Bar]:
    return [kind_acts.incident_bar(scene.incident)] if scene.incident else []


def _merge_bar(scene: Scene, merge: Merge | None) -> list[Bar]:
    if merge is None:
        return []
    text = _("已并入 %(number)s，在那张上办。这张的承诺照样算。") % {"number": merge.into.number}
    acts = [_go_to(merge.into)]
    if scene.may(Allowed.MERGE_CASES):
        acts.append(at_version(further.undo_merge(merge, scene.new_id), scene.case))
    return [Bar(text=text, icon="git-merge", actions=tuple(acts))]


def _go_to(case: Case) -> Action:
    return Action(
        id="survivor",
        verb=_("打开 %(number)s") % {"number": case.number},
        url=reverse("case", args=[case.number]),
        is_link=True,
    )


def _paper_bar(case: Case) -> list[Bar]:
    entry = getattr(case, "paper_entry", None)
    if entry is None:
        return []
    text = _("补录：%(name)s %(at)s 从“%(paper)s”录入，原因：%(reason)s") % {
        "name": entry.entered_by.name,
        "at": wording.full_moment(entry.entered_at),
        "paper": entry.paper,
        "reason": reasons.late_reasons()[entry.reason],
    }
    return [Bar(text=text, icon="note")]


def _file(attachment: Attachment, case: Case, scene: Scene) -> FileLine:
    at = wording.moment(attachment.added_at, now=scene.now)
    return FileLine(
        name=without_numbers(attachment.original_name) or attachment.stored_name,
        sub=f"{file_sentence(attachment)} · {at} {attachment.added_by.name}",
        url=reverse("attachment", args=[case.number, attachment.pk])
        if scene.may(Allowed.DOWNLOAD_ATTACHMENT)
        else "",
    )


def _tie(case: Case, link: CaseLink, scene: Scene) -> TieLine:
    other = link.other if link.case_id == case.pk else link.case
    how = reasons.link_kinds()[link.kind]
    if link.kind == CaseLink.Kind.DUPLICATE:
        how = _("以它为准") if link.case_id == case.pk else _("与这张重复")
    may = scene.may(Allowed.LINK_CASES)
    return TieLine(
        how=how,
        number=other.number,
        title=other.said,
        url=reverse("case", args=[other.number]),
        undo=further.unlink(link, scene.new_id) if may else None,
    )
