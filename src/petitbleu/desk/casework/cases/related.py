"""Cases that may belong together: one reference, one sender, one target."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.desk.casework.cases import queries as q
from petitbleu.desk.casework.cases.queries import Brief
from petitbleu.desk.casework.cases.state import CaseState
from petitbleu.store.api import Reader

REFERENCE, TARGET, SENDER = "reference", "target", "sender"
MAX_RELATED = 20
"""Of each sort, the newest."""


class Related(NamedTuple):
    """Another case, and what it has in common with this one (of the three words above)."""

    case: Brief
    why: tuple[str, ...]


async def related(reader: Reader, state: CaseState) -> list[Related]:
    """Cases that share a reference, the chat or person targeted, or the sender with one; those that
    share most first, then the oldest. It does not look at who may see them.
    """
    sorts = {
        REFERENCE: await reader.rows(q.OF_REFERENCE, reference=state.reference, limit=MAX_RELATED)
        if state.reference
        else [],
        TARGET: await reader.rows(q.OF_PLACE, target=state.target, limit=MAX_RELATED)
        if state.target
        else [],
        SENDER: await reader.rows(q.OF_SENDER, sender=state.sender, limit=MAX_RELATED)
        if state.sender
        else [],
    }
    by_number = {row.number: row for rows in sorts.values() for row in rows}
    by_number.pop(state.number, None)
    related_cases = [
        Related(row, tuple(why for why, rows in sorts.items() if row in rows))
        for row in by_number.values()
    ]
    return sorted(related_cases, key=lambda one: (-len(one.why), one.case.number))
