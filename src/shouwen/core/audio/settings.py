"""What a company sets for listening to recordings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What a company sets for listening to recordings; times in seconds.

    `strictness`: how sure the detector must be that it hears speech, 0 to 3. A break shorter than
    `pause` ends no utterance; a sound shorter than `shortest` is none. Overlaps from
    `overlap_from` and silences from `dead_air_from` are told; who speaks no longer than
    `backchannel_up_to` only says 嗯. The usual pitch of an agent is that of the calls of
    `norm_days`, at least `norm_calls` of them.
    """

    strictness: int = 2
    pause: float = 0.3
    shortest: float = 0.1
    overlap_from: float = 0.1
    dead_air_from: float = 3.0
    backchannel_up_to: float = 0.8
    longest_utterance: float = 20.0
    norm_calls: int = 5
    norm_days: int = 90
