"""What runs in a process of its own: reading, with both models, texts that came by other doors than
letters. A job is ``{text}``, the answer ``{level, score, second}``.
"""

from __future__ import annotations

from typing import Any

from petitbleu.desk.intake.danger import reading
from petitbleu.sandbox import serve


def _handle(job: dict[str, Any]) -> dict[str, Any]:
    return reading.read(job["text"])._asdict()


def _prepare(closed: bool) -> None:
    reading.use_encoder()
    reading.prepare()


if __name__ == "__main__":
    serve(_handle, prepare=_prepare)
