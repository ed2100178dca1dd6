"""The one reader of danger: what a text that was sent to the desk or published tells of. Pure.

Three answers: ``danger``, ``perhaps``, and none. It is never given a chat.
"""

from __future__ import annotations

from petitbleu.desk.intake.danger.model import DANGER as DANGER
from petitbleu.desk.intake.danger.model import LEVELS as LEVELS
from petitbleu.desk.intake.danger.model import NONE as NONE
from petitbleu.desk.intake.danger.model import PERHAPS as PERHAPS
from petitbleu.desk.intake.danger.model import Reading as Reading
from petitbleu.desk.intake.danger.model import shipped


def read(text: str) -> Reading:
    """What the words of somebody tell of; nothing, where there are none."""
    return shipped().read(text) if text.strip() else Reading(NONE, 0.0)


def with_rule(found: Reading) -> Reading:
    """What words tell of in which a rule finds danger. Rules know few words and take much that is
    harmless for danger: where the model is sure that it is none, somebody looks first.
    """
    return found._replace(level=shipped().level(found.score, ruled=True))


def prepare() -> None:
    """Read the model, where files cannot be opened later."""
    shipped()
