"""The parties of a case: who sent it, who reported it, whom a decision restricts, who complained.

A person is an account or an e-mail address that was proved; ``links.py`` has the addresses of pages
that letters give them.
"""

from __future__ import annotations

import hashlib

from petitbleu.app import App
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties import queries as q
from petitbleu.desk.casework.parties.links import Person, follow, holds, mine_url
from petitbleu.desk.casework.parties.queries import Concern
from petitbleu.store.api import Reader, Tx

__all__ = [
    "COMPLAINANT",
    "CONCERNED",
    "NOTIFIER",
    "REPORTER",
    "Concern",
    "Person",
    "concerns",
    "follow",
    "holds",
    "keys",
    "mine_url",
    "of_person",
    "roles",
]

NOTIFIER = "notifier"
"""Sent the notice, order or letter."""
REPORTER = "reporter"
"""Reported it from inside a chat."""
CONCERNED = "concerned"
"""A decision restricts something of theirs."""
COMPLAINANT = "complainant"
_SHOWN = 200


def keys(person: Person) -> list[str]:
    """What stands for a person in the table: their account, their address."""
    marks = []
    if person.account:
        marks.append(hashlib.sha256(b"account %d" % person.account).hexdigest()[:32])
    if person.email:
        marks.append(links.address_digest(person.email).hex())
    return marks


async def concerns(tx: Tx, app: App, number: int, person: Person, role: str) -> None:
    """The case is among this person's cases from now on, as ``role``."""
    now = int(app.clock.now())
    for key in keys(person):
        await tx.later(q.CONCERNS, person=key, number=number, role=role, at=now)


async def of_person(reader: Reader, person: Person) -> list[Concern]:
    """Their cases, newest first; one line for each role."""
    return await reader.rows(q.CASES_OF, persons=keys(person), limit=_SHOWN)


async def roles(reader: Reader, person: Person, number: int) -> set[str]:
    """As whom a case concerns them; empty: not at all."""
    rows = await reader.rows(q.ROLES, persons=keys(person), number=number)
    return {row.role for row in rows}
