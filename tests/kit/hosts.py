"""For every object that a request can hold: a request of a method that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from petitbleu.rpc import fields
from petitbleu.rpc.registry import METHODS
from tests.kit.requests import Maker

FIRST = (
    "messages.sendMessage",
    "messages.sendMedia",
    "messages.sendReaction",
    "messages.toggleDialogPin",
    "account.getNotifySettings",
)
"""Methods whose errors are documented for what they hold, asked before all others."""
Made = Callable[[Maker], Any]


def requests() -> dict[str, tuple[str, Made]]:
    """Constructor -> (method, a maker of a request of it that holds the constructor)."""
    found: dict[str, tuple[str, Made]] = {}
    served = [name for name in sorted(METHODS) if not METHODS[name].stub and name not in FIRST]
    for method in (*FIRST, *served):
        for name, made in _below(method, ()):
            found.setdefault(name, (method, made))
    return found


def _below(name: str, above: tuple[str, ...]) -> Iterator[tuple[str, Made]]:
    for f in fields.values(name):
        if fields.state(name, f.name) != fields.ACTED:
            continue
        many = f.type.startswith("Vector<")
        for one in fields.constructors(fields.item(f.type)):
            if one in above:
                continue
            yield one, _holder(name, f.attr, many, lambda m, one=one: m.make(one))
            if fields.of_constructor(one) is None:
                for inner, made in _below(one, (*above, one)):
                    yield inner, _holder(name, f.attr, many, made)


def _holder(name: str, attr: str, many: bool, made: Made) -> Made:
    def build(maker: Maker) -> Any:
        held = made(maker)
        # A poll needs two answers; of other lists one is enough.
        given = {attr: [held] * (1 + (name == "poll")) if many else held}
        return maker.request(name, **given) if name in METHODS else maker.make(name, **given)

    return build


def find(request: Any, name: str) -> Any:
    """The object of a constructor inside a request."""
    if name == request.NAME:
        return request
    for f in fields.values(request.NAME):
        value = getattr(request, f.attr)
        for one in value if isinstance(value, list) else [value]:
            if hasattr(one, "NAME") and (found := find(one, name)) is not None:
                return found
    return None
