"""The table of served methods: ``@rpc("messages.sendMessage", who=USER | BOT, limit="send")``.

A room's ``rpc.py`` decorates its handlers; ``domain/__init__.py`` lists the rooms by hand and
:func:`load` imports them. A name that is not in the schema, or that two rooms claim, stops the
start.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from petitbleu.rpc.ctx import Ctx

Handler = Callable[[Ctx, Any], Awaitable[Any]]
H = TypeVar("H", bound=Handler)


class Who(enum.Flag):
    """Who may call a method."""

    ANYONE = enum.auto()
    """Also before login."""
    USER = enum.auto()
    BOT = enum.auto()


ANYONE, USER, BOT = Who.ANYONE, Who.USER, Who.BOT


READING = ("get", "search")
"""How the names of methods begin that answer what stands: not before the pushes of it have left."""


class Method:
    """One served method."""

    __slots__ = (
        "anyone",
        "bots",
        "counts",
        "handler",
        "limit",
        "name",
        "once",
        "reads",
        "room",
        "stub",
        "users",
        "who",
    )

    def __init__(
        self,
        name: str,
        handler: Handler,
        who: Who,
        limit: str,
        stub: bool,
        once: bool = False,
        counts: bool = False,
    ) -> None:
        self.name = name
        self.handler = handler
        self.who = who
        # Asked for every call, and ``in`` of enum.Flag is slow.
        self.anyone, self.users, self.bots = (caller in who for caller in (ANYONE, USER, BOT))
        self.limit = limit
        self.stub = stub
        self.once = once
        """Whether it creates something: said again, it has the first call's effect and answer."""
        self.counts = counts
        """Whether its answer tells a number of unread messages: it must fit what was pushed."""
        self.reads = name.partition(".")[2].startswith(READING)
        self.room = handler.__module__.rsplit(".", 2)[-2]


METHODS: dict[str, Method] = {}
"""TL method name -> who serves it. Filled at import, read-only afterwards."""


Gate = Callable[[Ctx, int], Awaitable[None]]
TAKEOUT_GATES: list[Gate] = []
"""What judges the export a call claims to belong to. Filled at import."""


def takeout_gate(gate: Gate) -> Gate:
    """Register who answers for ``invokeWithTakeout``: raises a Fault for an export of nobody's."""
    TAKEOUT_GATES.append(gate)
    return gate


def rpc(
    name: str,
    *,
    who: Who = USER,
    limit: str = "read",
    stub: bool = False,
    once: bool = False,
    counts: bool = False,
) -> Callable[[H], H]:
    """Register a handler ``async def h(ctx, q) -> TL object``.

    ``limit`` names a rule of ``schema/limits.toml``. ``stub=True`` marks a correct empty answer,
    for the coverage list. ``once=True``: it creates something in a transaction that begins with
    ``tx.once()``; a repeated call has the first one's result (``rpc/once.py``). ``counts=True``:
    its answer tells a number of unread messages; it changes nothing and may be run again.
    """

    def register(handler: H) -> H:
        if name in METHODS:
            raise RuntimeError(
                f"{name} is served twice: {METHODS[name].room} and {handler.__module__}"
            )
        METHODS[name] = Method(name, handler, who, limit, stub, once, counts)
        return handler

    return register
