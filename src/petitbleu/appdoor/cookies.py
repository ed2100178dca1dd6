"""The cookie of a browser, as headers have it.

``__Host-pb`` over HTTPS: no other host can plant or read it, and no script. Plain ``pb`` where the
page comes over http, which browsers treat as secure on localhost only.
"""

from __future__ import annotations

import base64
import re

NAME = "pb"
TRUSTED_SECONDS = 180 * 86400
VALUE_BYTES = 32
_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")


def name(secure: bool) -> str:
    """The cookie's name."""
    return f"__Host-{NAME}" if secure else NAME


def encode(value: bytes) -> str:
    """The text of a value of 32 bytes."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def find(headers: list[str], secure: bool) -> bytes | None:
    """The value that Cookie headers carry. None: there is no such cookie; empty: it is none of
    ours (planted, cut, or twice there with different values)."""
    wanted = name(secure)
    found = {
        value.strip().strip('"')
        for header in headers
        for key, equals, value in (part.partition("=") for part in header.split(";"))
        if equals and key.strip() == wanted
    }
    if not found:
        return None
    text = found.pop()
    if found or not _VALUE.fullmatch(text):
        return b""
    value = base64.urlsafe_b64decode(text + "=")
    return value if encode(value) == text else b""


def setting(value: bytes, *, secure: bool, trusted: bool) -> str:
    """The Set-Cookie header that gives a browser its value."""
    age = f"; Max-Age={TRUSTED_SECONDS}" if trusted else ""
    return f"{name(secure)}={encode(value)}; Path=/; HttpOnly; SameSite=Strict{age}" + _end(secure)


def deleting(secure: bool) -> str:
    """The Set-Cookie header that takes it away."""
    return f"{name(secure)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" + _end(secure)


def _end(secure: bool) -> str:
    return "; Secure" if secure else ""
