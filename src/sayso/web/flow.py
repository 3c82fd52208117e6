"""The signature picture: documents, datasets, models, suggestions, drawn as one stream."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDE = 920
_WIDE_HEIGHT = 186
_TALL = 320
_STEP = 138
_LAST = 160
"""Room for the words under the last stop."""
_BAR = 10
_LARGEST = 76.0
_SMALLEST = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One stop of the stream. `share` of what was there at the first stop flows in here."""

    what: str
    count: int
    more: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The picture lying (for wide screens) and standing (for narrow ones), and in words."""

    wide: Markup
    tall: Markup
    says: str


def draw(stations: Sequence[Station]) -> Flow:
    """Draw the stream; a stop that nothing reaches is a thin grey bar."""
    says = ", then ".join(
        f"{station.count:,} {_within(station.what)} ({station.more})" for station in stations
    )
    return Flow(wide=_wide(stations), tall=_tall(stations), says=f"{says}.")


def _within(title: str) -> str:
    """Return a title as it stands within a sentence."""
    return title if title.startswith("I ") else title[:1].lower() + title[1:]


def _thickness(share: float) -> float:
    return max(_SMALLEST, _LARGEST * min(share, 1.0))


def _wide(stations: Sequence[Station]) -> Markup:
    gap = (_WIDE - _LAST) / (len(stations) - 1)
    middle = 48.0
    parts = []
    for index, station in enumerate(stations):
        x = 6 + index * gap
        half = _thickness(station.share) / 2
        if index + 1 < len(stations):
            after = stations[index + 1]
            end = _thickness(after.share) / 2 if after.count else _SMALLEST / 2
            left, right = x + _BAR, x + gap
            bend = (left + right) / 2
            parts.append(
                f'<path class="ribbon{"" if after.count else " left-out"}" '
                f'd="M{left:.1f} {middle - half:.1f}C{bend:.1f} {middle - half:.1f} '
                f"{bend:.1f} {middle - end:.1f} {right:.1f} {middle - end:.1f}"
                f"V{middle + end:.1f}C{bend:.1f} {middle + end:.1f} {bend:.1f} "
                f'{middle + half:.1f} {left:.1f} {middle + half:.1f}Z"/>'
            )
        parts.append(_bar(station, x, middle - half, _BAR, half * 2))
        parts.append(_labels(station, x, 122.0))
    return _svg("wide", _WIDE, _WIDE_HEIGHT, parts)


def _tall(stations: Sequence[Station]) -> Markup:
    middle = 55.0
    parts = []
    for index, station in enumerate(stations):
        y = 12 + index * _STEP
        half = _thickness(station.share) / 2
        if index + 1 < len(stations):
            after = stations[index + 1]
            end = _thickness(after.share) / 2 if after.count else _SMALLEST / 2
            top, bottom = y + _BAR, y + _STEP
            bend = (top + bottom) / 2
            parts.append(
                f'<path class="ribbon{"" if after.count else " left-out"}" '
                f'd="M{middle - half:.1f} {top:.1f}C{middle - half:.1f} {bend:.1f} '
                f"{middle - end:.1f} {bend:.1f} {middle - end:.1f} {bottom:.1f}"
                f"H{middle + end:.1f}C{middle + end:.1f} {bend:.1f} {middle + half:.1f} "
                f'{bend:.1f} {middle + half:.1f} {top:.1f}Z"/>'
            )
        parts.append(_bar(station, middle - half, y, half * 2, _BAR))
        parts.append(_labels(station, 118.0, y + 22.0))
    return _svg("tall", _TALL, 12 + _STEP * (len(stations) - 1) + 84, parts)


def _bar(station: Station, x: float, y: float, width: float, height: float) -> str:
    style = "station" if station.count else "station none"
    return (
        f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="3"/>'
    )


def _labels(station: Station, x: float, y: float) -> str:
    return (
        f'<text class="count" x="{x:.1f}" y="{y:.1f}">{station.count:,}</text>'
        f'<text class="what" x="{x:.1f}" y="{y + 22:.1f}">{escape(station.what)}</text>'
        f'<text class="more" x="{x:.1f}" y="{y + 42:.1f}">{escape(station.more)}</text>'
    )


def _svg(style: str, width: int, height: int, parts: Sequence[str]) -> Markup:
    return Markup(  # noqa: S704 - labels are escaped, the rest are numbers
        f'<svg class="{style}" viewBox="0 0 {width} {height}" aria-hidden="true" '
        f'focusable="false">{"".join(parts)}</svg>'
    )
