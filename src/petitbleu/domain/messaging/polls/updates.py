"""How new results look in TL: always as they are when they are told."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.peers.views import number
from petitbleu.domain.messaging.polls import service, views
from petitbleu.domain.messaging.polls.views import Seen
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders(service.CHANGED)
async def changed(view: View, events: Sequence[Event]) -> None:
    """updateMessagePoll"""
    polls = await views.render_polls(
        view.app, view.viewer, [event.data["poll"] for event in events]
    )
    for event in events:
        seen = polls.get(event.data["poll"])
        if seen is not None:
            view.add(event, update(seen))
            view.users.update(number(voter) for voter in seen.results.recent_voters or ())


def update(seen: Seen) -> api.UpdateMessagePoll:
    """updateMessagePoll"""
    return api.UpdateMessagePoll(poll_id=seen.poll.id, poll=seen.poll, results=seen.results)
