"""What was said, by sherpa-onnx and a model on this machine: each side's speech becomes turns of the call."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from shouwen.adapters.sound.extras import needed
from shouwen.adapters.sound.files import TwoSides, resampled
from shouwen.adapters.sound.models import Model, model_in
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.sound import SIDES, CallSound, Span
from shouwen.core.audio.utterances import utterances
from shouwen.core.calls import Turn

_MARGIN = 0.1
_MODELS_RATE = 16000
_MORE: Mapping[str, Mapping[str, Any]] = {"sense_voice": {"language": "zh", "use_itn": True}}


class Recogniser(Protocol):
    """Something that writes down what it hears."""

    def text(self, samples: Samples, *, rate: int) -> str:
        """The words in the samples; empty where none are heard."""


@dataclass(frozen=True, slots=True)
class SherpaRecogniser:
    """A model that sherpa-onnx runs on this machine's processor."""

    model: Model
    engine: Any

    def text(self, samples: Samples, *, rate: int) -> str:
        """The words in the samples; empty where none are heard."""
        stream = self.engine.create_stream()
        stream.accept_waveform(_MODELS_RATE, resampled(samples, rate, to=_MODELS_RATE))
        self.engine.decode_stream(stream)
        return str(stream.result.text).strip()


def recogniser_in(folder: Path, *, threads: int = 1) -> SherpaRecogniser:
    """The recogniser whose model lies in a folder. Raises BadModel, ExtraMissing."""
    library = needed("sherpa_onnx").OfflineRecognizer
    model = model_in(folder)
    files = {role: str(path) for role, path in model.files.items()}
    if model.kind == "paraformer":
        files["paraformer"] = files.pop("model")
    make = getattr(library, f"from_{model.kind}")
    engine = make(**files, num_threads=threads, **_MORE.get(model.kind, {}))
    return SherpaRecogniser(model, engine)


def transcribed(
    sides: TwoSides, sound: CallSound, *, recogniser: Recogniser, longest: float
) -> tuple[Turn, ...]:
    """The turns of both sides in order of their start, in seconds of the recording.

    A stretch of speech is a turn, one longer than `longest` seconds several; where no word is
    heard there is none.
    """
    turns = []
    for speaker in SIDES:
        samples = sides.customer if speaker == "customer" else sides.agent
        spans = (sound.customer if speaker == "customer" else sound.agent).spans
        for span in utterances(samples, spans, rate=sides.rate, longest=longest):
            text = recogniser.text(_part(samples, span, sides.rate), rate=sides.rate)
            if text:
                turns.append(Turn(span.start, span.end, speaker, text))
    return tuple(sorted(turns, key=lambda turn: (turn.start, turn.end)))


def _part(samples: Samples, span: Span, rate: int) -> Samples:
    first, last = round((span.start - _MARGIN) * rate), round((span.end + _MARGIN) * rate)
    return samples[max(0, first) : last]
