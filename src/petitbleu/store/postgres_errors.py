"""What failed statements of PostgreSQL mean, and what their callers are told."""

from __future__ import annotations

import asyncio

import asyncpg

from petitbleu.errors import Fault, StoreUnavailable

AGAIN = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
MACHINE = (
    OSError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that ended in the midst of something
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,  # disk full, too many connections, out of memory
    asyncpg.OperatorInterventionError,  # shutting down, starting up
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresIOError,
)


SETTINGS = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
"""Wrong user or password, no such database."""
TELL = (*MACHINE, asyncpg.CharacterNotInRepertoireError)


LOST = (
    ConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.ReadOnlySQLTransactionError,
)
"""The connection is gone, or leads to a server that has stopped leading: another one may do."""


class Lost(StoreUnavailable):
    """A statement whose outcome nobody knows, or that was not sent."""


def as_fault(error: BaseException) -> Exception:
    """What the caller of a failed statement is told."""
    if isinstance(error, asyncpg.CharacterNotInRepertoireError):
        # PostgreSQL keeps no NUL in a text, and only a hostile client sends one.
        return Fault("INPUT_FETCH_ERROR")
    kind = Lost if isinstance(error, LOST) else StoreUnavailable
    return kind(f"the database cannot be used now: {error or type(error).__name__}")
