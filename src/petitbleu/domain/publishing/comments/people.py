"""Guests as those see them who must tell them something: who said a message, where they are told.

A guest has no account. Where accounts are numbered, ``-<comment>`` stands for whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.comments.publishing import opened
from petitbleu.store.api import Reader


class Guest(NamedTuple):
    """``number``: negative, see above."""

    number: int
    name: str
    email: str
    language: str


async def speakers(app: App, chat: int, ids: Sequence[int]) -> dict[int, int]:
    """Of these messages of a group those that guests said: message -> number of the guest."""
    if not ids:
        return {}
    rows = await app.store.rows(q.OF_MESSAGES, chat=chat, messages=list(ids))
    return {row.message: -row.id for row in rows}


async def guests(app: App, reader: Reader, numbers: Iterable[int]) -> dict[int, Guest]:
    """Who these numbers stand for; those that were forgotten are not there."""
    wanted = [-number for number in numbers if number < 0]
    rows = await reader.rows(q.GET_MANY, ids=wanted) if wanted else []
    return {-row.id: Guest(-row.id, row.name, opened(app, row)[0], row.language) for row in rows}
