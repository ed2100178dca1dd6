"""The job of a letter that was stored and may not be worked yet."""

from __future__ import annotations

from petitbleu.jobs import Job


class WorkLetter(Job, tag="desk.intake", frozen=True):
    """It is worked, unless that is done."""

    id: int
