"""The drawings of figures over time: a spark for a line of a table, bars for a page of its own.

Positions are in SVG units; the templates only print them. Shares are 0 to 1, None where nothing was
decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

_MARGIN: Final = 3.0
_LOWEST: Final = 0.8
"""A spark begins here unless a share is lower: small differences stay visible, and small."""
_CHART: Final = (720.0, 120.0)
_GAP: Final = 0.2


@dataclass(frozen=True, slots=True)
class Spark:
    """A line with a dot at its end; `target_y` is the height of the dashed target, None without."""

    width: int
    height: int
    points: str
    dot_x: float
    dot_y: float
    label: str
    target_y: float | None = None

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def spark(
    shares: Sequence[float | None],
    *,
    label: str,
    target: float | None = None,
    width: int = 110,
    height: int = 22,
) -> Spark | None:
    """The course of a share, left to right; parts without a share are passed over. None without any."""
    known = [(place, share) for place, share in enumerate(shares) if share is not None]
    if not known:
        return None
    low = min(_LOWEST, target or 1.0, *(share for _, share in known))
    step = (width - 2 * _MARGIN) / max(1, len(shares) - 1)

    def y(share: float) -> float:
        part = (share - low) / (1 - low) if low < 1 else 1.0
        return round(height - _MARGIN - part * (height - 2 * _MARGIN), 1)

    points = [(round(_MARGIN + place * step, 1), y(share)) for place, share in known]
    return Spark(
        width=width,
        height=height,
        points=" ".join(f"{x},{at}" for x, at in points),
        dot_x=points[-1][0],
        dot_y=points[-1][1],
        label=label,
        target_y=y(target) if target is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One part of the range: kept at the bottom, missed on top; `title` says the figures."""

    x: float
    width: float
    met_y: float
    met_height: float
    missed_y: float
    missed_height: float
    title: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of kept and missed over time, stretched to the width of their box.

    `ends` are the words under the first and the last column.
    """

    columns: tuple[Column, ...]
    ends: tuple[str, str]
    label: str
    most_text: str

    @property
    def view_box(self) -> str:
        return f"0 0 {_CHART[0]:g} {_CHART[1]:g}"


def columns(
    parts: Sequence[tuple[int, int, str]],
    *,
    ends: tuple[str, str],
    label: str,
) -> Columns | None:
    """Kept, missed and the words of each part, in order; None when nothing was decided at all."""
    most = max((met + missed for met, missed, _ in parts), default=0)
    if most == 0:
        return None
    most_text = _("最高 %(most)s 件") % {"most": f"{most:,}"}
    width, height = _CHART
    pitch = width / len(parts)

    def column(place: int, met: int, missed: int, title: str) -> Column:
        met_height = round(height * met / most, 1)
        missed_height = round(height * missed / most, 1)
        return Column(
            x=round(place * pitch + pitch * _GAP / 2, 2),
            width=round(pitch * (1 - _GAP), 2),
            met_y=round(height - met_height, 1),
            met_height=met_height,
            missed_y=round(height - met_height - missed_height, 1),
            missed_height=missed_height,
            title=title,
        )

    drawn = tuple(column(place, *part) for place, part in enumerate(parts))
    return Columns(columns=drawn, ends=ends, label=label, most_text=most_text)
