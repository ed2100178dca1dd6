"""Calls that create something have one effect, at whichever worker they are said again.

The transaction that creates begins with ``await tx.once()``. In a cluster that is a row of ``done``
under the call's name: of two transactions with one name the second waits for the first, and then
ends with :class:`Repeated`. Who serves calls says which one runs (:data:`CLAIM`).

The row is given the transaction's result as well (in a :class:`Form`), before the commit, and the
call's answer after it: where the answer to the commit is lost, or the worker ends between the two,
the result is there.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, NamedTuple

from petitbleu.store.api import Tx
from petitbleu.store.forms import Form
from petitbleu.store.query import query

KEPT_SECONDS = 900
"""How long a call is remembered."""


_EFFECT = b"\xc1"
"""What a result begins with: no answer does, MessagePack has no such byte."""
_MARK = 8


def effect(mark: bytes, result: bytes) -> bytes:
    """The value of a call whose transaction gave ``result``; ``mark``: eight bytes of that run."""
    return _EFFECT + mark + result


def read_effect(value: bytes) -> tuple[bytes, bytes] | None:
    """The mark and the result; None where the call was answered, and this is its answer."""
    if not value.startswith(_EFFECT):
        return None
    return value[1 : 1 + _MARK], value[1 + _MARK :]


class Repeated(Exception):
    """The call has had its effect already."""

    def __init__(self, claim: Claim, form: Form[Any] | None) -> None:
        super().__init__("the call has had its effect already")
        self.claim = claim
        self.form = form


class Claim:
    """A call that is to have one effect."""

    __slots__ = ("at", "auth", "ended", "msg_id", "session", "taken")

    def __init__(self, auth: int, session: int, msg_id: int, at: int) -> None:
        self.auth = auth
        self.session = _signed(session)
        self.msg_id = _signed(msg_id)
        self.at = at
        self.taken = False
        """Whether the transaction that creates was committed."""
        self.ended = False
        """Whether another worker had the effect and ended before its answer."""


class Done(NamedTuple):
    """What a call was answered, or its :func:`effect` before it is."""

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
ANSWERED = query(
    "update done set value = :value where auth = :auth and session = :session and msg_id = :msg_id"
)
_PRUNE = query("delete from done where at < :before")


async def answered(tx: Tx, claim: Claim, value: bytes) -> None:
    """Keep what the call is answered."""
    await tx.later(
        ANSWERED, auth=claim.auth, session=claim.session, msg_id=claim.msg_id, value=value
    )


async def prune(tx: Tx, before: int) -> None:
    """Forget calls that nobody says again."""
    await tx.run(_PRUNE, before=before)


def _signed(number: int) -> int:
    """A number of 64 bits as databases have them."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)
