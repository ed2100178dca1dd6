"""The same objects as JSON, for doors that speak JSON.

An object is ``{"_": "user", "id": "1", ...}`` with the schema's names; absent conditional fields
are absent. ``int`` and ``double`` are numbers, ``long`` is a decimal string (a JavaScript number
holds 53 bits) and is also read from a number, ``bytes``, ``int128`` and ``int256`` are base64,
``Bool`` and ``true`` are booleans, vectors are arrays. A wrapper's ``query`` is an object.

Input is as hostile as bytes are and meets the same limits; whatever is wrong raises
:class:`TLError`, whose ``path`` names the field (``peer.access_hash``).
"""

from __future__ import annotations

import base64
import binascii
import functools
import math
from collections.abc import Callable
from typing import Any

import msgspec

from petitbleu.errors import LocalFault
from petitbleu.tl import codec
from petitbleu.tl.api import CLASSES
from petitbleu.tl.faults import TLError, UnknownConstructor
from petitbleu.tl.jsonwriters import TABLE, ToJson, result_writer, value_writer
from petitbleu.tl.objects import TLObject
from petitbleu.tl.program import Kind, Step, program
from petitbleu.tl.wire import MAX_DEPTH

SCHEMA = CLASSES.schema
_SIZES = {"16s": 16, "32s": 32}
MAX_STRING = (1 << 24) - 1
"""Bytes of UTF-8: what the binary form can hold."""
_encode = msgspec.json.Encoder().encode


@functools.cache
def _steps(name: str) -> dict[str, Step]:
    return {s.name: s for s in program(SCHEMA.newest(name)) if not s.is_word}


@functools.cache
def _together(name: str) -> tuple[tuple[Step, ...], ...]:
    """The fields that share a bit of their flags: all of them are there, or none."""
    shared: dict[tuple[str, int], list[Step]] = {}
    for step in _steps(name).values():
        if step.flags:
            shared.setdefault((step.flags, step.bit), []).append(step)
    return tuple(tuple(steps) for steps in shared.values() if len(steps) > 1)


def to_json(obj: Any) -> Any:
    """An object as plain dicts, lists and scalars, ready for :data:`encode_json` (a
    :class:`~petitbleu.tl.objects.Raw` inside becomes ``msgspec.Raw``). Raises LocalFault.
    """
    return _written(TABLE[obj.__class__], obj)


def value_to_json(kind: Kind, value: Any) -> Any:
    """One value of a wire kind."""
    return _written(value_writer(kind), value)


def result_to_json(method: str, value: Any) -> Any:
    """The result of a method: an object, a bool, or a list."""
    return _written(result_writer(method), value)


def encode(obj: Any) -> bytes:
    """The JSON text of an object, UTF-8. Raises LocalFault where it is not what its schema says."""
    return encode_json(to_json(obj))


def encode_json(data: Any) -> bytes:
    """The JSON text of what the functions above give. Raises LocalFault."""
    try:
        return _encode(data)
    except (TypeError, ValueError) as wrong:  # a lone surrogate among them
        raise LocalFault(f"cannot write as JSON: {wrong}") from wrong


def _written(write: ToJson, value: Any) -> Any:
    try:
        return write(value)
    except (AttributeError, TypeError, ValueError) as wrong:
        name = getattr(value, "NAME", type(value).__name__)
        raise LocalFault(f"cannot write {name} as JSON: {wrong}") from wrong


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
    for fields in _together(name):
        lacking = [s for s in fields if _is_absent(s, values[s.attr])]
        if 0 < len(lacking) < len(fields):
            wrong = TLError("a value is needed beside the others of its flag")
            wrong.inside(lacking[0].name)
            raise wrong
    return CLASSES[name](**values)


def _is_absent(step: Step, value: Any) -> bool:
    return value is None or (value is False and step.kind.code == "true")


def _field(name: str, step: Step, data: Any, depth: int) -> Any:
    try:
        if data is None:
            if not step.flags:
                raise TLError("a value is needed")
            return False if step.kind.code == "true" else None
        return _value(step.kind, data, depth)
    except TLError as wrong:
        wrong.inside(step.name)
        raise


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
    read, item_kind = [], kind.item
    for number, item in enumerate(data):
        try:
            read.append(_value(item_kind, item, depth))
        except TLError as wrong:
            wrong.inside(str(number))
            raise
    return read


__all__ = ["encode", "encode_json", "from_json", "result_to_json", "to_json", "value_to_json"]
