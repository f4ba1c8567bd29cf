"""The call as a picture: both sides over time, from the recording or from the times of what was said."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwen.core.audio.placing import begins_after
from shouwen.core.waveform import COLUMNS, outline
from shouwen.hotline.models import Call, Recording
from shouwen.hotline.queries.sounds import MEASURED
from shouwen.review.presenters.sound import Timing, facts, shades, timing_of
from shouwen.review.queries import WholeReview
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.pages_review import WaveFlag, WaveLane, WavePicture

_WIDTH, _LEFT, _LANE = 660, 60, 40
_TOP, _HEIGHT = 28, 124


def wave_picture(told: WholeReview, *, pack: Pack) -> WavePicture | None:
    """The picture of a call whose length is known; None for others."""
    call = told.call
    seconds = call_seconds(call)
    if seconds <= 0:
        return None
    recording = _drawn(told)
    offset = _offset(told, recording)
    levels = told.waveforms[recording.pk].levels if recording else _from_turns(call, seconds)
    if recording:
        levels = [_placed(each, recording.seconds, offset, seconds) for each in levels]
    timing = timing_of(told, pack=pack, seconds=seconds, offset=offset)
    return WavePicture(
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        lanes=_lanes(levels),
        flags=tuple(_flags(told, seconds)),
        label=_label(told, timing, seconds),
        seconds=seconds,
        offset=offset,
        note="" if recording else _("没有录音，按文字的时间画"),
        shades=shades(timing, left=_LEFT, width=_WIDTH - _LEFT - 4),
        facts=facts(told, timing, pack=pack),
    )


def _drawn(told: WholeReview) -> Recording | None:
    """The recording whose outline is drawn: the one that was measured, else the first."""
    drawn = [each for each in told.recordings if each.pk in told.waveforms]
    measured = told.sound.recording_id if told.sound else None
    return next((each for each in drawn if each.pk == measured), drawn[0] if drawn else None)


def _offset(told: WholeReview, recording: Recording | None) -> float:
    sound = told.sound
    if sound and recording and sound.recording_id == recording.pk and sound.state == MEASURED:
        return sound.begins_after
    return offset_of(told.call, recording)


def call_seconds(call: Call) -> float:
    """How long the call was, from the first moment known; by its words where nobody told its end."""
    ended = (call.ended_at - call.rang_at).total_seconds() if call.ended_at else 0.0
    return max([ended, *(float(turn["end"]) for turn in call.turns)])


def offset_of(call: Call, recording: Recording | None) -> float:
    """Seconds of the call before its recording begins: none, or those until the answer where the
    recording is rather as long as the talk.
    """
    if recording is None or call.answered_at is None:
        return 0.0
    waited = (call.answered_at - call.rang_at).total_seconds()
    return begins_after(recorded=recording.seconds, whole=call_seconds(call), waited=waited)


def _from_turns(call: Call, seconds: float) -> list[list[int]]:
    """The customer's side and the agent's: full while somebody speaks."""
    found = []
    for speaker in ("customer", "agent"):
        levels = [0] * COLUMNS
        for turn in call.turns:
            if turn["speaker"] == speaker:
                first = int(float(turn["start"]) / seconds * COLUMNS)
                last = int(float(turn["end"]) / seconds * COLUMNS)
                for place in range(max(0, first), min(COLUMNS, max(last, first + 1))):
                    levels[place] = 45 + place * 37 % 50
        found.append(levels)
    return found


def _placed(levels: Sequence[int], long: float, offset: float, seconds: float) -> list[int]:
    """The outline of a recording over the whole call: silent before it begins."""
    before = round(offset / seconds * COLUMNS)
    room = max(1, min(COLUMNS - before, round(long / seconds * COLUMNS)))
    placed = [levels[place * len(levels) // room] for place in range(room)] if levels else []
    return [0] * before + placed + [0] * (COLUMNS - before - len(placed))


def _lanes(levels: Sequence[Sequence[int]]) -> tuple[WaveLane, ...]:
    """The agent above the customer; a recording of one channel has one lane."""
    names = (
        [(pgettext("side", "坐席"), levels[1], "a"), (pgettext("side", "客户"), levels[0], "c")]
        if len(levels) > 1
        else [(_("通话"), levels[0], "a")]
    )
    lanes = []
    for place, (label, side, css) in enumerate(names):
        middle = _TOP + _LANE / 2 + place * _LANE
        path = outline(side, width=_WIDTH - _LEFT - 4, middle=middle, height=_LANE - 8)
        lanes.append(WaveLane(label, middle + 4, middle, path, css))
    return tuple(lanes)


def _flags(told: WholeReview, seconds: float) -> list[WaveFlag]:
    found = []
    for each in told.findings:
        if each.turn is not None and each.stands == "broken" and each.turn < len(told.call.turns):
            at = float(told.call.turns[each.turn]["start"])
            x = round(_LEFT + at / seconds * (_WIDTH - _LEFT - 4), 1)
            found.append(WaveFlag(x, each.clause, at, f"{each.rule_id}.{each.number}"))
    return found


def _label(told: WholeReview, timing: Timing, seconds: float) -> str:
    count = sum(1 for each in told.findings if each.stands == "broken")
    length = wording.length(seconds, ticking=True)
    parts = [_("通话 %(length)s，%(n)d 处没做到") % {"length": length, "n": count}]
    if timing.broke_in:
        parts.append(_("抢话 %(n)d 处") % {"n": len(timing.broke_in)})
    if timing.too_silent:
        parts.append(_("久静 %(n)d 处") % {"n": len(timing.too_silent)})
    return " · ".join(parts)
