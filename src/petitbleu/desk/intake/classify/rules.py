"""The rules: each is a small class that knows one kind, says whether a letter is of it, how sure
it is, and why in words that staff read. Whichever is surest wins; a person decides.

Points: 10 an official form or citation; 8 plain words of an authority; 6 plain words of a person;
3 a hint. Rules of authorities stand in ``rules_orders.py``, those of everybody else in
``rules_people.py``.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from petitbleu.desk.intake.classify.facts import Facts


class Proposal(NamedTuple):
    """A kind of ``kinds.json``, how sure a rule is of it, and why."""

    kind: str
    points: int
    reasons: tuple[str, ...]


class Rule:
    """One rule. ``kind`` is what it proposes."""

    kind: ClassVar[str]

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        """(points, reasons); no points: the letter is not of this kind."""
        raise NotImplementedError

    def propose(self, facts: Facts) -> Proposal | None:
        """The proposal, if there is one."""
        points, reasons = self.weigh(facts)
        return Proposal(self.kind, points, tuple(reasons)) if points > 0 else None


def sent_to(facts: Facts, *mailboxes: str) -> list[str]:
    """A reason, where the letter went to one of these addresses of ours."""
    return [f"sent_to={mailbox}" for mailbox in mailboxes if mailbox in facts.mailboxes]
