"""A picture of a post in the smaller form that browsers take.

Runs in a worker process (:mod:`petitbleu.sandbox`): pictures are hostile input. A job is ``{"data":
bytes}``, a JPEG that the media room made; the answer ``{"webp": bytes}``.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from petitbleu.sandbox import serve

PIXELS_MAX = 2560 * 2560
"""The largest form that the media room makes."""
QUALITY, EFFORT = 80, 2
"""Half the bytes of the JPEG in a twentieth of a second; more effort saves a few per cent."""


def handle(job: dict[str, Any]) -> dict[str, Any]:
    """Write one picture anew. Raises ValueError for one that is too large."""
    with Image.open(io.BytesIO(job["data"]), formats=("JPEG",)) as image:
        if image.width * image.height > PIXELS_MAX:
            raise ValueError("too large")
        out = io.BytesIO()
        image.convert("RGB").save(out, "WEBP", quality=QUALITY, method=EFFORT)
    return {"webp": out.getvalue()}


if __name__ == "__main__":
    serve(handle)
