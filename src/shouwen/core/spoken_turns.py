"""The turns of a call as they are listened to: normalised, put right, joined where one speaker goes on."""

from collections.abc import Sequence

from shouwen.core.calls import CallRecord, Turn
from shouwen.core.organisation import Hearing, Organisation
from shouwen.core.text.frames import pieces_of
from shouwen.core.voice import Utterance

BACKCHANNELS = frozenset(
    ["嗯", "嗯嗯", "哦", "噢", "啊", "唉", "诶", "对", "好", "是", "行", "哎"]
)
_SPLIT_SECONDS = 2.0


def texts_of(
    turns: Sequence[Turn], hearing: Hearing, organisation: Organisation
) -> tuple[str, ...]:
    """Each turn normalised, homophones of known words put right, in standard words."""
    return hearing.ear(organisation.brand).texts([turn.text for turn in turns])


def joined(turns: Sequence[Turn], texts: Sequence[str]) -> tuple[Utterance, ...]:
    """The turns joined where one speaker goes on; a backchannel of the other does not cut."""
    utterances: list[Utterance] = []
    last: Utterance | None = None
    for i, (turn, text) in enumerate(zip(turns, texts, strict=True)):
        if last is None:
            pass
        elif turn.speaker != last.speaker:
            if text in BACKCHANNELS and turn.end < last.end:
                continue
        elif turn.start - last.end <= _SPLIT_SECONDS:
            until = max(last.end, turn.end)
            last = Utterance(last.turn, i, turn.speaker, last.text + text, last.start, until)
            utterances[-1] = last
            continue
        last = Utterance(i, i, turn.speaker, text, turn.start, turn.end)
        utterances.append(last)
    return tuple(utterances)


def stops_of(call: CallRecord, utterance: Utterance) -> tuple[int, ...]:
    """The places of an utterance at which the writer or recogniser made a stop or a pause."""
    stops, length = [], 0
    for i in range(utterance.turn, utterance.last_turn + 1):
        if call.turns[i].speaker == utterance.speaker:
            for piece in pieces_of(call.turns[i].text):
                length += len(piece)
                stops.append(length)
    return tuple(stops)
