"""What the pages of the review desk read. Frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, KeyLabel, Note, Tag


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A call in the list: when, how long, who and what kind, why it is there."""

    title: str
    length: str
    who: str
    why: str
    url: str
    is_current: bool = False
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of what was said; `look` bad or good marks the words that a finding is about."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class FindingMark:
    """The mark of a finding at the end of its line; it shows that finding in the panel."""

    key: str
    mark: ClauseMark
    label: str


@dataclass(frozen=True, slots=True)
class ReviewTurn:
    """One turn of the call. `seconds`: where the recording has it."""

    number: int
    time: str
    seconds: float
    who: str
    is_agent: bool
    parts: tuple[TextPart, ...]
    marks: tuple[FindingMark, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True)
class AppealBox:
    """What the agent says against a finding, what was answered, or what can be done now."""

    head: str
    words: str
    answer: str = ""
    acts: tuple[Action, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FindingPanel:
    """One finding: what was heard, where, why, a better wording; what a person decided.

    key      rule and number, names the panel; `is_open` stands first
    waits    a breach nobody has decided on yet; `steps`: J and K stop here
    better   words that the pack offers instead, of the clause `better_mark`
    """

    key: str
    look: str
    head: str
    title: str
    mark: ClauseMark
    where: str
    seconds: float | None
    turn: int | None
    heard: str
    why: str
    better: str = ""
    precision: str = ""
    state: Tag | None = None
    note: str = ""
    acts: tuple[Action, ...] = ()
    appeal: AppealBox | None = None
    waits: bool = False
    steps: bool = True
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class ScoreChoice:
    """One number that a person can give."""

    value: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the score sheet; `choices` where a person scores."""

    id: str
    title: str
    text: str
    look: str
    mark: ClauseMark | None = None
    choices: tuple[ScoreChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class WaveLane:
    """One side of the call as a path."""

    label: str
    label_y: float
    middle: float
    path: str
    css: str


@dataclass(frozen=True, slots=True)
class WaveFlag:
    """Where a finding lies; `seconds` for the player, `key` for the panel."""

    x: float
    label: str
    seconds: float
    key: str


@dataclass(frozen=True, slots=True)
class WaveShade:
    """A stretch of the call: both spoke, nobody did, or it was held. `label` stands above it."""

    x: float
    width: float
    css: str
    label: str = ""
    label_x: float = 0
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class SoundFact:
    """A figure of the recording; `look` warn where it lies outside what is wanted."""

    label: str
    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class WavePicture:
    """Both sides over time. `offset`: seconds of the call before the recording begins; `note` says
    what is drawn where there is no sound, `facts` what was measured on it."""

    width: int
    height: int
    left: int
    lanes: tuple[WaveLane, ...]
    flags: tuple[WaveFlag, ...]
    label: str
    seconds: float
    offset: float
    note: str = ""
    shades: tuple[WaveShade, ...] = ()
    facts: tuple[SoundFact, ...] = ()

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def right(self) -> int:
        return self.width - 4


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """review/review.html. `own`: the agent reads it. `acts`: add a missed one, send; `missing` says
    what is still open.
    """

    title: str
    tags: tuple[Tag, ...]
    length: str
    queue: tuple[QueueItem, ...]
    queue_url: str
    wave: WavePicture | None
    sounds_url: str
    turns: tuple[ReviewTurn, ...]
    turns_note: str
    panels: tuple[FindingPanel, ...]
    progress: str
    sheet: tuple[SheetLine, ...]
    sum_text: str
    waiting_text: str
    score_url: str
    act_id: str
    add: Action | None
    send: Action | None
    missing: str
    told_text: str
    call_url: str
    own: bool = False
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A draw that was made."""

    title: str
    text: str
    seed: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """review/desk.html: who waits, what was sent, appeals to decide, draws."""

    choices: tuple[Choice, ...]
    heading: str
    items: tuple[QueueItem, ...]
    empty: Empty | None
    more_url: str
    appeals: tuple[QueueItem, ...]
    draws: tuple[DrawLine, ...]
    draw: Action | None
    results_url: str
    plan: tuple[KeyLabel, ...]
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class CoachingLine:
    """Something to go through with somebody: from which calls, by when."""

    title: str
    words: str
    who: str
    due: str
    look: str
    mark: ClauseMark
    calls: tuple[KeyLabel, ...]
    done: Action | None = None


@dataclass(frozen=True, slots=True)
class MinePage:
    """review/mine.html: what came of one's own calls."""

    items: tuple[QueueItem, ...]
    empty: Empty | None
    more_url: str
    coaching: tuple[CoachingLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A rule or a pair of people: count, share, kappa."""

    title: str
    count: str
    share: str
    more: str = ""
    mark: ClauseMark | None = None


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """review/results.html: what people confirm of what was heard, how far two of them agree."""

    precision: tuple[ResultRow, ...]
    by_rule: tuple[ResultRow, ...]
    by_pair: tuple[ResultRow, ...]
    whole: str
    desk_url: str
