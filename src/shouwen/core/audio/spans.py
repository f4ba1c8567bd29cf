"""Spans put together and sorted out."""

from collections.abc import Iterable

from shouwen.core.audio.sound import Span


def joined(spans: Iterable[Span], *, pause: float) -> tuple[Span, ...]:
    """Spans with shorter breaks than `pause` seconds between them as one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start - whole[-1].end < pause:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)


def longer_than(spans: Iterable[Span], *, seconds: float) -> tuple[Span, ...]:
    """Without the clicks: the spans of at least so many seconds."""
    return tuple(span for span in spans if span.seconds >= seconds)
