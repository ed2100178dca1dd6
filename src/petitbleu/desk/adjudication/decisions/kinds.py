"""What the kind of a case means for its decision: whom to answer, which clocks end, what is undone.

What a kind is, its clocks and which of our acts ends which of them are data
(``schema/law/kinds.json``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from petitbleu.desk.reference.law import kinds as table
from petitbleu.desk.reference.law import service as law

TCO = "tco_removal_order"
ART9 = "dsa_art9_order"
ORDERS = frozenset(table.select(lambda one: one.family == "order"))
"""Orders to act: they bind, and the EU database is not told (Article 17(5) DSA)."""
REQUESTS = frozenset(table.select(lambda one: one.family == "request"))
"""Orders to give information: nothing is restricted."""
E_EVIDENCE = table.E_EVIDENCE
PRINTED = frozenset(table.select(lambda one: one.form))
"""Orders that are answered on a form, as PDF."""
NOTICES = table.NOTICES

EFFECT: Final = "effect"
DECIDED: Final = "decided"
AUTHORITY: Final = "authority"
PERSON: Final = "person"
NOTIFIER: Final = "notifier"
ENDS: dict[str, frozenset[str]] = {
    EFFECT: frozenset(table.clocks_ended_by(EFFECT)),
    DECIDED: frozenset(table.clocks_ended_by(DECIDED)),
    AUTHORITY: frozenset(table.clocks_ended_by(AUTHORITY)),
    PERSON: frozenset(table.clocks_ended_by(PERSON)),
    NOTIFIER: frozenset(table.clocks_ended_by(NOTIFIER)),
}
"""What we did -> the clocks that it ends."""

UNDO_SECONDS = 600
_URGENT_SECONDS = 3600


def ended(clocks: Iterable[law.Clock], *acts: str) -> list[str]:
    """Open clocks that end with what was done."""
    names = frozenset().union(*(ENDS[act] for act in acts))
    return [clock.id for clock in clocks if clock.done is None and clock.id in names]


def urgent(clocks: Iterable[law.Clock]) -> bool:
    """Whether a clock of an hour or less runs: then nothing waits, and nothing can be undone."""
    return any(
        clock.done is None
        and clock.due is not None
        and clock.started is not None
        and clock.role == "task"
        and not clock.id.endswith(".acknowledge")
        and clock.id not in ENDS[DECIDED]
        and clock.due - clock.started <= _URGENT_SECONDS
        for clock in clocks
    )
