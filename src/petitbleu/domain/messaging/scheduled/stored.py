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
    fields = {name: value for name, value in _decode(stored).items() if name in Draft._fields}
    fields.setdefault("text", "")
    fields["entities"] = _entities(fields.get("entities", ()))
    if "reply_to" in fields:
        reply = Reply(*fields["reply_to"])
        fields["reply_to"] = reply._replace(quote_entities=_entities(reply.quote_entities))
    if "forward" in fields:
        fields["forward"] = Forward(*fields["forward"])
    if "right" in fields:
        fields["right"] = Right(*fields["right"])
    return Draft(**fields)


def _entities(stored: Any) -> list[Entity]:
    return [Entity(*one) for one in stored]
