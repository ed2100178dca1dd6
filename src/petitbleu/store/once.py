"""Calls that create something have one effect, at whichever worker they are said again.

The transaction that creates begins with ``await tx.once()``. In a cluster that is a row of ``done``
under the call's name: of two transactions with one name the second waits for the first, and then
ends with :class:`Repeated`. Who serves calls says which one runs (:data:`CLAIM`).
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple

from petitbleu.store.api import Tx
from petitbleu.store.query import query

KEPT_SECONDS = 900
"""How long a call is remembered."""


class Repeated(Exception):
    """The call has had its effect already."""


class Claim:
    """A call that is to have one effect."""

    __slots__ = ("at", "auth", "msg_id", "session", "taken")

    def __init__(self, auth: int, session: int, msg_id: int, at: int) -> None:
        self.auth = auth
        self.session = _signed(session)
        self.msg_id = _signed(msg_id)
        self.at = at
        self.taken = False
        """Whether the transaction that creates was committed."""


class Done(NamedTuple):
    """What a call was answered; None while it is not known yet."""

    value: bytes | None


CLAIM: ContextVar[Claim | None] = ContextVar("claim", default=None)
"""The call that runs; None where there is none, or it may run as often as it likes."""

TAKE = query(
    "insert into done (auth, session, msg_id, at) values (:auth, :session, :msg_id, :at)"
    " on conflict (auth, session, msg_id) do nothing"
)
FIND = query(
    "select value from done where auth = :auth and session = :session and msg_id = :msg_id", Done
)
_ANSWERED = query(
    "update done set value = :value where auth = :auth and session = :session and msg_id = :msg_id"
)
_PRUNE = query("delete from done where at < :before")


async def answered(tx: Tx, claim: Claim, value: bytes) -> None:
    """Keep what the call is answered."""
    await tx.later(
        _ANSWERED, auth=claim.auth, session=claim.session, msg_id=claim.msg_id, value=value
    )


async def prune(tx: Tx, before: int) -> None:
    """Forget calls that nobody says again."""
    await tx.run(_PRUNE, before=before)


def _signed(number: int) -> int:
    """A number of 64 bits as databases have them."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)
