"""Plots as SVG: bars that any browser shows without a script, under a policy without styles.

Words and figures beside a plot are HTML (``visits.html``): they keep their size on a small screen,
where a drawing shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

WIDTH, HEIGHT = 600, 160
"""Units of the drawing, which is stretched to the room there is."""


class Bar(NamedTuple):
    """One value and the words that stand for it."""

    value: int
    label: str


def ceiling(most: int) -> int:
    """The end of a scale whose half is whole too: 2, 4, 6, 8, 10, 20, 40 …"""
    power = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if step * power >= most:
                return step * power
        power *= 10


def bars(values: Sequence[Bar], *, name: str, title: str, description: str) -> Markup:
    """An ``svg`` of bars from 0 to :func:`ceiling`; ``name`` begins the ids of its title and
    description, by which screen readers call it."""
    top = ceiling(max((bar.value for bar in values), default=0))
    step = WIDTH / max(1, len(values))
    gap = min(3.0, step / 4)
    drawn = [
        f'<line class="grid" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>' for y in (0, HEIGHT // 2)
    ]
    for n, bar in enumerate(values):
        height = HEIGHT * bar.value / top
        drawn.append(
            f'<rect class="bar" x="{n * step + gap / 2:.2f}" y="{HEIGHT - height:.2f}"'
            f' width="{step - gap:.2f}" height="{height:.2f}">'
            f"<title>{Markup.escape(bar.label)}</title></rect>"
        )
    drawn.append(f'<line class="base" x1="0" x2="{WIDTH}" y1="{HEIGHT}" y2="{HEIGHT}"/>')
    return Markup(  # noqa: S704  numbers, and words that are escaped
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-labelledby="{name}-title {name}-about">'
        f'<title id="{name}-title">{Markup.escape(title)}</title>'
        f'<desc id="{name}-about">{Markup.escape(description)}</desc>{"".join(drawn)}</svg>'
    )
