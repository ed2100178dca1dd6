"""The forms in which objects leave: the bytes of a layer, or JSON text."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import codec, jsonform

JSON = -1
"""The form of sessions that speak JSON; every other form is the number of a layer."""


def encode(obj: Any, form: int) -> bytes:
    """An object in one form: TL bytes of the layer ``form``, or UTF-8 JSON text.

    Raises Inexpressible and LocalFault as :func:`codec.encode` does.
    """
    return codec.encode(obj, form) if form >= 0 else jsonform.encode(obj)


def encode_push(obj: Any, form: int) -> bytes:
    """An object as sessions of one form are pushed it. JSON sessions get a whole frame, the same
    bytes for all of them."""
    return codec.encode(obj, form) if form >= 0 else b'{"u":%b}' % jsonform.encode(obj)
