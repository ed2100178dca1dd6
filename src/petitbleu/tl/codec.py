"""Bytes to objects and back.

``decode(data)`` needs no layer: no id has two wire shapes. The object is in the newest layer's
form, old requests are lifted on the way. ``encode(obj, layer)`` writes the form of the client's
layer. Input is hostile: whatever is wrong with it raises :class:`TLError` and nothing else. Bad
*objects* are bugs of ours and raise :class:`LocalFault`.
"""

from __future__ import annotations

import functools
import struct
from typing import Any

from petitbleu.errors import LocalFault
from petitbleu.tl import adapt, bridges
from petitbleu.tl.api import CLASSES
from petitbleu.tl.decoders import Decoders, Read
from petitbleu.tl.dialect import UNRULED, Dialect
from petitbleu.tl.faults import Inexpressible, TLError, UnknownConstructor
from petitbleu.tl.layers import Layers
from petitbleu.tl.objects import Raw
from petitbleu.tl.program import kind_of
from petitbleu.tl.wire import get_bytes, get_string, put_bytes, put_string, u32

SCHEMA = CLASSES.schema
NEWEST_LAYER = SCHEMA.newest_layer
OLDEST_LAYER = SCHEMA.layers[0]

_DECODERS = Decoders(SCHEMA, CLASSES)
_ANY = _DECODERS.table("")
_LAYERS = Layers(SCHEMA)
_DIALECTS: dict[int, Dialect] = {}
_MALFORMED = (struct.error, IndexError, UnicodeDecodeError)
_UNFIT = (struct.error, AttributeError, TypeError, ValueError)


def decode(data: bytes, offset: int = 0) -> Any:
    """The object that ``data`` holds from ``offset`` to its end. Raises TLError."""
    obj, after = decode_from(data, offset)
    if after != len(data):
        raise TLError("bytes left over")
    return obj


def decode_from(data: bytes, offset: int = 0) -> tuple[Any, int]:
    """(the object at ``offset``, the place after it). Raises TLError."""
    if data.__class__ is not bytes:
        data = bytes(data)
    try:
        obj, after = _ANY[u32(data, offset)[0]](data, offset + 4, 0)
    except _MALFORMED as broken:
        raise TLError(f"malformed: {broken}") from None
    if after > len(data):
        raise TLError("truncated")
    return obj, after


def decode_bytes(data: bytes, offset: int = 0) -> bytes:
    """The TL ``bytes`` at ``offset``. Raises TLError."""
    try:
        return get_bytes(data, offset)[0]
    except IndexError:
        raise TLError("truncated") from None


@functools.cache
def _result_reader(type_: str) -> Read:
    return _DECODERS.value_reader(kind_of(type_))


def decode_result(method: str, data: bytes, layer: int = NEWEST_LAYER) -> Any:
    """The result of a method as a client of ``layer`` reads it (for tests). Raises TLError."""
    try:
        value, after = _result_reader(_result_type(method, layer))(data, 0, 0)
    except _MALFORMED as broken:
        raise TLError(f"malformed: {broken}") from None
    if after != len(data):
        raise TLError("truncated or too long")
    return value


def dialect(layer: int) -> Dialect:
    """The writer of a layer. Any number is answered: see ``layers.py``."""
    known = _DIALECTS.get(layer)
    if known is None:
        layer = _LAYERS.clamp(layer)
        known = _DIALECTS.get(layer)
        if known is None:
            known = _DIALECTS[layer] = Dialect(_LAYERS, CLASSES, layer)
    return known


def encode(obj: Any, layer: int = NEWEST_LAYER) -> bytes:
    """The bytes of an object for a client of ``layer``.

    Raises Inexpressible where the layer has no words for it and no rule stands in, LocalFault
    where the object is not what its schema says.
    """
    pieces: list[bytes] = []
    try:
        dialect(layer).table[obj.__class__](obj, pieces.append)
    except _UNFIT as wrong:
        raise LocalFault(f"cannot encode {_name(obj)}: {wrong}") from wrong
    return b"".join(pieces)


def encode_result(method: str, value: Any, layer: int = NEWEST_LAYER) -> bytes:
    """The bytes of a method's result: an object, a bool, or a list, in the type that ``layer``
    expects.
    """
    pieces: list[bytes] = []
    newest = SCHEMA.newest(method).result
    type_ = _result_type(method, layer)
    try:
        if type_ != newest:
            value = adapt.RESULTS[method](value, type_)
        if type_ == "Bool" or type_.startswith("Vector<"):
            dialect(layer).value(type_)(value, pieces.append)
        else:
            dialect(layer).table[value.__class__](value, pieces.append)
    except _UNFIT as wrong:
        raise LocalFault(f"cannot encode the result of {method}: {wrong}") from wrong
    return b"".join(pieces)


@functools.lru_cache(4096)  # bounded: the layer is what a client says
def _result_type(method: str, layer: int) -> str:
    form = _LAYERS.form(method, layer)
    return (form or SCHEMA.newest(method)).result


def _name(obj: Any) -> str:
    return getattr(obj, "NAME", "") or type(obj).__name__


def method_of(constructor_id: int) -> str | None:
    """The name of the method that the id calls, in whatever layer; None where it is no method."""
    c = SCHEMA.by_id.get(constructor_id)
    return c.name if c is not None and c.function else None


def is_method(name: str) -> bool:
    """Whether the newest layer has a method of this name."""
    return name in SCHEMA.by_name and SCHEMA.is_current(name) and SCHEMA.newest(name).function


def ids_of(name: str) -> tuple[int, ...]:
    """All ids a name has had, oldest first."""
    return tuple(c.id for c in SCHEMA.by_name.get(name, ()))


encode_string = put_string
encode_bytes = put_bytes

__all__ = [
    "CLASSES",
    "NEWEST_LAYER",
    "OLDEST_LAYER",
    "SCHEMA",
    "UNRULED",
    "Inexpressible",
    "Raw",
    "TLError",
    "UnknownConstructor",
    "bridges",
    "decode",
    "decode_bytes",
    "decode_from",
    "decode_result",
    "dialect",
    "encode",
    "encode_bytes",
    "encode_result",
    "encode_string",
    "get_string",
    "ids_of",
    "is_method",
    "method_of",
]
