"""A letter of text alone, written out by hand: a fraction of what the mail library’s objects cost,
which matters where a receipt is written inside the transaction that files a letter. Pure.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable
from email.header import Header

_LINE = 76
_MAX_LINE_BYTES = 998
"""Bytes of a line that any mail server takes (RFC 5322 §2.1.1)."""


def write(headers: Iterable[tuple[str, str]], text: str) -> bytes:
    """The message as bytes, lines ended by LF, as the mail library writes it too.

    ``headers``: name (ASCII) and value of one line. Raises ValueError where a value or the text is
    no Unicode (half a surrogate pair).
    """
    body = ("\n".join(text.splitlines()) + "\n").encode()
    simple = body.isascii() and max(map(len, body.splitlines()), default=0) <= _MAX_LINE_BYTES
    if not simple:
        body = binascii.b2a_qp(body, istext=True)
    lines = [f"{name}: {_value(name, value)}" for name, value in headers]
    lines += [
        "MIME-Version: 1.0",
        f'Content-Type: text/plain; charset="{"us-ascii" if simple else "utf-8"}"',
        f"Content-Transfer-Encoding: {'7bit' if simple else 'quoted-printable'}",
    ]
    return "\n".join(lines).encode("ascii") + b"\n\n" + body


def _value(name: str, value: str) -> str:
    """Folded, and in encoded words (RFC 2047) where it is not ASCII."""
    if value.isascii() and len(name) + len(value) < _LINE:
        return value
    charset = "us-ascii" if value.isascii() else "utf-8"
    return Header(value, charset, maxlinelen=_LINE, header_name=name).encode()
