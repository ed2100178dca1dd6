"""Whatever is served is served alike by both doors: results, errors and updates.

The same requests are made in two worlds that differ only in the door by which one person calls
(``twins.py``): for each served method a good one, one for each optional field and each constructor
that it can hold, and each of these with the numbers, texts and lists that clients get wrong.
"""

from __future__ import annotations

import collections
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu import desk, domain
from petitbleu.rpc.registry import METHODS
from petitbleu.rpc.wrappers import is_served_as_json
from tests.appdoor import twins
from tests.appdoor.twins import ByJson, ByMtproto, Caller
from tests.kit.requests import Maker, leaves, variants

_PASSKEYS = "passkeys are bound to the host of the web client: other clients have none"
EXCEPTIONS = {
    **dict.fromkeys(
        (
            "account.deletePasskey",
            "account.initPasskeyRegistration",
            "account.registerPasskey",
            "auth.finishPasskeyLogin",
            "auth.initPasskeyLogin",
        ),
        _PASSKEYS,
    ),
    "account.getAuthorizations": "each device has its own name, system and hash",
    "auth.exportLoginToken": "the token names the device that asks",
}
"""Methods whose answers differ by the door, and why."""
SHARES = 4
"""Of the methods, by their place in the alphabet: one is asked in a quick run."""
ENDING = frozenset(
    {"auth.logOut", "account.deleteAccount", "auth.importAuthorization", "auth.signIn",
     "auth.importBotAuthorization", "auth.signUp", "auth.checkPassword", "auth.bindTempAuthKey",
     "auth.importLoginToken", "auth.recoverPassword", "auth.resetAuthorizations",
     "account.resetAuthorization"}
)  # fmt: skip
"""Methods that sign somebody in or out: asked by a device of their own, last of all."""
WRONG: dict[str, tuple[Any, ...]] = {
    "int": (-1, 2**31 - 1),
    "long": (-1, 2**63 - 1),
    "double": (1.7e308,),
    "string": ("", "a\0b", "é" * 5000),
    "bytes": (b"", b"\xff" * 300),
}


def requests(maker: Maker, method: str) -> Iterator[tuple[str, Any]]:
    """(what it is, the request) for one method."""
    for path, make in variants(maker, method):
        yield path, make()
        if "." in path:
            continue
        for number, leaf in enumerate(leaves(make())):
            for value in WRONG.get(leaf.type, ()):
                request = make()
                target = list(leaves(request))[number]
                target.put(value)
                yield f"{path} {leaf.path}={str(value)[:12]!r}", request


def methods() -> list[str]:
    """What both doors serve."""
    domain.load_rooms()
    desk.load_rooms()
    return sorted(name for name in METHODS if is_served_as_json(name))


async def ask_all(caller: Caller, asked: list[str]) -> None:
    for method in asked:
        for what, request in requests(caller.maker, method):
            if twins.askable(method, request):
                await caller.send(method, what, request)


async def both(
    engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> tuple[Caller, Caller]:
    """The same requests by both doors."""
    dice = twins.loaded_dice(monkeypatch)
    made = []
    for kind in (ByMtproto, ByJson):
        async with twins.world_of(engine, folder / kind.__name__, dice) as world:
            caller = kind(world, dice)
            await caller.prepare()
            world.clock.advance(2 * 86400)
            await ask_all(caller, asked)
            world.errors.clear()
            made.append(caller)
    return made[0], made[1]


def differences(one: Caller, two: Caller) -> dict[str, str]:
    """Method -> the first thing in which the doors differ."""
    found: dict[str, str] = {}
    for kind in ("answers", "pushed", "heard"):
        first, second = getattr(one.record, kind), getattr(two.record, kind)
        assert len(first) == len(second)
        for (what, bytes_), (also, text) in zip(first, second, strict=True):
            assert what == also
            method = what.partition(" ")[0]
            left, right = _unnamed(bytes_), _unnamed(text)
            if left != right and method not in EXCEPTIONS:
                at = next(
                    n for n, pair in enumerate(zip(left, right, strict=False)) if len({*pair}) > 1
                )
                start = max(0, at - 200)
                told = "\n".join(one[start : at + 200] for one in (left, right))
                found.setdefault(method, f"{kind} {what}\n{told}")
    return found


_DEVICE = re.compile(
    r"(?<=“)(?:kit|Firefox)(?=”)|kit, 1|Firefox, Linux"
    r'|(?<="updateNewAuthorization", "unconfirmed": true, "hash": ")\d+'
)
"""What the device that calls is named in texts, and its number."""


def _unnamed(told: Any) -> str:
    """What was told as text, with one name for the device that calls. Unnumbered updates of one
    second have no order in a difference."""
    match told:
        case {"ok": {"other_updates": updates} as found}:
            told = {"ok": found | {"other_updates": sorted(updates, key=json.dumps)}}
    return _DEVICE.sub("device", json.dumps(told, ensure_ascii=False))


@pytest.mark.turns(SHARES)
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
async def test_every_method_is_served_alike(
    engine: str, share: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [name for name in methods() if name not in ENDING]
    assert len(every) > 400
    asked = every[share::SHARES]
    one, two = await both(engine, tmp_path, monkeypatch, asked)
    count = collections.Counter(
        "errors" if "err" in answer else "results" for _, answer in one.record.answers
    )
    assert sum(count.values()) > len(asked)
    print(f"{engine}: {len(asked)} methods, {dict(count)}")
    found = differences(one, two)
    assert found == {}, f"{len(found)}\n" + "\n".join(found.values())


def test_the_exceptions_are_few_and_served() -> None:
    assert len(EXCEPTIONS) <= 15
    assert EXCEPTIONS.keys() <= set(methods())
