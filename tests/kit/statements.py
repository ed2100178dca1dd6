"""What a piece of work asks of PostgreSQL: its statements and its commits. For tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asyncpg import connection

_OWN = ("typeinfo_tree", "set_config('jit'")
"""What asyncpg asks by itself, once for each connection that meets a type."""
_WRITES = re.compile(r"\b(insert\s+into|update\s+\w+\s+set|delete\s+from)\b", re.IGNORECASE)


class Asked:
    """Since :func:`counted` began."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        """Each statement is a round trip (one more where a connection sees it for the first time,
        to prepare it)."""
        self.commits = 0
        """Transactions that ended, those of a single statement among them."""

    def note(self, text: str, *, alone: bool) -> None:
        if any(word in text for word in _OWN):
            return
        self.texts.append(text)
        self.commits += text.startswith("COMMIT") or bool(alone and _WRITES.search(text))


@contextmanager
def counted() -> Iterator[Asked]:
    """Count what every connection of this process is asked."""
    asked = Asked()
    kind: Any = connection.Connection
    run, simple = kind._do_execute, kind.execute

    async def _do_execute(self: Any, query: str, *args: Any, **kw: Any) -> Any:
        asked.note(query, alone=not self.is_in_transaction())
        return await run(self, query, *args, **kw)

    async def execute(self: Any, query: str, *args: Any, **kw: Any) -> Any:
        if not args:
            asked.note(query, alone=not self.is_in_transaction())
        return await simple(self, query, *args, **kw)

    kind._do_execute, kind.execute = _do_execute, execute
    try:
        yield asked
    finally:
        kind._do_execute, kind.execute = run, simple
