"""Peeling the invoke* wrappers off a call (core.telegram.org/api/invoking).

Wrappers come in any order, at most :data:`MAX_DEPTH` deep. What they say is gathered in
:class:`Peeled`; the innermost query stays bytes until its method is known to be allowed.
"""

from __future__ import annotations

import struct
from typing import Any

from petitbleu.errors import Fault
from petitbleu.rpc.logins import Device
from petitbleu.tl import codec
from petitbleu.tl.inflate import inflate

MAX_DEPTH = 8
MAX_INFLATED = 8 << 20
GZIP_PACKED = 0x3072CFA1

_u32 = struct.Struct("<I").unpack_from


class Peeled:
    """What the wrappers of one call said."""

    __slots__ = ("after", "device", "layer", "no_updates", "takeout")

    def __init__(self) -> None:
        self.layer = 0
        self.device: Device | None = None
        self.no_updates = False
        self.after: list[int] = []
        self.takeout: int | None = None


def _with_layer(peeled: Peeled, q: Any) -> None:
    peeled.layer = q.layer


def _init_connection(peeled: Peeled, q: Any) -> None:
    peeled.device = Device(
        q.api_id,
        q.device_model[:120],
        q.system_version[:120],
        q.app_version[:60],
        (q.lang_code or q.system_lang_code)[:20],
        q.lang_pack[:20],
    )


def _without_updates(peeled: Peeled, q: Any) -> None:
    peeled.no_updates = True


def _after_one(peeled: Peeled, q: Any) -> None:
    peeled.after.append(q.msg_id)


def _after_many(peeled: Peeled, q: Any) -> None:
    peeled.after.extend(q.msg_ids[:64])


def _transparent(peeled: Peeled, q: Any) -> None:
    """Proofs that change nothing here (attestation of official apps), and message ranges: the one
    that messages.getSplitRanges gives is all there is.
    """


def _takeout(peeled: Peeled, q: Any) -> None:
    peeled.takeout = q.takeout_id


WRAPPERS = {
    "invokeWithLayer": _with_layer,
    "initConnection": _init_connection,
    "invokeWithoutUpdates": _without_updates,
    "invokeAfterMsg": _after_one,
    "invokeAfterMsgs": _after_many,
    "invokeWithMessagesRange": _transparent,
    "invokeWithTakeout": _takeout,
    "invokeWithGooglePlayIntegrity": _transparent,
    "invokeWithApnsSecret": _transparent,
    "invokeWithReCaptcha": _transparent,
}
WRAPPER_IDS: dict[int, Any] = {}
NOT_AS_JSON = frozenset(
    {
        "auth.bindTempAuthKey",
        "auth.dropTempAuthKeys",
        "auth.exportAuthorization",
        "auth.importAuthorization",
        "auth.importBotAuthorization",
    }
)
"""Methods of keys and of bots, which a session in a browser has not. Files travel beside JSON, and
wrappers are fields of its frames: ``upload.*`` and ``invoke*`` are not served there either.
"""


def is_served_as_json(name: str) -> bool:
    """Whether a session that speaks JSON may call the method, if it is served at all."""
    return not (name in NOT_AS_JSON or name.startswith("upload.") or name in WRAPPERS)


def _wrapper_ids() -> dict[int, Any]:
    if not WRAPPER_IDS:
        for name, action in WRAPPERS.items():
            for constructor_id in codec.ids_of(name):
                WRAPPER_IDS[constructor_id] = action
    return WRAPPER_IDS


def peel(body: bytes) -> tuple[Peeled | None, bytes, int]:
    """(what the wrappers said or None, the inner query's bytes, its constructor id).

    Raises Fault INPUT_METHOD_INVALID for an empty query or wrappers too deep, TLError for
    malformed ones.
    """
    wrappers = WRAPPER_IDS or _wrapper_ids()
    peeled: Peeled | None = None
    inflated = 0
    for _ in range(MAX_DEPTH + 1):
        if len(body) < 4:
            raise Fault("INPUT_METHOD_INVALID")
        constructor_id: int = _u32(body)[0]
        action = wrappers.get(constructor_id)
        if action is not None:
            q = codec.decode(body)
            peeled = peeled or Peeled()
            action(peeled, q)
            body = bytes(q.query)
        elif constructor_id == GZIP_PACKED:
            packed = codec.decode_bytes(body, 4)
            body = inflate(packed, MAX_INFLATED - inflated)
            inflated += len(body)
        else:
            return peeled, body, constructor_id
    raise Fault("INPUT_METHOD_INVALID")
