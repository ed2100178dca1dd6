"""What runs in a process of its own: reading, with both models, texts that came by other doors than
letters. A job is ``{text, ruled}``, the answer ``{level, score, second}``; or ``{comment}``, which
the filter of spam leaves open, and ``{said}``.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from petitbleu.desk.intake.danger import encoder, reading
from petitbleu.domain.safety.antispam import sentences
from petitbleu.sandbox import serve
from petitbleu.weighttables import Unusable


def _handle(job: dict[str, Any]) -> dict[str, Any]:
    if "comment" in job:
        return {"said": sentences.shipped().say(encoder.for_comments().means(job["comment"]))}
    return reading.read(job["text"], ruled=job["ruled"])._asdict()


def _prepare(closed: bool) -> None:
    reading.use_encoder(pace=reading.WORDS)
    reading.prepare()
    sentences.shipped()
    with suppress(ImportError, MemoryError, OSError, Unusable):  # told where a comment is read
        encoder.for_comments()


if __name__ == "__main__":
    serve(_handle, prepare=_prepare)
