"""The bus of a process that is alone: there is nobody to tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from petitbleu.bus.api import ALONE, Answer, BusGone, Take


class Alone:
    """See :class:`petitbleu.bus.api.Bus`. What is sent to itself is taken at once."""

    __slots__ = ("_answers", "_takers", "lost", "me", "unsure")

    def __init__(self) -> None:
        self.me = ALONE
        self.lost: list[Callable[[], None]] = []
        self.unsure: list[Callable[[], None]] = []
        self._takers: dict[str, list[Take]] = {}
        self._answers: dict[str, Answer] = {}

    def send(self, to: int, kind: str, item: Any) -> None:
        if to == self.me:
            for take in self._takers.get(kind, ()):
                take(self.me, item)

    def all(self, kind: str, item: Any) -> None:
        """There is nobody else."""

    async def ask(self, to: int, kind: str, item: Any, seconds: float = 2.0) -> Any:
        give = self._answers.get(kind) if to == self.me else None
        if give is None:
            raise BusGone(f"nobody answers {kind}")
        return await give(self.me, item)

    def on(self, kind: str, take: Take) -> None:
        self._takers.setdefault(kind, []).append(take)

    def answer(self, kind: str, give: Answer) -> None:
        self._answers[kind] = give

    def up(self) -> bool:
        return True

    def hears_all(self) -> bool:
        return True

    def unheard(self) -> list[int]:
        return []

    async def close(self) -> None:
        """Nothing is open."""
