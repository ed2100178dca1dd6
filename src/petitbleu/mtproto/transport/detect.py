"""Which framing a raw TCP connection speaks, by its first bytes (8 at most; obfuscated: 64 to 72).

HTTP and TLS are told apart by the listener before this; their first words are refused here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from petitbleu.errors import PeerFault
from petitbleu.mtproto.transport.abridged import Abridged
from petitbleu.mtproto.transport.framing import MAX_FRAME, MIN_PAYLOAD, Framing
from petitbleu.mtproto.transport.full import Full
from petitbleu.mtproto.transport.intermediate import Intermediate
from petitbleu.mtproto.transport.obfuscated import HEADER, RESERVED_WORDS, Keys, Obfuscated
from petitbleu.mtproto.transport.padded import Padded

AnyFraming = Framing | Obfuscated


class NeedMore:
    """The first bytes do not tell yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NEED_MORE"


NEED_MORE: Final = NeedMore()


class Detected(NamedTuple):
    """Feed ``rest`` to ``framing`` at once. ``dc``: from the obfuscation header, else None."""

    framing: AnyFraming
    rest: bytes
    dc: int | None


_BY_TAG: dict[bytes, type[Framing]] = {
    b"\xef" * 4: Abridged,
    Intermediate.tag: Intermediate,
    Padded.tag: Padded,
}


def detect(first: bytes, *, max_frame: int = MAX_FRAME, secret: bytes = b"") -> Detected | NeedMore:
    """Give the framing, or NEED_MORE. PeerFault where it is none of ours.

    ``secret``: 16 bytes where the connection comes through this server's own proxy secret.
    """
    if not first:
        return NEED_MORE
    if first[0] == 0xEF:
        return Detected(Abridged(max_frame=max_frame), first[1:], None)
    if len(first) < 8:
        return NEED_MORE
    word = first[:4]
    plain = _BY_TAG.get(word)
    if plain is not None:
        return Detected(plain(max_frame=max_frame), first[4:], None)
    if word in RESERVED_WORDS:
        raise PeerFault("not an MTProto transport")
    if _is_full(first[:8], max_frame):
        return Detected(Full(max_frame=max_frame), first, None)
    if len(first) < HEADER:
        return NEED_MORE
    return _obfuscated(first, max_frame, secret)


def _is_full(head: bytes, max_frame: int) -> bool:
    length = int.from_bytes(head[:4], "little") - 12
    return head[4:8] == bytes(4) and MIN_PAYLOAD <= length <= max_frame


def _obfuscated(first: bytes, max_frame: int, secret: bytes) -> Detected | NeedMore:
    keys = Keys(first[:HEADER], secret)
    kind = _BY_TAG.get(keys.tag)
    if kind is None:
        # The full framing has no tag: look whether a first packet follows.
        if len(first) < HEADER + 8:
            return NEED_MORE
        if not _is_full(keys.first.update(first[HEADER : HEADER + 8]), max_frame):
            raise PeerFault("no known transport")
        keys = Keys(first[:HEADER], secret)
        kind = Full
    framing = Obfuscated(kind(max_frame=max_frame), keys.first, keys.second)
    return Detected(framing, first[HEADER:], keys.dc)
