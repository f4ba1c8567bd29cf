"""Running `shouwen calls listen`: reads what is given, listens, tells it as text, JSON or a record."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from shouwen.adapters.sound.models import BadModel
from shouwen.adapters.telephony.recordings import BadRecording
from shouwen.core.audio.sound import CallSound
from shouwen.core.audio.telling import characters_told, measures_told, norm_told
from shouwen.core.calls import CallFaults
from shouwen.core.listening import CallFinding
from shouwen.hotline.listened import Listened, Wanted, listened
from shouwen.standard.by_sound import load_listening
from shouwen.standard.faults import PackFaults
from shouwen.standard.pack import load_pack

NOT_EVALUATED = "not evaluated"
_MARKS = {
    "kept": "守 / kept",
    "broken": "违 / broken",
    "not_provable": "未评估 / not evaluated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for at the terminal. `call`: a file with what else is known of the call."""

    recording: Path
    output: str
    model: Path | None
    call: Path | None
    usual_pitch: float | None
    pack: Path


def run(options: Options) -> int:
    """Prints what came of the recording; the code to end with."""
    try:
        wanted = Wanted(
            recording=options.recording,
            given=_given(options.recording, options.call),
            model=options.model,
            usual_pitch=options.usual_pitch,
        )
        pack, listening = load_pack(options.pack), load_listening(options.pack)
        told = listened(wanted, pack=pack, listening=listening)
    except (BadRecording, BadModel, PackFaults, CallFaults, _BadRecord) as error:
        typer.echo(f"{options.recording.name}: {error}", err=True)
        return 1
    sys.stdout.write(_written(told, options.output))
    if told.missing:
        typer.echo(str(told.missing), err=True)
    return 1 if told.missing else 0


class _BadRecord(ValueError):
    """The file with what is known of the call is no JSON object."""


def _given(recording: Path, file: Path | None) -> dict[str, Any]:
    """What is known of the call: the file's fields; without them its events are unknown, and its time
    is that of the recording's file.
    """
    began_at = datetime.fromtimestamp(recording.stat().st_mtime, tz=UTC).replace(microsecond=0)
    plain: dict[str, Any] = {
        "call_id": recording.stem,
        "direction": "inbound",
        "kind": "other",
        "started_at": began_at.isoformat(),
        "staff_no": "unknown",
        "customer": None,
        "events": [],
    }
    if file is None:
        return plain
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise _BadRecord(f"{file.name}: {error}") from error
    if not isinstance(told, dict):
        raise _BadRecord(f"{file.name}: 要一个 JSON 对象 / one JSON object is wanted")
    return plain | told


def _written(told: Listened, output: str) -> str:
    if output == "text":
        return "\n".join(_lines(told)) + "\n"
    if output == "record":
        return "" if told.record is None else _json(told.record)
    return _json(as_json(told))


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def as_json(told: Listened) -> dict[str, Any]:
    """Measures, norm, findings and, where it was asked for, the transcript."""
    whole: dict[str, Any] = {"recording": told.recording.name}
    if told.sound is None:
        whole |= {"status": NOT_EVALUATED, "why": str(told.missing)}
    else:
        whole |= {"status": "measured", **measures_told(told.sound)}
        whole["usual_pitch"] = norm_told(told.norm)
    whole["findings"] = [_finding(each) for each in told.findings]
    if told.recogniser and told.sound:
        model = told.recogniser.model
        whole["transcript"] = {
            "model": {"name": model.name, "kind": model.kind, "sha256": model.digest},
            "characters_a_second": characters_told(told.turns, told.sound),
            "record": told.record,
        }
    elif told.missing and told.sound:
        whole["transcript"] = {"status": NOT_EVALUATED, "why": str(told.missing)}
    return whole


def _finding(each: CallFinding) -> dict[str, Any]:
    verdict = NOT_EVALUATED if each.verdict == "not_provable" else each.verdict
    return {
        "clause": each.clause,
        "rule": each.rule_id,
        "verdict": verdict,
        "turn": each.turn,
        "measured": each.measured,
        "why": f"{each.why.zh} / {each.why.en}",
    }


def _lines(told: Listened) -> Iterator[str]:
    yield told.recording.name
    if told.sound:
        yield from _of_sound(told.sound)
    for each in told.findings:
        place = "" if each.turn is None else f"[{each.turn}]"
        yield f"  {_MARKS[each.verdict]}  {each.clause}{place}  {each.why.zh} / {each.why.en}"
    for turn in told.turns:
        who = "坐席 / agent" if turn.speaker == "agent" else "客户 / customer"
        yield f"  {turn.start:7.2f}–{turn.end:.2f}  {who}  {turn.text}"


def _of_sound(sound: CallSound) -> Iterator[str]:
    for name, side in (("坐席 / agent", sound.agent), ("客户 / customer", sound.customer)):
        pitch = f"{side.pitch.median_hz:g} Hz ± {side.pitch.spread:g}" if side.pitch else "–"
        loud = "–" if side.loudness_lufs is None else f"{side.loudness_lufs:g} LUFS"
        rate = "–" if side.rate is None else f"{side.rate:g} /s"
        yield f"  {name}: {side.spoken:g} s, {loud}, {rate}, {pitch}"
    for each in sound.overlaps:
        who = "坐席 / agent" if each.by == "agent" else "客户 / customer"
        yield f"  抢话 / broke in: {who} {each.start:.2f}–{each.end:.2f} ({each.seconds:g} s)"
    for span in sound.dead_air:
        yield f"  无声 / silence: {span.start:.2f}–{span.end:.2f} ({span.seconds:g} s)"
