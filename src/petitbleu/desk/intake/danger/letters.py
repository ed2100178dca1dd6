"""What letters tell of danger."""

from __future__ import annotations

from petitbleu.desk.intake.classify.sorting import Sorted
from petitbleu.desk.intake.danger.alarms import Told
from petitbleu.desk.intake.letter import Letter


def told_by(letter: Letter, found: Sorted) -> Told:
    """What a letter tells of danger, sorted as ``found``.

    An address that nothing proves is another sender than the same address proved: nobody silences
    somebody by writing in their name.
    """
    proved = found.who.passed
    sender = f"mail:{'' if proved else '?'}{letter.sender}" if letter.sender else ""
    return Told(found.danger, sender, proved and bool(sender), tuple(found.targets), letter.text)
