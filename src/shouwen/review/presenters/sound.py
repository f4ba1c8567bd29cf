"""What was measured on a call's recording: stretches of its picture, and the figures below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwen.core.audio.by_turns import sound_of_turns
from shouwen.core.audio.norm import NoNormYet, Norm, semitones
from shouwen.core.audio.sound import Overlap, SideMeasures, Span
from shouwen.core.audio.together import dead_air
from shouwen.core.calls import Speaker, Turn
from shouwen.core.clause import Words
from shouwen.core.kinds.by_sound import SoundHeard, breaking_in
from shouwen.hotline.models import Call
from shouwen.hotline.queries import heard_on, readable_listening
from shouwen.review.queries import WholeReview
from shouwen.standard.by_sound import limit_of
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_review import SoundFact, WaveShade

_LETTER, _GAP = 12.0, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A call's overlaps, silences and holds in seconds of the call of `seconds`; `broke_in` and
    `too_silent` lie beyond the limits of the pack. `heard`: the measures, or why there are none.
    """

    seconds: float
    overlaps: Sequence[Overlap] = ()
    silent: Sequence[Span] = ()
    holds: Sequence[Span] = ()
    broke_in: Sequence[Overlap] = ()
    too_silent: Sequence[Span] = ()
    heard: SoundHeard | Words | None = None


def timing_of(told: WholeReview, *, pack: Pack, seconds: float, offset: float) -> Timing:
    """By the recording where it was measured, else by the times of what was said."""
    measured = heard_on(call=told.call, row=told.sound) if told.sound else None
    by_sound = isinstance(measured, SoundHeard)
    heard = measured if isinstance(measured, SoundHeard) else _by_turns(told.call, seconds)
    moved = offset if by_sound else 0.0
    day = pack.calendar.day_of(told.call.rang_at)
    most, longest = (
        limit_of(pack=pack, day=day, measure=measure) or float("inf")
        for measure in ("overlap_seconds", "silence_seconds")
    )
    silent = _silent(heard)
    return Timing(
        seconds=seconds,
        overlaps=[_later(each, moved) for each in heard.sound.overlaps],
        silent=[_span_later(each, moved) for each in silent],
        holds=[_span_later(each, moved) for each in heard.holds],
        broke_in=[_later(each, moved) for each in breaking_in(heard, more_than=most)],
        too_silent=[_span_later(each, moved) for each in silent if each.seconds > longest],
        heard=measured,
    )


def _by_turns(call: Call, seconds: float) -> SoundHeard:
    listening = readable_listening()
    turns = [
        Turn(float(t["start"]), float(t["end"]), cast(Speaker, t["speaker"]), "")
        for t in call.turns
    ]
    sound = sound_of_turns(turns, seconds=seconds, listening=listening)
    return SoundHeard(sound=sound, norm=NoNormYet(0, listening.norm_calls), listening=listening)


def _silent(heard: SoundHeard) -> list[Span]:
    """Dead air between words: it is nobody's before the first and after the last."""
    sound = heard.sound
    spans = (*sound.customer.spans, *sound.agent.spans)
    least = heard.listening.dead_air_from
    found = dead_air(spans, seconds=sound.seconds, at_least=least, but=heard.holds)
    return [span for span in found if span.start > 0 and span.end < sound.seconds]


def _later(each: Overlap, by: float) -> Overlap:
    return Overlap(each.start + by, each.end + by, each.by, each.outlasts, each.spoken)


def _span_later(span: Span, by: float) -> Span:
    return Span(span.start + by, span.end + by)


# --- in the picture


def shades(timing: Timing, *, left: int, width: int) -> tuple[WaveShade, ...]:
    """The stretches, those beyond a limit with a label where there is room for it."""
    placed: list[WaveShade] = []
    free = float(left)
    for span, css, label in sorted(_stretches(timing)):
        x = round(left + span.start / timing.seconds * width, 1)
        wide = round(max(1.5, span.seconds / timing.seconds * width), 1)
        shade = _labelled(x, wide, css, label, free=free, edge=left + width)
        if shade.label:
            free = shade.label_x + _wide(label) / 2 + _GAP
        placed.append(shade)
    return tuple(placed)


def _stretches(timing: Timing) -> Iterator[tuple[Span, str, str]]:
    for span in timing.holds:
        yield span, "hold", _("保持 %(length)s") % {"length": _clock(span.seconds)}
    for span in timing.silent:
        label = _("静音 %(length)s") % {"length": _clock(span.seconds)}
        yield span, "sil", label if span in timing.too_silent else ""
    for each in timing.overlaps:
        label = _("抢话 %(n)s 秒") % {"n": _short(each.seconds)}
        css = "ov" if each.by == "agent" else "by"
        yield Span(each.start, each.end), css, label if each in timing.broke_in else ""


def _labelled(
    x: float, wide: float, css: str, label: str, *, free: float, edge: float
) -> WaveShade:
    """With its label in the middle above it, moved in from the edges; without where another one stands."""
    half = _wide(label) / 2
    middle = min(max(x + wide / 2, free + half), edge - half)
    fits = label and abs(middle - (x + wide / 2)) <= half + wide / 2 and middle - half >= free
    return WaveShade(x, wide, css, label if fits else "", round(middle, 1))


def _wide(label: str) -> float:
    """About how wide a label is drawn."""
    return sum(_LETTER if sign > "⺀" else _LETTER * 0.6 for sign in label)


def _clock(seconds: float) -> str:
    return wording.length(round(seconds), ticking=True)


def _short(seconds: float) -> str:
    return f"{round(seconds, 1):g}"


# --- below it


def facts(told: WholeReview, timing: Timing, *, pack: Pack) -> tuple[SoundFact, ...]:
    """Loudness, speed and pitch of both sides, or why there are none; nothing without a recording."""
    if not any(each.removed_at is None for each in told.recordings) and timing.heard is None:
        return ()
    match timing.heard:
        case None:
            return (SoundFact(_("声音"), _("录音还没量")),)
        case Words():
            return (SoundFact(_("声音"), worded(timing.heard), "warn"),)
        case heard:
            broken = {each.rule_id for each in told.findings if each.stands == "broken"}
            return tuple(_of_voices(heard, broken, pack))


def _of_voices(heard: SoundHeard, broken: set[str], pack: Pack) -> Iterator[SoundFact]:
    measures = {
        getattr(version, "measure", "")
        for name in broken & pack.rules.keys()
        for version in pack.rules[name].versions
    }
    agent, customer = heard.sound.agent, heard.sound.customer
    loud = "warn" if "loudness" in measures else ""
    high = "warn" if "pitch" in measures else ""
    yield SoundFact(pgettext("side", "坐席"), _voice(agent), loud)
    yield SoundFact(_("声调"), _pitch(agent, heard.norm), high)
    yield SoundFact(pgettext("side", "客户"), _voice(customer))
    silent = [span.seconds for span in _silent(heard)]
    if silent:
        yield SoundFact(_("最长静音"), _clock(max(silent)))


def _voice(side: SideMeasures) -> str:
    parts = []
    if side.loudness_lufs is not None:
        parts.append(f"{side.loudness_lufs:.1f} LUFS".replace("-", "−"))
    if side.rate is not None:
        parts.append(_("每秒 %(n)s 个音节") % {"n": f"{side.rate:.1f}"})
    return " · ".join(parts) or _("说得太少")


def _pitch(side: SideMeasures, norm: Norm | NoNormYet) -> str:
    if side.pitch is None:
        return _("说得太少")
    hz = f"{side.pitch.median_hz:.0f} Hz"
    if isinstance(norm, NoNormYet):
        told = _("还没有平时值（%(n)d / %(wanted)d 通）")
        return f"{hz} · {told % {'n': norm.calls, 'wanted': norm.wanted}}"
    off = semitones(side.pitch.median_hz, above=norm.hz)
    told = _("比平时高 %(n)s 个半音") if off >= 0 else _("比平时低 %(n)s 个半音")
    return f"{hz} · {told % {'n': f'{abs(off):g}'}}"
