"""What the kind of a case means for its decision: whom to answer, which clocks end, what is undone.

The clocks themselves are law and data (``law``); here stands only which of our acts ends
which of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.desk.reference.law import service as law

TCO, TRUSTED, CSAM, OWN = (
    "tco_removal_order", "trusted_flagger_notice", "csam_notice", "moderation_decision",
)  # fmt: skip
ART9 = "dsa_art9_order"
ORDERS = frozenset({TCO, ART9, "fr_admin_removal"})
"""Orders to act: they bind, and the EU database is not told (Article 17(5) DSA)."""
REQUESTS = frozenset(
    {
        "dsa_art10_order",
        "epoc",
        "epoc_emergency",
        "epoc_pr",
        "fr_requisition",
        "coordinator_request",
    }
)
"""Orders to give information: nothing is restricted."""
E_EVIDENCE = frozenset({"epoc", "epoc_emergency", "epoc_pr"})
PRINTED = E_EVIDENCE | {TCO}
"""Orders that are answered on a form, as PDF."""
NOTICES = frozenset({"art16_notice", TRUSTED, CSAM})

EFFECT, DECIDED, AUTHORITY, PERSON, NOTIFIER = (
    "effect", "decided", "authority", "person", "notifier",
)  # fmt: skip
ENDS: dict[str, frozenset[str]] = {
    DECIDED: frozenset(
        {"dsa16.decide", "dsa22.decide", "dsa20.decide", "unsorted.first_look", "verification"}
    ),
    EFFECT: frozenset({"tco.remove", "fr.61.remove", "dsa9.order_deadline", "csam.restrict"}),
    AUTHORITY: frozenset(
        {
            "tco.feedback",
            "tco.impossible",
            "fr.62.impossible",
            "dsa9.effect",
            "dsa10.effect",
            "epoc.form3",
        }
    ),
    PERSON: frozenset({"tco.user_info", "dsa9.user_info", "dsa17.statement"}),
    NOTIFIER: frozenset({"dsa16.decision_notice", "dsa20.inform", "tco.complaint"}),
}
"""What we did -> the clocks that it ends."""

UNDO_SECONDS = 600
_URGENT_SECONDS = 3600


def ended(clocks: Iterable[law.Clock], *acts: str) -> list[str]:
    """Open clocks that end with what was done."""
    names = frozenset().union(*(ENDS[act] for act in acts))
    return [one.id for one in clocks if one.done is None and one.id in names]


def urgent(clocks: Iterable[law.Clock]) -> bool:
    """Whether a clock of an hour or less runs: then nothing waits, and nothing can be undone."""
    return any(
        one.done is None
        and one.due is not None
        and one.started is not None
        and one.role == "task"
        and not one.id.endswith(".acknowledge")
        and one.id not in ENDS[DECIDED]
        and one.due - one.started <= _URGENT_SECONDS
        for one in clocks
    )
