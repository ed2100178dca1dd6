"""Letters within a part that does not say so plainly: signed as a whole (S/MIME, RFC 8551
§3.5.2), attached as a file ``.eml``, or attached in base64, which no standard allows.

A signature is looked through and not checked: whether the sender is who it says is for the own mail
server and the directory.
"""

from __future__ import annotations

import base64
import email
import email.message
import email.policy
import re

SIZE_MAX = 25 << 20
_SIGNED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_SEQUENCE, _SET, _CONTEXT, _OCTETS, _PIECES, _INTEGER, _NAME = 0x30, 0x31, 0xA0, 0x04, 0x24, 2, 6
_PIECES_MAX = 100_000
_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*(?:\r?\n|\r)")


def held(part: email.message.Message, name: str) -> email.message.Message | None:
    """The letter that this part holds, where it takes more than reading on to see it."""
    kind = part.get_content_type()
    if kind in _SIGNED:
        content = signed(_bytes(part))
        return _letter(content) if content else None
    if (
        kind == "message/rfc822"
        and str(part.get("Content-Transfer-Encoding", "")).lower() == "base64"
    ):
        return _undone(part)
    if not part.is_multipart() and name.lower().endswith(".eml"):
        data = _bytes(part)
        return _letter(data) if _HEADER.match(data[:1000]) else None
    return None


def signed(data: bytes) -> bytes:
    """What a CMS SignedData (RFC 5652 §5) carries inside; empty where nothing is, or it is other
    data, such as encrypted ones."""
    try:
        return _content(data)
    except IndexError:
        return b""


def _content(data: bytes) -> bytes:
    at = _within(data, 0, _SEQUENCE)
    if not data.startswith(_SIGNED_DATA, at):
        return b""
    at = _within(data, at + len(_SIGNED_DATA), _CONTEXT)
    at = _within(data, at, _SEQUENCE)
    at = _after(data, _after(data, at, _INTEGER), _SET)  # version, digests
    at = _within(data, at, _SEQUENCE)
    at = _within(data, _after(data, at, _NAME), _CONTEXT)
    tag, start, end = _node(data, at)
    if tag == _OCTETS:
        return data[start:end]
    if tag != _PIECES:
        return b""
    pieces: list[bytes] = []
    at = start
    while len(pieces) < _PIECES_MAX and (end < 0 or at < end) and data[at] == _OCTETS:
        _, first, at = _node(data, at)
        pieces.append(data[first:at])
    return b"".join(pieces)


def _node(data: bytes, at: int) -> tuple[int, int, int]:
    """(tag, start, end) of what stands there in BER; no end (-1) where its length is left open."""
    tag, length, start = data[at], data[at + 1], at + 2
    if length == 0x80:
        return tag, start, -1
    if length > 0x80:
        size = length & 0x7F
        if size > 4:
            raise IndexError
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > len(data):
        raise IndexError
    return tag, start, start + length


def _within(data: bytes, at: int, tag: int) -> int:
    node, start, _ = _node(data, at)
    if node != tag:
        raise IndexError
    return start


def _after(data: bytes, at: int, tag: int) -> int:
    node, _, end = _node(data, at)
    if node != tag or end < 0:
        raise IndexError
    return end


def _undone(part: email.message.Message) -> email.message.Message | None:
    """A letter attached in base64: read as it stands, it has no headers and one long text."""
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(first, email.message.Message) or first.keys():
        return None
    text = first.get_payload()
    if not isinstance(text, str) or len(text) > 2 * SIZE_MAX:
        return None
    try:
        data = base64.b64decode(text)
    except ValueError:
        return None
    return _letter(data) if _HEADER.match(data[:1000]) else None


def _letter(data: bytes) -> email.message.Message | None:
    if not data or len(data) > SIZE_MAX:
        return None
    return email.message_from_bytes(data, policy=email.policy.compat32)


def _bytes(part: email.message.Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:  # an encoding that lies
        return b""
    return data if isinstance(data, bytes) else b""
