"""A picture of a post in the smallest form that the browser asking takes.

Runs in a worker process (:mod:`petitbleu.sandbox`): pictures are hostile input. A job is ``{"data":
bytes, "avif": bool}``, a JPEG that the media room made and whether AVIF may come of it; the answer
``{"mime": str, "body": bytes}``, WebP otherwise and where that is smaller.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, features

from petitbleu.sandbox import import_whole, serve

PIXELS_MAX = 2560 * 2560
"""The largest form that the media room makes."""
WEBP_QUALITY, WEBP_EFFORT = 80, 2
"""Half the bytes of the JPEG in a twentieth of a second; more effort saves a few per cent."""
AVIF_QUALITY = 65
"""As near to the JPEG as that WebP."""
AVIF_SPEED, AVIF_FASTEST, LARGE = 8, 10, 1 << 21
"""From so many pixels on a picture is written at the fastest speed, in a third of a second."""


def handle(job: dict[str, Any]) -> dict[str, Any]:
    """Write one picture anew. Raises ValueError for one that is too large."""
    with Image.open(io.BytesIO(job["data"]), formats=("JPEG",)) as read:
        pixels = read.width * read.height
        if pixels > PIXELS_MAX:
            raise ValueError("too large")
        image = read.convert("RGB")
    made = {"image/webp": _written(image, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)}
    if job["avif"] and features.check("avif"):
        speed = AVIF_SPEED if pixels < LARGE else AVIF_FASTEST
        made["image/avif"] = _written(
            image, "AVIF", quality=AVIF_QUALITY, speed=speed, max_threads=1
        )
    mime, body = min(made.items(), key=lambda one: len(one[1]))
    return {"mime": mime, "body": body}


def _prepare(closed: bool) -> None:
    if closed:
        import_whole("PIL")
        Image.init()


def _written(image: Image.Image, form: str, **how: int) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


if __name__ == "__main__":
    serve(handle, prepare=_prepare)
