"""Every act on a hazard that its page offers: the form it reads, the operation it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.access.permission import Action
from shouwen.adapters import system_clock
from shouwen.adapters.attachments import AttachmentStore
from shouwen.adapters.signing import signing_key
from shouwen.adapters.typesetting import FontsMissing
from shouwen.cases.operations import part_of
from shouwen.clocks.queries import active_pack
from shouwen.fieldwork import forms
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.fieldwork.operations import hazards as operations
from shouwen.fieldwork.presenters.hazard_acts import lack_words
from shouwen.fieldwork.presenters.notice import notice_pdf
from shouwen.journal.sealer import KEY_FILE
from shouwen.people.requests import person


class Refused(Exception):
    """An act that was refused; the message is for the person, with what to do."""


@dataclass(frozen=True, slots=True)
class HazardDeed:
    """One act: its form, what it does, who may."""

    form: type[forms.HazardActForm]
    do: Callable[[HttpRequest, Hazard, Form], object]
    action: Action = Action.WORK_ON_HAZARD


def tried(act: Callable[[], object]) -> None:
    """Does the act. Raises Refused with the reason in words."""
    try:
        act()
    except operations.HazardRefusal as refusal:
        joined = "、".join(lack_words()[code] for code in refusal.lacks)
        raise Refused(_("还不行：先要有 %(what)s") % {"what": joined}) from refusal
    except operations.HazardMoved as refusal:
        raise Refused(_("有人刚刚动过这处隐患，请看过再做")) from refusal
    except operations.NotGiven as refusal:
        text = _("凭证不全：签收写签收人，拒签写见证人，其他方式写凭据")
        raise Refused(text) from refusal
    except operations.NoPhoto as refusal:
        raise Refused(_("要一张 5 MB 以内的 JPEG、PNG 或 WebP 照片，一处最多 20 张")) from refusal
    except FontsMissing as refusal:
        text = _("没有中文字体，印不了。请管理员安装 Noto Sans CJK（Debian 包 fonts-noto-cjk）。")
        raise Refused(text) from refusal


def hazard_files() -> AttachmentStore:
    """Where this installation keeps photos and papers of hazards: with the files of cases."""
    return AttachmentStore(settings.SHOUWEN_ATTACHMENTS_DIR)


def give(request: HttpRequest, notice: HazardNotice) -> None:
    """Records how a notice was given and seals the paper that says so."""
    form = forms.GiveForm(request.POST)
    if not form.is_valid():
        raise operations.NotGiven(notice.number)
    data, now = form.cleaned_data, system_clock.now()
    proof = operations.Proof(
        how=data["how"], signer=data["signer"], witness=data["witness"], words=data["words"]
    )
    given = operations.give_notice(
        act_id=form.act, notice_id=notice.pk, by=person(request), proof=proof, at=now, now=now
    )
    _seal(request, given, form)


def make_paper(request: HttpRequest, notice: HazardNotice) -> None:
    """Makes and seals the PDF in the language of whoever asks."""
    form = forms.HazardActForm(request.POST)
    if not form.is_valid():
        raise operations.NotGiven(notice.number)
    _seal(request, notice, form)


def _seal(request: HttpRequest, notice: HazardNotice, form: forms.HazardActForm) -> None:
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    operations.seal_paper(
        act_id=part_of(form.act, "paper"),
        notice=notice,
        pdf=notice_pdf(notice=notice, pack=active_pack(), language=language),
        by=person(request),
        store=hazard_files(),
        key=signing_key(Path(settings.SHOUWEN_HOME) / KEY_FILE),
        now=system_clock.now(),
    )


def _doing(request: HttpRequest, found: Hazard, form: Form) -> operations.Doing:
    now = system_clock.now()
    return operations.Doing(
        act_id=form.cleaned_data["act_id"], hazard_id=found.pk, by=person(request), at=now,
        now=now, version=form.cleaned_data["version"],
    )  # fmt: skip


def _read(form: Form, moment: str) -> tuple[operations.Read, ...]:
    data = form.cleaned_data
    if not data["value"] or not data["reading"]:
        return ()
    read = operations.Read(
        reading=data["reading"], value=data["value"], instrument=data["instrument"], moment=moment
    )
    return (read,)


def _stop(request: HttpRequest, found: Hazard, form: Form) -> None:
    data = form.cleaned_data
    operations.make_safe(doing=_doing(request, found, form), stop=data["stop"], seal=data["seal"])


def _tell(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.tell(doing=_doing(request, found, form))


def _notice(request: HttpRequest, found: Hazard, form: Form) -> None:
    if not isinstance(form, forms.NoticeForm):
        return
    data, now = form.cleaned_data, system_clock.now()
    made = operations.make_notice(
        act_id=form.act, hazard_ids=[found.pk], by=person(request), until=form.until_at, at=now,
        now=now, requirement=data["requirement"], instrument=data["instrument"],
    )  # fmt: skip
    _seal(request, made, form)


def _rectified(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.note_rectified(doing=_doing(request, found, form))


def _fixed(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.fixed_on_the_spot(doing=_doing(request, found, form), readings=_read(form, "after"))


def _recheck(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.note_rechecked(
        doing=_doing(request, found, form), passed=form.cleaned_data["passed"] == "yes",
        readings=_read(form, "recheck"),
    )  # fmt: skip


def _gas_back(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.give_gas_back(doing=_doing(request, found, form))


def _removed(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.note_removed(doing=_doing(request, found, form), words=form.cleaned_data["words"])


def _photo(request: HttpRequest, found: Hazard, form: Form) -> None:
    now = system_clock.now()
    operations.add_photo(
        act_id=form.cleaned_data["act_id"], hazard_id=found.pk, by=person(request),
        content=form.cleaned_data["photo"].read(), store=hazard_files(), at=now, now=now,
    )  # fmt: skip


def _close(request: HttpRequest, found: Hazard, form: Form) -> None:
    operations.close_hazard(doing=_doing(request, found, form))


DEEDS: dict[str, HazardDeed] = {
    "stop": HazardDeed(forms.StopForm, _stop),
    "tell": HazardDeed(forms.HazardActForm, _tell),
    "notice": HazardDeed(forms.NoticeForm, _notice),
    "rectified": HazardDeed(forms.HazardActForm, _rectified, Action.REPORT_RECTIFIED),
    "fixed": HazardDeed(forms.ReadingForm, _fixed),
    "recheck": HazardDeed(forms.RecheckForm, _recheck),
    "gas-back": HazardDeed(forms.HazardActForm, _gas_back),
    "removed": HazardDeed(forms.RemovedForm, _removed),
    "photo": HazardDeed(forms.PhotoForm, _photo),
    "close": HazardDeed(forms.HazardActForm, _close),
}
