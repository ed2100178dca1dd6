"""Polls as TL: the question, the results as each may see them, and polls of requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.messages.views import decorates
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.polls import queries as q
from petitbleu.domain.messaging.polls import service, stored
from petitbleu.domain.messaging.polls.queries import PollRow
from petitbleu.domain.messaging.polls.stored import (
    FINAL,
    HIDDEN,
    MULTIPLE,
    PUBLIC,
    QUIZ,
    SHUFFLE,
    Question,
    Text,
)
from petitbleu.tl import api

RECENT = 3
"""Voters shown with a public poll."""


class Seen(NamedTuple):
    """A poll as one viewer sees it."""

    poll: Any
    results: Any


@decorates(lambda row: stored.poll_of(row.media) > 0)
async def put(app: App, viewer: int, pairs: list[tuple[MessageRow, Any]]) -> None:
    """``messageMediaPoll`` in the place of what the media room makes of it."""
    polls = await render_polls(app, viewer, [stored.poll_of(row.media) for row, _ in pairs])
    for row, message in pairs:
        seen = polls.get(stored.poll_of(row.media))
        if seen is not None:
            message.media = api.MessageMediaPoll(poll=seen.poll, results=seen.results)


async def render_polls(app: App, viewer: int, polls: Sequence[int]) -> dict[int, Seen]:
    """Polls as ``viewer`` sees them (0: the one form for all)."""
    rows = {row.id: row for row in await app.store.rows(q.MANY, ids=list(polls))}
    counts: dict[int, dict[int, int]] = {}
    for count in await app.store.rows(q.COUNTS, polls=list(rows)):
        counts.setdefault(count.poll, {})[count.option] = count.n
    mine: dict[int, list[int]] = {}
    if viewer:
        for vote in await app.store.rows(q.VOTES_OF, polls=list(rows), account=viewer):
            mine[vote.poll] = service.votes_from(vote.options)
    now = app.clock.now()
    rendered = {}
    for poll, row in rows.items():
        what = stored.decode(row.data)
        over = service.closed(row, now)
        recent: list[int] = []
        if what.flags & PUBLIC and row.voters:
            recent = [
                vote.account for vote in await app.store.rows(q.RECENT, poll=poll, limit=RECENT)
            ]
        results = _results(
            row, what, viewer, over, counts.get(poll, {}), mine.get(poll, []), recent
        )
        rendered[poll] = Seen(_poll(row, what, viewer, over), results)
    return rendered


def _poll(row: PollRow, what: Question, viewer: int, over: bool) -> Any:
    return api.Poll(
        id=row.id,
        closed=over,
        public_voters=bool(what.flags & PUBLIC),
        multiple_choice=bool(what.flags & MULTIPLE),
        quiz=bool(what.flags & QUIZ),
        revoting_disabled=bool(what.flags & FINAL),
        shuffle_answers=bool(what.flags & SHUFFLE),
        hide_results_until_close=bool(what.flags & HIDDEN),
        creator=row.creator == viewer,
        question=_text(what.question),
        answers=[
            api.PollAnswer(text=_text(answer.text), option=answer.option) for answer in what.answers
        ],
        close_period=what.close_period or None,
        close_date=row.close_at,
        hash=row.version,
    )


def _results(
    row: PollRow,
    what: Question,
    viewer: int,
    over: bool,
    counts: dict[int, int],
    mine: Sequence[int],
    recent: Sequence[int],
) -> Any:
    answered = over or bool(mine)
    shown = over if what.flags & HIDDEN else answered or not viewer
    results = None
    if shown or mine:
        results = [
            api.PollAnswerVoters(
                chosen=position in mine,
                correct=answered and position in what.correct,
                option=answer.option,
                voters=counts.get(position, 0) if shown else None,
            )
            for position, answer in enumerate(what.answers)
        ]
    poll_results = api.PollResults(
        min=not viewer,
        results=results,
        total_voters=row.voters,
        recent_voters=[peer_of(one) for one in recent] or None,
    )
    if answered and what.solution is not None and viewer:
        poll_results.solution = what.solution.text
        poll_results.solution_entities = message_views.entity_list(what.solution.entities)
    return poll_results


def _text(what: Text) -> Any:
    return api.TextWithEntities(text=what.text, entities=message_views.entity_list(what.entities))
