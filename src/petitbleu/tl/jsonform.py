"""The same objects as JSON, for doors that speak JSON.

An object is ``{"_": "user", "id": "1", ...}`` with the schema's names; absent conditional fields
are absent. ``int`` and ``double`` are numbers, ``long`` is a decimal string (a JavaScript number
holds 53 bits) and is also read from a number, ``bytes``, ``int128`` and ``int256`` are base64,
``Bool`` and ``true`` are booleans, vectors are arrays. A wrapper's ``query`` is an object.

Input is as hostile as bytes are and meets the same limits; whatever is wrong raises
:class:`TLError`.
"""

from __future__ import annotations

import base64
import binascii
import functools
import math
from collections.abc import Callable
from typing import Any

from petitbleu.errors import LocalFault
from petitbleu.tl import codec
from petitbleu.tl.api import CLASSES
from petitbleu.tl.faults import TLError, UnknownConstructor
from petitbleu.tl.objects import TLObject
from petitbleu.tl.program import Kind, Step, program
from petitbleu.tl.wire import MAX_DEPTH

SCHEMA = CLASSES.schema
_SIZES = {"16s": 16, "32s": 32}
MAX_STRING = (1 << 24) - 1
"""Bytes of UTF-8: what the binary form can hold."""


@functools.cache
def _steps(name: str) -> dict[str, Step]:
    return {s.name: s for s in program(SCHEMA.newest(name)) if not s.is_word}


def to_json(obj: Any) -> dict[str, Any]:
    """An object as plain dicts, lists and scalars, ready for any JSON writer."""
    out: dict[str, Any] = {"_": obj.NAME}
    for step in _steps(obj.NAME).values():
        value = getattr(obj, step.attr)
        if value is None or (value is False and step.kind.code == "true"):
            if not step.flags:
                raise LocalFault(f"{obj.NAME}.{step.name} is missing")
            continue
        out[step.name] = value_to_json(step.kind, value)
    return out


def value_to_json(kind: Kind, value: Any) -> Any:
    """One value of a wire kind."""
    if kind.code == "fixed":
        if kind.pack == "q":
            return str(value)
        return value if kind.pack in "id" else base64.b64encode(value).decode()
    if kind.code == "bytes":
        return base64.b64encode(value).decode()
    if kind.code == "vector":
        assert kind.item is not None
        return [value_to_json(kind.item, item) for item in value]
    if kind.code == "rest":
        return to_json(codec.decode(value) if isinstance(value, bytes) else value)
    return to_json(value) if kind.code == "object" else value


def from_json(data: Any) -> Any:
    """The object that ``data`` (from any JSON reader) describes. Raises TLError."""
    return _object(data, "", 1)


def _object(data: Any, type_: str, depth: int) -> TLObject:
    if depth > MAX_DEPTH:
        raise TLError("nested too deep")
    if not isinstance(data, dict):
        raise TLError("an object was expected")
    name = data.get("_")
    if not isinstance(name, str) or name not in SCHEMA.by_name or not SCHEMA.is_current(name):
        raise UnknownConstructor(0, nested=bool(type_))
    c = SCHEMA.newest(name)
    if type_ and (c.function or c.result != type_):
        raise TLError(f"{name} where {type_} was expected")
    steps = _steps(name)
    if len(data) > 1 and not data.keys() - {"_"} <= steps.keys():
        raise TLError(f"{name} has a field that the schema has not")
    values = {s.attr: _field(name, s, data.get(s.name), depth) for s in steps.values()}
    return CLASSES[name](**values)


def _field(name: str, step: Step, data: Any, depth: int) -> Any:
    if data is None:
        if not step.flags:
            raise TLError(f"{name} needs {step.name}")
        return False if step.kind.code == "true" else None
    return _value(step.kind, data, depth)


def _integer(bits: int, data: Any) -> int:
    if isinstance(data, str) and bits == 64 and len(data) <= 20:
        digits = data.removeprefix("-")
        if digits.isascii() and digits.isdigit():
            data = int(data)
    if (
        isinstance(data, bool)
        or not isinstance(data, int)
        or not -1 << bits - 1 <= data < 1 << bits - 1
    ):
        raise TLError(f"an integer of {bits} bits was expected")
    return data


def _double(data: Any) -> float:
    if isinstance(data, bool) or not isinstance(data, (int, float)):
        raise TLError("a number was expected")
    try:
        number = float(data)
    except OverflowError:
        raise TLError("number out of range") from None
    if not math.isfinite(number):
        raise TLError("number out of range")
    return number


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TLError("a string was expected")
    try:
        size = len(data.encode())
    except UnicodeEncodeError:
        raise TLError("a string of valid characters was expected") from None
    if size > MAX_STRING:
        raise TLError("string too long")
    return data


def _binary(data: Any) -> bytes:
    if not isinstance(data, str):
        raise TLError("base64 was expected")
    try:
        value = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise TLError("base64 was expected") from None
    if len(value) > MAX_STRING:
        raise TLError("bytes too long")
    return value


def _fixed(kind: Kind, data: Any) -> Any:
    if kind.pack in "iq":
        return _integer(32 if kind.pack == "i" else 64, data)
    if kind.pack == "d":
        return _double(data)
    value = _binary(data)
    if len(value) != _SIZES[kind.pack]:
        raise TLError(f"{_SIZES[kind.pack]} bytes were expected")
    return value


def _boolean(data: Any) -> bool:
    if not isinstance(data, bool):
        raise TLError("a boolean was expected")
    return data


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "string": _text,
    "bytes": _binary,
    "bool": _boolean,
    "true": _boolean,
}


def _value(kind: Kind, data: Any, depth: int) -> Any:
    scalar = _SCALARS.get(kind.code)
    if scalar is not None:
        return scalar(data)
    if kind.code == "fixed":
        return _fixed(kind, data)
    if kind.code == "object":
        return _object(data, kind.type, depth + 1)
    if kind.code == "rest":
        return codec.encode(_object(data, "", depth + 1))
    if not isinstance(data, list):
        raise TLError("an array was expected")
    assert kind.item is not None
    return [_value(kind.item, item, depth) for item in data]


__all__ = ["from_json", "to_json", "value_to_json"]
