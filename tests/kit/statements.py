"""What a piece of work asks of PostgreSQL: its statements. For tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asyncpg import connection

_OWN = ("typeinfo_tree", "set_config('jit'")
"""What asyncpg asks by itself, once for each connection that meets a type."""


class Asked:
    """Since :func:`counted` began."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        """Each statement is a round trip (one more where a connection sees it for the first time,
        to prepare it)."""

    def note(self, text: str) -> None:
        if not any(word in text for word in _OWN):
            self.texts.append(text)


@contextmanager
def counted() -> Iterator[Asked]:
    """Count what every connection of this process is asked."""
    asked = Asked()
    kind: Any = connection.Connection
    run, simple = kind._do_execute, kind.execute

    async def _do_execute(self: Any, query: str, *args: Any, **kw: Any) -> Any:
        asked.note(query)
        return await run(self, query, *args, **kw)

    async def execute(self: Any, query: str, *args: Any, **kw: Any) -> Any:
        if not args:
            asked.note(query)
        return await simple(self, query, *args, **kw)

    kind._do_execute, kind.execute = _do_execute, execute
    try:
        yield asked
    finally:
        kind._do_execute, kind.execute = run, simple
