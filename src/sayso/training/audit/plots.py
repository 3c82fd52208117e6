"""Two plots of an audit as SVG: plain text that every browser shows, the same for the same figures.

Drawn here rather than by a plotting package: two charts of lines need none, and its version and
fonts would change the bytes.
"""

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from sayso.training.audit.measuring import FALSE_ALARMS, Findings, Membership, View

_WIDTH, _LEFT, _TOP, _LINE, _PLOT = 760, 300, 40, 22, 400
_COLOURS = ("#0b5fa5", "#b3470b", "#3a7d2c", "#7a3e9d")
_SIDE = 360
_DECADES = 3


def areas(found: Findings) -> str:
    """Draw every attack's area under the curve with its interval; in the middle is chance."""
    lines = found.membership
    height = _TOP + _LINE * len(lines) + 40
    bottom = _TOP + _LINE * len(lines)
    parts = [_text(10, 22, "How well each attack tells learnt rows from others: AUC, 95 %")]
    for tenth in range(0, 11, 2):
        at = _LEFT + _PLOT * tenth / 10
        parts += [_stroke(at, _TOP - 6, at, bottom, "#ddd"), _text(at - 8, bottom + 18, tenth / 10)]
    parts.append(_stroke(_LEFT + _PLOT / 2, _TOP - 6, _LEFT + _PLOT / 2, bottom, "#888"))
    for place, each in enumerate(lines):
        parts += _area_line(each, _TOP + _LINE * place + 12)
    return _drawing(_WIDTH, height, parts)


def curves(found: Findings) -> str:
    """Draw what the strongest attack tells at few false alarms, both on scales of powers of ten."""
    drawn = [each for each in found.membership if each.strongest]
    left, top = 60, 40
    height = top + _SIDE + 60 + 20 * len(drawn)
    parts = [_text(10, 22, "Learnt rows told, by never-learnt rows told by mistake")]
    for power in range(-_DECADES, 1):
        across, up = left + _across(10.0**power), top + _SIDE - _across(10.0**power)
        parts += [
            _stroke(across, top, across, top + _SIDE, "#ddd"),
            _stroke(left, up, left + _SIDE, up, "#ddd"),
            _text(across - 14, top + _SIDE + 18, f"{10.0**power:g}"),
            _text(14, up + 4, f"{10.0**power:g}"),
        ]
    parts.append(_stroke(left, top + _SIDE, left + _SIDE, top, "#888"))
    for place, each in enumerate(drawn):
        colour = _COLOURS[place % len(_COLOURS)]
        points = " ".join(
            f"{left + _across(alarm):.1f},{top + _SIDE - _across(told):.1f}"
            for alarm, told in zip(FALSE_ALARMS, each.curve, strict=True)
        )
        dash = ' stroke-dasharray="6 3"' if each.view is View.SERVED else ""
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        )
        at = top + _SIDE + 40 + 20 * place
        parts.append(
            f'<line x1="{left}" y1="{at}" x2="{left + 24}" y2="{at}" stroke="{colour}" '
            f'stroke-width="2"{dash}/>'
        )
        parts.append(_text(left + 32, at + 4, _name(each)))
    return _drawing(2 * left + _SIDE + 60, height, parts)


def _area_line(each: Membership, at: float) -> Iterator[str]:
    auc = each.area.auc
    low, high, middle = (_LEFT + _PLOT * value for value in (auc.low, auc.high, auc.value))
    colour = _COLOURS[0] if each.strongest else "#777"
    yield _text(10, at + 4, _name(each))
    yield _stroke(low, at, high, at, colour)
    yield f'<circle cx="{middle:.1f}" cy="{at}" r="4" fill="{colour}"/>'


def _name(each: Membership) -> str:
    return f"{each.group}, {each.view}, {each.attack}"


def _across(share: float) -> float:
    return _SIDE * (1 + max(-_DECADES, math.log10(max(share, 1e-9))) / _DECADES)


def _text(x: float, y: float, said: object) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}">{escape(str(said))}</text>'


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        'stroke-width="1.5"/>'
    )


def _drawing(width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12" role="img">\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
