"""What the command line, the service chat and jobs do to content, people and evidence, and the line
about it in the log.

A leaf: the desk declares what writes the line (:func:`on_act`), which gate an act passes before it
(:func:`on_gate`) and how a second person agrees (:func:`on_second`); without them nothing is
written and everything passes. The line is in the transaction of the act: :func:`performing` gives
an App whose store adds it to the first transaction that commits, :func:`log` adds it to one.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

from petitbleu.app import App

if TYPE_CHECKING:
    from petitbleu.store.api import Store, Tx


SYSTEM = "system"
"""Who acts in a job."""


class Act:
    """One act: ``action`` as the log names it, by whom, about whom or what.

    ``data`` holds numbers and names of settings, never words of people, numbers of telephones or
    addresses: a line of the log stays for good.
    """

    __slots__ = ("action", "actor", "data", "logged", "name", "subject")

    def __init__(
        self,
        name: str,
        actor: str,
        *,
        action: str = "",
        subject: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.actor = actor
        self.action = action or name
        self.subject = subject or name
        self.data = dict(data or {})
        self.logged = False
        """Its line is written."""


Line = Callable[["Tx", App, Act], Awaitable[None]]
Gate = Callable[[App, str, dict[str, Any]], Awaitable[None]]
Second = Callable[[App, Act, dict[str, Any], bool], Awaitable[None]]

_LINES: list[Line] = []
_GATES: list[Gate] = []
_SECONDS: list[Second] = []
_CURRENT: ContextVar[Act | None] = ContextVar("act", default=None)


def on_act(line: Line) -> Line:
    """Have ``line(tx, app, act)`` called in the transaction of each act. Declared at import."""
    _LINES.append(line)
    return line


def on_gate(gate: Gate) -> Gate:
    """Have ``gate(app, name, params)`` called before a command; it raises to refuse it."""
    _GATES.append(gate)
    return gate


def on_second(second: Second) -> Second:
    """Have ``second(app, act, shown, offline)`` called where a command needs two people; it raises
    where nobody has agreed.
    """
    _SECONDS.append(second)
    return second


async def pass_gate(app: App, name: str, params: dict[str, Any]) -> None:
    """Raises what a gate raises (``control.CommandRefused``)."""
    for gate in _GATES:
        await gate(_instance(app), name, params)


async def second_agreed(app: App, shown: dict[str, Any], *, offline: bool = False) -> None:
    """Use a second person's agreement to the command that runs (its subject and ``shown``, what
    they read, are what they agree to). Raises ``control.CommandRefused`` where there is none.
    """
    act = _CURRENT.get()
    if act is not None:
        for second in _SECONDS:
            await second(_instance(app), act, shown, offline)


def _instance(app: App) -> App:
    """The App itself, where :func:`performing` gave another: asking is not the act."""
    return app.store._app if isinstance(app.store, _Writing) else app


def concerns(subject: str, **data: Any) -> None:
    """Say whom or what the act that runs is about (``account:7``, ``PB-2026-000001``), before it
    writes. Nothing where none runs.
    """
    act = _CURRENT.get()
    if act is not None:
        act.subject = subject
        act.data |= data


async def log(tx: Tx, app: App, act: Act) -> None:
    """Write the line of an act in the transaction that does it."""
    for line in _LINES:
        await line(tx, app, act)


class _Writing:
    """A store whose first transaction that commits holds the line of an act."""

    def __init__(self, app: App, act: Act) -> None:
        self._app, self._store, self._act = app, app.store, act

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def write(self, change: Callable[..., Awaitable[Any]], /, *args: Any, **kw: Any) -> Any:
        return await self._with_line(self._store.write, change, args, kw)

    async def background(
        self, change: Callable[..., Awaitable[Any]], /, *args: Any, **kw: Any
    ) -> Any:
        return await self._with_line(self._store.background, change, args, kw)

    async def batch(self, op: Any, item: Any, /) -> Any:
        """A batch is shared with others: the line is on disk before it."""
        if not self._act.logged:
            await self.write(_nothing)
        return await self._store.batch(op, item)

    async def _with_line(
        self,
        write: Callable[..., Awaitable[Any]],
        change: Callable[..., Awaitable[Any]],
        args: Any,
        kw: Any,
    ) -> Any:
        if self._act.logged:
            return await write(change, *args, **kw)

        async def change_and_log(tx: Tx) -> Any:
            result = await change(tx, *args, **kw)
            await log(tx, self._app, self._act)
            return result

        result = await write(change_and_log)
        self._act.logged = True
        return result


async def _nothing(tx: Tx) -> None:
    """A transaction of the line alone."""


def performing(app: App, act: Act) -> App:
    """The App to hand to what does ``act``: the line is in its first transaction that commits."""
    acting = copy.copy(app)
    acting.store = cast("Store", _Writing(app, act))
    return acting


@contextmanager
def current(act: Act) -> Iterator[None]:
    """What runs inside may say whom the act :func:`concerns`."""
    token = _CURRENT.set(act)
    try:
        yield
    finally:
        _CURRENT.reset(token)


async def finish(app: App, act: Act) -> None:
    """Write the line of an act that changed nothing (it showed something), before its answer."""
    if not act.logged:
        await app.store.write(log, app, act)
        act.logged = True
