"""Parts of an instance that work by themselves: made when it is opened, ended when it is closed.

What only remembers something is made when it is asked for first (``petitbleu dev structure``
lists every part). Those of the public pages that start a process are too: commands have no pages.
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import App, Part
from petitbleu.desk.adjudication.decisions.printing import PRINTING
from petitbleu.desk.intake.danger.hearing import HEARING
from petitbleu.desk.intake.reading import READERS
from petitbleu.domain.client.push.noticing import WAITING_ROOM
from petitbleu.domain.client.push.sending import TRAFFIC
from petitbleu.domain.files.media.storage import STORAGE
from petitbleu.domain.messaging.webpages.service import FETCHES
from petitbleu.domain.publishing.pages.purging import PURGER
from petitbleu.domain.publishing.visits.counting import VISITS
from petitbleu.domain.publishing.websub.following import FOLLOWER
from petitbleu.domain.search.indexer import INDEXER
from petitbleu.domain.updates import fanout
from petitbleu.domain.updates.fanout import FANOUT
from petitbleu.stamps import ROOMS_HERE

STARTED: tuple[Part[Any], ...] = (
    ROOMS_HERE,
    FANOUT,  # first: the others follow what it announces
    INDEXER,
    PURGER,
    FOLLOWER,
    VISITS,
    STORAGE,
    FETCHES,
    TRAFFIC,
    WAITING_ROOM,
    READERS,
    HEARING,
    PRINTING,
)
"""In the order in which they are made; they are ended in the opposite order (``Parts.close``)."""


def start(app: App) -> None:
    """Make them, and let the fan-out hear of commits."""
    fanout.install(app)
    for part in STARTED:
        _ = app.parts[part]
