"""A recorded call as the product understands it: events by the second, turns by speaker, the
screen's record.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Literal, NamedTuple, cast

from shouwen.core.clause import Words

Direction = Literal["inbound", "outbound"]
Speaker = Literal["agent", "customer"]
Channel = Literal["phone", "text", "hall", "visit"]

DIRECTIONS = ("inbound", "outbound")
SPEAKERS = ("agent", "customer")
CHANNELS = ("phone", "text", "hall", "visit")
CALL_KINDS = (
    "consultation",
    "complaint",
    "repair",
    "alarm",
    "new_connection",
    "follow_up",
    "other",
    "network_fault",
    "home_service",
)
_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
EVENT_TYPES = ("ring", "answer", "hold", "resume", "transfer", "hangup")


@dataclass(frozen=True, slots=True)
class CallerOnScreen:
    """What the screen showed when the call arrived; it can be wrong."""

    phone: str = ""
    surname: str = ""
    title: str = ""
    address: str = ""


class CallEvent(NamedTuple):
    """One event of the exchange; `t` in seconds from the first ring."""

    t: float
    type: str
    by: str = ""
    cause: str = ""


class Turn(NamedTuple):
    """One utterance; `start` and `end` in seconds from the first ring."""

    start: float
    end: float
    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class AudioMeasures:
    """What was measured on the agent's own channel; None where nobody measured.

    Loudness in LUFS (ITU-R BS.1770), pitch as the median in Hz, beside the agent's own usual
    pitch.
    """

    loudness_lufs: float | None = None
    pitch_hz: float | None = None
    usual_pitch_hz: float | None = None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A whole call, or a conversation in writing or face to face told in the same way.

    Times inside it are seconds from the first ring; `started_at` is aware.
    """

    call_id: str
    direction: Direction
    kind: str
    started_at: datetime
    staff_no: str
    customer: CallerOnScreen | None
    events: tuple[CallEvent, ...]
    turns: tuple[Turn, ...]
    channel: Channel = "phone"
    audio: AudioMeasures = AudioMeasures()

    @property
    def answered_after(self) -> float | None:
        """Seconds from the first ring to the answer; None when nobody answered."""
        return self._first("answer")

    @property
    def ended_after(self) -> float | None:
        """Seconds from the first ring to the hang-up; None when the event is missing."""
        return self._first("hangup")

    @property
    def talk_seconds(self) -> float | None:
        """Hang-up minus answer, holds included; None when either is missing."""
        answered, ended = self.answered_after, self.ended_after
        return None if answered is None or ended is None else round(ended - answered, 3)

    @property
    def holds(self) -> tuple[tuple[float, float], ...]:
        """Each hold as (from, to) in seconds; one without an end lasts to the hang-up."""
        holds: list[tuple[float, float]] = []
        begun: float | None = None
        for event in self.events:
            if event.type == "hold":
                begun = event.t if begun is None else begun
            elif event.type in ("resume", "hangup") and begun is not None:
                holds.append((begun, event.t))
                begun = None
        return tuple(holds)

    @property
    def hung_up_by(self) -> str:
        """`customer`, `agent`, or empty when the exchange did not say."""
        return next((event.by for event in self.events if event.type == "hangup"), "")

    @property
    def line_lost(self) -> bool:
        """Whether the line dropped."""
        return self._ended_for("line_lost")

    @property
    def transferred(self) -> bool:
        """Whether the call left this agent."""
        return self._ended_for("transferred") or any(e.type == "transfer" for e in self.events)

    def by(self, speaker: Speaker) -> tuple[tuple[int, Turn], ...]:
        """The turns of one speaker with their place in the call."""
        return tuple((i, turn) for i, turn in enumerate(self.turns) if turn.speaker == speaker)

    def _first(self, kind: str) -> float | None:
        return next((event.t for event in self.events if event.type == kind), None)

    def _ended_for(self, cause: str) -> bool:
        return any(event.type == "hangup" and event.cause == cause for event in self.events)


@dataclass(frozen=True, slots=True)
class CallFault:
    """One field of a call record that cannot be used: where, what is wrong, what to write
    instead.
    """

    path: str
    problem: Words
    remedy: Words


class CallFaults(ValueError):
    """The record is not a call; `faults` names every field at fault."""

    def __init__(self, faults: Sequence[CallFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{f.path}: {f.problem.en} ({f.remedy.en})" for f in self.faults)
        )


def parse_call(record: Mapping[str, Any]) -> CallRecord:
    """Read a decoded JSON object.

    Fields that are not listed here are ignored. Raises CallFaults.
    """
    if not isinstance(record, Mapping):
        raise CallFaults([_not_a("", "an object", "一个对象")])
    reader = _Reader(record)
    call = CallRecord(
        call_id=reader.text("call_id"),
        direction=cast(Direction, reader.choice("direction", DIRECTIONS)),
        kind=reader.choice("kind", CALL_KINDS),
        started_at=reader.moment("started_at"),
        staff_no=reader.text("staff_no"),
        customer=reader.customer(),
        events=reader.events(),
        turns=reader.turns(),
        channel=cast(Channel, reader.choice("channel", CHANNELS, missing="phone")),
        audio=reader.audio(),
    )
    if reader.faults:
        raise CallFaults(reader.faults)
    return call


class _Reader:
    """Collects every fault while it reads; what it returns after a fault is never used."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.faults: list[CallFault] = []

    def text(self, name: str, *, within: Mapping[str, Any] | None = None, path: str = "") -> str:
        value = (self.record if within is None else within).get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.faults.append(_not_a(path + name, "a text that is not empty", "非空文字"))
        return ""

    def choice(
        self,
        name: str,
        allowed: Sequence[str],
        *,
        within: Mapping[str, Any] | None = None,
        path: str = "",
        missing: str = "",
    ) -> str:
        value = (self.record if within is None else within).get(name) or missing
        if value in allowed:
            return str(value)
        listed = ", ".join(allowed)
        self.faults.append(_not_a(path + name, f"one of: {listed}", f"以下之一：{listed}"))
        return ""

    def moment(self, name: str) -> datetime:
        value = self.record.get(name)
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is not None and moment.utcoffset() is not None:
            return moment
        example = "2026-03-17T14:20:33+08:00"
        self.faults.append(
            _not_a(
                name,
                f"an ISO 8601 time with its offset, such as {example}",
                f"带时区的 ISO 8601 时间，如 {example}",
            )
        )
        return _NO_MOMENT

    def number(self, row: Mapping[str, Any], name: str, path: str) -> float:
        value = row.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and 0 <= cast(float, value) < _LONGEST:
            return float(cast(float, value))
        self.faults.append(_not_a(path + name, "seconds, 0 or more", "不小于 0 的秒数"))
        return 0.0

    def customer(self) -> CallerOnScreen | None:
        value = self.record.get("customer")
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.faults.append(_not_a("customer", "an object or null", "对象或 null"))
            return None
        names = ("phone", "surname", "title", "address")
        for name in names:
            if not isinstance(value.get(name) or "", str):
                self.faults.append(_not_a(f"customer.{name}", "a text", "文字"))
        return CallerOnScreen(*(str(value.get(name) or "").strip() for name in names))

    def audio(self) -> AudioMeasures:
        value = self.record.get("audio")
        if value is None:
            return AudioMeasures()
        if not isinstance(value, Mapping):
            self.faults.append(_not_a("audio", "an object or null", "对象或 null"))
            return AudioMeasures()
        names = ("loudness_lufs", "pitch_hz", "usual_pitch_hz")
        given = {name: value[name] for name in names if value.get(name) is not None}
        for name, number in given.items():
            if isinstance(number, bool) or not isinstance(number, int | float):
                self.faults.append(_not_a(f"audio.{name}", "a number", "数字"))
        return AudioMeasures(**given)

    def rows(self, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        value = self.record.get(name)
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.faults.append(_not_a(name, "a list", "列表"))
            return
        for i, row in enumerate(value):
            if isinstance(row, Mapping):
                yield f"{name}.{i}.", row
            else:
                self.faults.append(_not_a(f"{name}.{i}", "an object", "对象"))

    def events(self) -> tuple[CallEvent, ...]:
        written = self.record.get("events")
        plain = _plain_events(written) if type(written) is list else None
        if plain is None:
            plain = [
                CallEvent(
                    self.number(row, "t", path),
                    self.choice("type", EVENT_TYPES, within=row, path=path),
                    str(row.get("by") or ""),
                    str(row.get("cause") or ""),
                )
                for path, row in self.rows("events")
            ]
        return tuple(sorted(plain, key=_BY_TIME))

    def turns(self) -> tuple[Turn, ...]:
        written = self.record.get("turns")
        plain = _plain_turns(written) if type(written) is list else None
        if plain is not None:
            return tuple(plain)
        turns = []
        for path, row in self.rows("turns"):
            turn = Turn(
                self.number(row, "start", path),
                self.number(row, "end", path),
                cast(Speaker, self.choice("speaker", SPEAKERS, within=row, path=path)),
                str(row.get("text") or ""),
            )
            if turn.end < turn.start:
                self.faults.append(_not_a(f"{path}end", "not before start", "不早于 start"))
            turns.append(turn)
        return tuple(turns)


_BY_TIME = attrgetter("t")
_SECONDS = (float, int)
_LONGEST = 1e6


def _plain_turns(rows: Sequence[Any]) -> list[Turn] | None:
    """The turns where each is written just as it should be, as nearly all are; else None."""
    turns = []
    for row in rows:
        if type(row) is not dict:
            return None
        start: Any = row.get("start")
        end: Any = row.get("end")
        speaker, text = row.get("speaker"), row.get("text")
        if (
            type(start) not in _SECONDS
            or type(end) not in _SECONDS
            or not 0 <= start <= end < _LONGEST
            or speaker not in SPEAKERS
            or type(text) is not str
        ):
            return None
        turns.append(Turn(float(start), float(end), cast(Speaker, speaker), text))
    return turns


def _plain_events(rows: Sequence[Any]) -> list[CallEvent] | None:
    """The events where each is written just as it should be, as nearly all are; else None."""
    events = []
    for row in rows:
        if type(row) is not dict:
            return None
        t: Any = row.get("t")
        kind, by, cause = row.get("type"), row.get("by", ""), row.get("cause", "")
        if (
            type(t) not in _SECONDS
            or not 0 <= t < _LONGEST
            or kind not in EVENT_TYPES
            or type(by) is not str
            or type(cause) is not str
        ):
            return None
        events.append(CallEvent(float(t), kind, by, cause))
    return events


def _not_a(path: str, wanted_en: str, wanted_zh: str) -> CallFault:
    return CallFault(
        path,
        Words(zh="缺少或写法不对", en="missing or not usable"),
        Words(zh=f"应为{wanted_zh}", en=f"write {wanted_en}"),
    )
