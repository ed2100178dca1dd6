"""Faults: what a caller is told when a request cannot be served.

A leaf module: everybody may import it, it imports nothing of ours.

* :class:`Fault` is an answer, not a bug. The MTProto door maps it to ``rpc_error``, the web doors
  to an HTTP status. Names are those of ``schema/errors.tsv`` (core.telegram.org/api/errors).
* :class:`PeerFault` is raised by protocol code when the *other side* broke the protocol.
* :class:`LocalFault` is raised by protocol code when *we* misuse it: a bug, logged as one.
"""

from __future__ import annotations

import functools

from petitbleu.resources import schema_text


@functools.cache
def known_errors() -> dict[str, int]:
    """Error name (numbers replaced by ``X``) -> HTTP-like code, from ``schema/errors.tsv``."""
    table: dict[str, int] = {}
    for line in schema_text("errors.tsv").splitlines()[1:]:
        name, code, *_ = line.split("\t")
        table[name] = int(code)
    return table


class Fault(Exception):
    """An error answer: ``Fault("PEER_ID_INVALID")``, ``Fault("FLOOD_WAIT_X", 30)``.

    ``name`` must stand in ``errors.tsv``; a name with ``X`` takes the number that replaces it.
    """

    __slots__ = ("code", "name", "value")

    def __init__(self, name: str, value: int | None = None) -> None:
        self.name = name
        self.value = value
        self.code = known_errors()[name]
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The text on the wire: the number stands in the place of the X."""
        if self.value is None:
            return self.name
        if self.name.endswith("_X"):
            return f"{self.name[:-1]}{self.value}"
        return self.name.replace("_X_", f"_{self.value}_", 1)


class PeerFault(Exception):
    """The peer broke the protocol. ``transport_code`` (e.g. -404) is sent before closing."""

    def __init__(self, reason: str, transport_code: int | None = None) -> None:
        self.reason = reason
        self.transport_code = transport_code
        super().__init__(reason)


class LocalFault(Exception):
    """Our own code misused a protocol object: a bug."""


class MailRefused(OSError):
    """A mail server answered that it does not take a mail. ``code``: its answer (RFC 5321);
    ``status``: the enhanced one (RFC 3463), empty where it gave none; ``recipient``: it was about
    the address that the mail is for.
    """

    def __init__(self, code: int, answer: str, *, recipient: bool, kind: str = "") -> None:
        super().__init__(f"the mail server did not take the mail: {kind or code}")
        self.code = code
        first = answer.split(maxsplit=1)[0] if answer.strip() else ""
        self.status = first if first.count(".") == 2 and first[0] in "45" else ""
        self.recipient = recipient


class StoreUnavailable(Exception):
    """The database cannot take writes now (disk full, connection lost). Reads may still work."""
