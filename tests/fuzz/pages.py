"""Frames as a mad page sends them: valid calls of the schema, damaged as objects and as text."""

from __future__ import annotations

import copy
import json
from functools import cache
from random import Random
from typing import Any

from petitbleu.appdoor import frames
from petitbleu.appdoor.frames import Call
from petitbleu.tl import codec, jsonform
from petitbleu.tl.faults import TLError
from petitbleu.tl.wire import MAX_DEPTH
from tests.fuzz.damage import damaged
from tests.tl.plain import Plain, Samples

SCHEMA = codec.SCHEMA
_ODD = (
    None, True, False, 0, -1, 1 << 31, 1 << 63, -(1 << 63) - 1, 10**400, 1.5, 1e308, "", "x", "-",
    "9" * 30, "\u202e", "\x00", [], {}, [[]], [None], {"_": "user"}, {"_": "inputPeerSelf"},
)  # fmt: skip


@cache
def _queries() -> list[str]:
    """A query of each method in the newest form, with all of its fields, as JSON text."""
    newest = Plain(SCHEMA, SCHEMA.newest_layer)
    samples = Samples(newest)
    names = [name for name in newest.by_name if codec.is_method(name)]
    return [
        json.dumps(jsonform.to_json(codec.decode(newest.write(samples.make(name, True)))))
        for name in names
    ]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """(holder, key) of everything inside."""
    found: list[tuple[Any, Any]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        found.append((value, key))
        if isinstance(inner, (dict, list)):
            found += _places(inner)
    return found


def _deep(random: Random) -> Any:
    value: Any = {"_": "jsonNull"}
    for _ in range(random.randrange(MAX_DEPTH * 2)):
        value = {"_": "jsonArray", "value": [value]}
    return value


def frame(random: Random) -> bytes:
    """One frame, mostly almost right."""
    queries = _queries()
    calls: list[Any] = [
        {"i": random.randrange(1, 50), "q": json.loads(random.choice(queries))}
        for _ in range(random.choice((1, 1, 1, 2, 16, 17)))
    ]
    said: Any = calls if len(calls) > 1 or random.random() < 0.2 else calls[0]
    if random.random() < 0.15:
        said = {"open": {"v": 1, "build": "x", "session": "y", "got": random.randrange(9)}}
    for _ in range(random.randrange(4)):
        places = _places(said)
        if not places:
            break
        holder, key = random.choice(places)
        how = random.random()
        if how < 0.5:
            holder[key] = copy.deepcopy(random.choice((*_ODD, _deep(random))))
        elif how < 0.7 and isinstance(holder, dict):
            holder[random.choice(("_", "more", "i", "after", "flags"))] = copy.deepcopy(
                random.choice(_ODD)
            )
        elif isinstance(holder, dict):
            del holder[key]
    text = json.dumps(said, ensure_ascii=random.random() < 0.5).encode("utf-8", "replace")
    return damaged(random, text) if random.random() < 0.3 else text


def frames_of_pages(random: Random) -> None:
    """A frame is events or BadFrame, its query an object or TLError, and the object is one that
    has words in bytes too."""
    for event in frames.read(frame(random)):
        if not isinstance(event, Call) or event.fault:
            continue
        read = jsonform.from_json(event.asked.query)
        if codec.decode(codec.encode(read)) != read:
            raise AssertionError(f"bytes say it otherwise: {read!r}")


FAULTS = (frames.BadFrame, TLError)
