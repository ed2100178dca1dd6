"""The picture that stands beside a link where a post or channel has none: its words on our blue.

Runs in a worker process (:mod:`petitbleu.sandbox`): texts are hostile input to font engines too. A
job is ``{"title": str, "channel": str, "about": str, "site": str}``, of which any may be missing,
the answer ``{"png": bytes}``. It reads one file, the font of this package, and asks nothing of any
network.
"""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from petitbleu.sandbox import import_whole, serve

WIDTH, HEIGHT, EDGE = 1200, 630, 80
LINES, SIZE, SMALL = 5, 64, 36
ABOUT_LINES = 3
"""Of the description of a channel; its name then has two lines less."""
TEXT_MAX = 200
_BLUE, _WHITE, _PALE = "#1d5fa8", "#ffffff", "#d6e6f7"
_FONT = Path(__file__).resolve().parent / "fonts" / "DejaVuSans-Bold-latin.ttf"


def handle(job: dict[str, Any]) -> dict[str, Any]:
    """Draw one picture."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _BLUE)
    draw = ImageDraw.Draw(image)
    large, small = _font(SIZE), _font(SMALL)
    inner = WIDTH - 2 * EDGE
    title, channel, about, site = (
        _drawn(str(job.get(field, "")), large) for field in ("title", "channel", "about", "site")
    )
    draw.text((EDGE, EDGE), _fit(channel, small, inner), _PALE, small)
    y = EDGE + (2 * SMALL if channel else 0)
    most = LINES - 2 if about else LINES
    for line in _lines(title or channel or site, large, inner, most):
        draw.text((EDGE, y), line, _WHITE, large)
        y += SIZE + 14
    for line in _lines(about, small, inner, ABOUT_LINES):
        y += SMALL // 2
        draw.text((EDGE, y), line, _PALE, small)
        y += SMALL
    draw.text((EDGE, HEIGHT - EDGE - SMALL), _fit(site, small, inner), _PALE, small)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return {"png": out.getvalue()}


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)


def _prepare(closed: bool) -> None:
    if closed:
        import_whole("PIL")
        Image.init()
        _font(SIZE), _font(SMALL)


def _drawn(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The text on one line, without the characters that the font cannot draw."""
    kept = (
        char if char.isspace() or font.getmask(char).getbbox() else "" for char in text[:TEXT_MAX]
    )
    return " ".join("".join(kept).split())


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """The text in at most ``most`` lines."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = _fit(longer, font, width)
            break
        else:
            lines.append(_fit(word, font, width))
    return lines


def _fit(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, cut where it is wider than ``width`` pixels."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text + "…"


if __name__ == "__main__":
    serve(handle, prepare=_prepare)
