"""Something that happens while an answer is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.kit.world import World


@contextmanager
def before_read(world: World, number: int, work: Callable[[], Awaitable[Any]]) -> Iterator[Any]:
    """Do ``work`` just before read number ``number`` (from 0) of the database; a list of one: how
    many reads there were."""
    store: Any = world.app.store
    originals = {name: getattr(type(store), name) for name in ("row", "rows", "scan")}
    seen = [0]
    working = [False]

    def wrapped(name: str) -> Any:
        async def read(self: Any, query: Any, /, **params: Any) -> Any:
            if not working[0]:
                seen[0] += 1
                if seen[0] == number + 1:
                    working[0] = True
                    try:
                        await work()
                    finally:
                        working[0] = False
            return await originals[name](self, query, **params)

        return read

    with pytest.MonkeyPatch.context() as patch:
        for name in originals:
            patch.setattr(type(store), name, wrapped(name))
        yield seen
