"""Where the log does not go on from what was published of it, the desk stands still: it takes
letters and reports, and decides, discloses and publishes nothing, until two people have signed why
(``resuming.py``).
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from petitbleu.app import App, Part
from petitbleu.catalogues import Catalogue
from petitbleu.control import CommandRefused
from petitbleu.jobs import Job
from petitbleu.refusals import Refusal, Sentences

BEHIND, OTHER, COPIED, RESTORED = "behind", "other", "copied", "restored"
HOLD, ACCEPT = "log.hold", "log.accept"
RESTORE = "log.restore"
SUBJECT = "log hold"
MARK = "desk.restores"
"""Row of ``setting``: what tells names that were given out after the
last restore from those before.
"""

_OUTSIDERS = ("person:", "guest:")
_NEVER = (
    *("decision", "appeal.decide", "case.decided", "case.undone", "case.disclosure"),
    *("eu_database.", "transparency.publish", "threat.inform", "letter.write", "second.use"),
)
"""What nobody does while the desk stands still, the program's own jobs included."""
_STAFF = {
    *("sign-in", "sign-out", "sign", "sign.refused", "refused", "passkey.add"),
    "sso.bind",
    *("view", "log.view", "log.verify", "log.export", HOLD, ACCEPT),
}
"""What members of staff and the shell do meanwhile."""
_RUNNING = ("command.",)
"""Commands of the shell that run the instance go on; what decides or opens is in ``_HELD``."""
_HELD = tuple(
    f"command.{prefix}"
    for prefix in ("measure.", "report.", "surface.set", "export.", "comment.", "user.remove")
)


class TellHeld(Job, tag="audit.held", frozen=True):
    """Leads, directors and the data protection officer hear that the desk stands still."""


class TellRestored(Job, tag="audit.restored", frozen=True):
    """They hear that a backup was restored, and of when it is."""

    backup: int


class Held(Refusal, CommandRefused):
    """The desk stands still; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.audit.standing.held")


class Hold(NamedTuple):
    """Why the desk stands still, and who has signed."""

    at: int
    why: str
    size: int
    known: int
    root: str
    first: str
    reason: str

    def refusal(self) -> Held:
        """As an exception."""
        if self.why == BEHIND:
            return Held("behind", size=self.size, known=self.known)
        if self.why == OTHER:
            return Held("other", known=self.known)
        return Held("copied")


HELD: Part[Hold | None] = Part(lambda _: None)
LAST_RESTORE: Part[str] = Part(lambda _: "")
"""The mark of the last restore, as :data:`MARK` had it at the start."""


RESETS: Part[tuple[int, ...]] = Part(lambda _: ())
"""When this database turned out to be an older one: restores, and copies that were put back."""


def resets_since(app: App, at: int) -> int:
    """How often that was since a moment: what was numbered meanwhile may have been lost."""
    return sum(reset >= at for reset in app.parts[RESETS])


LOSSES: Part[int] = Part(lambda _: 0)
"""How often people signed that the log goes on without lines whose head had been published."""


def number_of(origin: str) -> int:
    """Which log of this instance a head is of: 0 for the first, one more after each loss."""
    _, _, number = origin.rpartition("/journal/")
    return int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 9 else 0


def held(app: App) -> Hold | None:
    """Why the desk stands still; None where it does not."""
    return app.parts[HELD]


def mark(app: App) -> str:
    """Of the last restore; empty: there was none."""
    return app.parts[LAST_RESTORE]


def require(app: App) -> None:
    """Raises Held where the desk stands still."""
    hold = held(app)
    if hold is not None:
        raise hold.refusal()


def is_refused(app: App, actor: str, action: str) -> bool:
    """Whether the desk stands still and this line would tell of what it must not do meanwhile."""
    if held(app) is None:
        return False
    if actor in ("system", "sender") or actor.startswith(_OUTSIDERS):
        return action.startswith(_NEVER)
    if action.startswith(_RUNNING):
        return action.startswith(_HELD)
    return action not in _STAFF
