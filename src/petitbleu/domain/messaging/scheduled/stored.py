"""A draft as it waits in ``scheduled.draft``: a map of what is not at its default."""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.domain.communities.members.service import Right
from petitbleu.domain.messaging.messages.service import Draft, Entity, Forward, Reply

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
_DEFAULTS = Draft("")


def encode(draft: Draft) -> bytes:
    """The stored form."""
    said = zip(Draft._fields, draft, _DEFAULTS, strict=True)
    return _encode({name: value for name, value, default in said if value != default})


def decode(stored: bytes) -> Draft:
    """What :func:`encode` made."""
    found = {name: value for name, value in _decode(stored).items() if name in Draft._fields}
    found.setdefault("text", "")
    found["entities"] = _entities(found.get("entities", ()))
    if "reply_to" in found:
        reply = Reply(*found["reply_to"])
        found["reply_to"] = reply._replace(quote_entities=_entities(reply.quote_entities))
    if "forward" in found:
        found["forward"] = Forward(*found["forward"])
    if "right" in found:
        found["right"] = Right(*found["right"])
    return Draft(**found)


def _entities(stored: Any) -> list[Entity]:
    return [Entity(*one) for one in stored]
