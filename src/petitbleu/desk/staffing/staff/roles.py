"""Roles of the desk: a table role -> rights, nothing else. Pages and services ask for rights only.

A person may have several roles and then has the rights of all. What may be done alone and what
needs two people stands in ``desk/staffing/approvals/kinds.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

RIGHTS: dict[str, str] = {
    "own": "own settings, passkeys and sessions",
    "home": "the strip and own work",
    "mail": "letters that arrived, with their content",
    "triage": "say what a letter or case is and whose",
    "cases": "cases and their content",
    "take": "take and release cases",
    "assign": "give cases to others, lower an urgency",
    "decide": "decide notices and reports, within the named queues and measures",
    "child": "cases of child sexual abuse material",
    "orders": "orders and requisitions of authorities",
    "disclose": "prepare a disclosure to an authority",
    "hold": "order and extend preservation",
    "appeals": "decide appeals",
    "private": "ask for private context of a case",
    "search": "search cases and letters",
    "notifiers": "identity and reliability of notifiers",
    "templates": "write templates of letters",
    "transparency": "figures and the transparency report",
    "figures": "load and delays without content",
    "comments": "judge comments of guests that the filter kept back",
    "log": "read the log",
    "log.export": "ask for an export of the log",
    "ledger": "the ledger of looks at private content",
    "team": "see who works here",
    "team.change": "invite, change roles, end access",
    "second": "give a second signature",
    "channels": "state of mail and alarms; ask that a canary pauses",
    "settings": "settings of the desk",
}
"""Right -> what it allows."""

_EVERYBODY = frozenset({"own", "home"})
_READING = frozenset({"mail", "triage", "cases", "take", "search"})
_DECIDING = _READING | {"decide", "appeals", "private", "hold", "comments"}


class Role(NamedTuple):
    """``rights`` it gives; ``limited``: it must carry an end date; ``content``: sees what people
    wrote.
    """

    rights: frozenset[str]
    limited: bool = False

    @property
    def content(self) -> bool:
        return bool(self.rights & {"cases", "comments"})


ROLES: dict[str, Role] = {
    "comments": Role(_EVERYBODY | {"comments"}),
    "triage": Role(_EVERYBODY | _READING),
    "moderator": Role(_EVERYBODY | _DECIDING),
    "child_safety": Role(_EVERYBODY | _DECIDING | {"child", "second"}),
    "legal": Role(
        _EVERYBODY
        | _DECIDING
        | {"orders", "disclose", "notifiers", "templates", "transparency", "second", "team"}
    ),
    "lead": Role(
        _EVERYBODY
        | _DECIDING
        | {
            *("assign", "orders", "disclose", "notifiers", "templates", "transparency"),
            *("figures", "log", "team", "team.change", "second", "channels", "settings"),
        }
    ),
    "dpo": Role(
        _EVERYBODY | {"log", "log.export", "ledger", "transparency", "figures", "second", "team"}
    ),
    "director": Role(
        _EVERYBODY | {"figures", "transparency", "team", "team.change", "second", "settings"}
    ),
    "auditor": Role(_EVERYBODY | {"log", "log.export", "ledger"}, limited=True),
    "tech": Role(_EVERYBODY | {"channels"}),
}
"""The roles of the desk. ``tech`` runs the machine and sees no case."""

HEADS = frozenset({"director", "lead"})
"""Once two people have one of these, nobody adds staff alone."""


def rights_of(roles: Iterable[str]) -> frozenset[str]:
    """All rights of somebody with these roles; unknown ones give none."""
    rights: set[str] = set()
    for role in roles:
        if role in ROLES:
            rights |= ROLES[role].rights
    return frozenset(rights)
