"""Recordings as boxes: a button that opens one, the player once it is open, or why there is nothing to hear."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.adapters.telephony.tracks import SIDES, Side
from shouwen.hotline.models import Call, Recording
from shouwen.ui import wording
from shouwen.ui.pages_calls import SideChoice, SoundBox
from shouwen.ui.parts import Action, Field, Note


@dataclass(frozen=True, slots=True)
class SoundMaterial:
    """Who may hear and take away, which files are missing, and what is open: recording, opening, side."""

    may_play: bool
    may_download: bool
    act_id: uuid.UUID
    missing: frozenset[uuid.UUID] = frozenset()
    opened: uuid.UUID | None = None
    opening: uuid.UUID | None = None
    side: Side = "both"


def sound_boxes(material: SoundMaterial, recordings: Sequence[Recording]) -> tuple[SoundBox, ...]:
    """A box for each recording of a call."""
    return tuple(_box(each, material) for each in recordings)


def opened_query(material: SoundMaterial) -> str:
    """What is open, as the query of an address; "" for nothing."""
    if material.opening is None or material.opened is None:
        return ""
    return f"open={material.opening}&recording={material.opened}&side={material.side}"


def sounds_note(call: Call, recordings: Sequence[Recording]) -> Note | None:
    """Why there is no recording at all."""
    if recordings:
        return None
    if call.stage != Call.Stage.OVER:
        return Note(_("通话结束、录音导入后出现在这里"), "plain")
    if call.answered_at is None:
        return Note(_("没有接通，没有录音"), "plain")
    return Note(_("这通电话没有录音"), "plain")


def _box(recording: Recording, material: SoundMaterial) -> SoundBox:
    channels = _("双声道") if recording.channels == 2 else _("单声道，分不出谁在说")
    parts = (
        wording.length(recording.seconds, ticking=True),
        channels,
        filesizeformat(recording.bytes),
    )
    note = _why_not(recording, material)
    is_open = note is None and material.opened == recording.pk and material.opening is not None
    return SoundBox(
        id=str(recording.pk),
        text=" · ".join(parts),
        kept=_("保存到 %(day)s") % {"day": wording.day_text(recording.kept_until)},
        note=note,
        play=None if note or is_open else _play(recording, material),
        download=_download(recording, material)
        if note is None and material.may_download
        else None,
        src=_src(recording, material) if is_open else "",
        label=_("录音 %(length)s") % {"length": parts[0]},
        channels=_sides(recording, material) if is_open and recording.channels == 2 else (),
    )


def _why_not(recording: Recording, material: SoundMaterial) -> Note | None:
    if recording.removed_at is not None:
        day = wording.day_text(wording.local_day(recording.removed_at))
        return Note(_("录音保存期满，%(day)s 已删除") % {"day": day}, "plain", "ban")
    if recording.pk in material.missing:
        return Note(_("录音文件不在了，请管理员从备份找回"), "over")
    if not material.may_play:
        return Note(_("录音只有质检、调度和当事人能听"), "plain", "lock")
    return None


def _play(recording: Recording, material: SoundMaterial) -> Action:
    return Action(
        id=f"play-{recording.pk}",
        verb=_("播放"),
        url=reverse("recording_open", args=[recording.call_id, recording.pk]),
        icon="player-play",
        look="primary",
        key="Enter",
        fields=(_act(material),),
    )


def _download(recording: Recording, material: SoundMaterial) -> Action:
    return Action(
        id=f"download-{recording.pk}",
        verb=_("下载"),
        url=reverse("recording_download", args=[recording.call_id, recording.pk]),
        question=_("把录音下载到这台电脑"),
        text=_("下载会留痕。里面有客户的声音，用完删除。"),
        fields=(_act(material),),
    )


def _act(material: SoundMaterial) -> Field:
    return Field("act_id", "", kind="hidden", value=str(material.act_id))


def _src(recording: Recording, material: SoundMaterial) -> str:
    args = [recording.call_id, recording.pk, material.opening, material.side]
    return reverse("recording_sound", args=args)


def _sides(recording: Recording, material: SoundMaterial) -> tuple[SideChoice, ...]:
    labels = {"both": _("两边"), "left": _("只听客户"), "right": _("只听坐席")}
    page, box = (reverse(name, args=[recording.call_id]) for name in ("call", "call_sounds"))
    queries = {side: opened_query(replace(material, side=side)) for side in SIDES}
    return tuple(
        SideChoice(
            labels[side],
            f"{page}?{query}#sound",
            f"{box}?{query}",
            is_on=side == material.side,
        )
        for side, query in queries.items()
    )
