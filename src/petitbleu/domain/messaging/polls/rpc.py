"""TL handlers: polls in messages, votes, results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.files.media.views import Taken, takes
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.peers.views import number, peer_of
from petitbleu.domain.messaging.polls import queries, service, stored, updates, views
from petitbleu.domain.messaging.polls.service import OPEN_SECONDS, Shown
from petitbleu.domain.messaging.polls.stored import (
    FINAL,
    HIDDEN,
    MULTIPLE,
    PUBLIC,
    QUIZ,
    SHUFFLE,
    Answer,
    Question,
    Text,
)
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

QUESTION_MAX = 255
ANSWER_MAX = 100
ANSWERS = (2, 12)
SOLUTION_MAX = 200
OPTION_MAX = 100
LIST_PAGE = 50
_END = 1 << 62
_FLAGS = {
    "public_voters": PUBLIC,
    "multiple_choice": MULTIPLE,
    "quiz": QUIZ,
    "revoting_disabled": FINAL,
    "shuffle_answers": SHUFFLE,
    "hide_results_until_close": HIDDEN,
}


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


@takes(api.InputMediaPoll)
async def take(ctx: Ctx, given: api.InputMediaPoll) -> Taken:
    """A poll about to be said.

    Raises POLL_QUESTION_INVALID, POLL_ANSWERS_INVALID, POLL_ANSWER_INVALID, POLL_OPTION_DUPLICATE,
    POLL_OPTION_INVALID, the QUIZ_ errors and MEDIA_INVALID.
    """
    asked: Any = given.poll
    if given.attached_media is not None or given.solution_media is not None or asked.open_answers:
        raise Fault("MEDIA_INVALID")
    if asked.subscribers_only or asked.countries_iso2:
        raise Fault("MEDIA_INVALID")  # everybody in the chat may vote
    flags = sum(bit for name, bit in _FLAGS.items() if getattr(asked, name))
    answers = _answers(asked.answers)
    solution = None
    if given.solution:
        entities = given.solution_entities or ()
        solution = _clean(given.solution, entities, SOLUTION_MAX, "MEDIA_INVALID")
    what = Question(
        flags,
        _clean(asked.question.text, asked.question.entities, QUESTION_MAX, "POLL_QUESTION_INVALID"),
        answers,
        _correct(flags, given.correct_answers, len(answers)),
        solution,
        asked.close_period or 0,
    )
    close_at = _close_at(ctx, asked)
    poll = await service.ask(ctx.app, ctx.me, what, close_at)
    key = b"poll" + stored.encode(what) + str(asked.close_date or 0).encode()
    return Taken(stored.media_of(poll, public=bool(flags & PUBLIC)), key)


def _clean(text: str, marked: Sequence[Any], most: int, fault: str) -> Text:
    if not text.strip() or len(text) > most:
        raise Fault(fault)
    entities = message_views.entities_from(
        [one for one in marked if type(one) is api.MessageEntityCustomEmoji]
    )
    return Text(*messages.normalize(text, entities, find=False))


def _answers(given: Sequence[Any]) -> list[Answer]:
    least, most = ANSWERS
    if not least <= len(given) <= most:
        raise Fault("POLL_ANSWERS_INVALID")
    answers = []
    for place, one in enumerate(given):
        if one.media is not None:
            raise Fault("MEDIA_INVALID")
        text = _clean(one.text.text, one.text.entities, ANSWER_MAX, "POLL_ANSWER_INVALID")
        # Newer clients leave the names of the options to the server.
        option = one.option if type(one) is api.PollAnswer else str(place).encode()
        if not 1 <= len(option) <= OPTION_MAX:
            raise Fault("POLL_OPTION_INVALID")
        answers.append(Answer(text, option))
    if len({answer.option for answer in answers}) < len(answers):
        raise Fault("POLL_OPTION_DUPLICATE")
    return answers


def _correct(flags: int, given: Sequence[int] | None, answers: int) -> list[int]:
    if not flags & QUIZ:
        return []
    if flags & MULTIPLE:
        raise Fault("QUIZ_MULTIPLE_INVALID")
    if not given:
        raise Fault("QUIZ_CORRECT_ANSWERS_EMPTY")
    if len(given) > 1:
        raise Fault("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    if not 0 <= given[0] < answers:
        raise Fault("QUIZ_CORRECT_ANSWER_INVALID")
    return list(given)


def _close_at(ctx: Ctx, asked: Any) -> int | None:
    """When it closes by itself (Unix seconds). MEDIA_INVALID for a time out of bounds."""
    now = int(ctx.now)
    if asked.close_period:
        period = asked.close_period
    elif asked.close_date:
        period = asked.close_date - now
    else:
        return None
    least, most = OPEN_SECONDS
    if not least <= period <= most:
        raise Fault("MEDIA_INVALID")
    return now + int(period)


# ── voting ──────────────────────────────────────────────────────────────────────────────────────


@rpc("messages.sendVote", limit="write")
async def send_vote(ctx: Ctx, q: api.messages.SendVote) -> Any:
    """Updates with updateMessagePoll."""
    chat = await peers.resolve(ctx, q.peer)
    return await _told(ctx, await service.vote(ctx.app, ctx.me, chat, q.msg_id, q.options))


@rpc("messages.getPollResults", who=USER | BOT)
async def get_poll_results(ctx: Ctx, q: api.messages.GetPollResults) -> Any:
    """Updates with updateMessagePoll."""
    chat = await peers.resolve(ctx, q.peer)
    shown = await service.of_message(ctx.app, ctx.me, chat, q.msg_id)
    if shown is None:
        raise Fault("MESSAGE_ID_INVALID")
    return await _told(ctx, shown)


async def _told(ctx: Ctx, shown: Shown) -> Any:
    poll = shown.poll.id
    seen = (await views.render_polls(ctx.app, ctx.me.id, [poll]))[poll]
    named = {number(voter) for voter in seen.results.recent_voters or ()}
    users, chats = await chat_views.named(ctx.app, ctx.me.id, {shown.message.peer, *named})
    return api.Updates(
        updates=[updates.update(seen)], users=users, chats=chats, date=int(ctx.now), seq=0
    )


@rpc("messages.getPollVotes")
async def get_poll_votes(ctx: Ctx, q: api.messages.GetPollVotes) -> Any:
    """messages.votesList, the newest first. Only of polls that show who voted, and to voters."""
    chat = await peers.resolve(ctx, q.peer)
    shown = await service.of_message(ctx.app, ctx.me, chat, q.id)
    if shown is None:
        raise Fault("MSG_ID_INVALID")
    poll, what = shown.poll, stored.decode(shown.poll.data)
    if not what.flags & PUBLIC:
        raise Fault("BROADCAST_FORBIDDEN")
    store = ctx.app.store
    over = service.closed(poll, ctx.now)
    mine = await store.rows(queries.VOTES_OF, polls=[poll.id], account=ctx.me.id)
    if (not mine and not over) or (what.flags & HIDDEN and not over):
        raise Fault("POLL_VOTE_REQUIRED")
    limit = min(q.limit, LIST_PAGE) if q.limit > 0 else LIST_PAGE
    at, account = _offset(q.offset)
    where: dict[str, Any] = {"poll": poll.id, "at": at, "account": account, "limit": limit + 1}
    options = [answer.option for answer in what.answers]
    total = poll.voters
    rows: Sequence[Any]
    if q.option is None:
        rows = await store.rows(queries.LIST, **where)
        votes = [_vote(row, options) for row in rows[:limit]]
    else:
        place = options.index(q.option) if q.option in options else -1
        counts = await store.rows(queries.COUNTS, polls=[poll.id])
        total = sum(count.n for count in counts if count.option == place)
        rows = await store.rows(queries.LIST_OF, **where, option=place)
        votes = [
            api.MessagePeerVoteInputOption(peer=peer_of(row.account), date=row.at)
            for row in rows[:limit]
        ]
    named = [row.account for row in rows[:limit]]
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    last = rows[limit - 1] if len(rows) > limit else None
    return api.messages.VotesList(
        count=total,
        votes=votes,
        chats=chats,
        users=users,
        next_offset=None if last is None else f"{last.at}:{last.account}",
    )


def _vote(one: queries.Vote, options: Sequence[bytes]) -> Any:
    chosen = [options[place] for place in service.votes_from(one.options)]
    peer = peer_of(one.account)
    if len(chosen) == 1:
        return api.MessagePeerVote(peer=peer, option=chosen[0], date=one.at)
    return api.MessagePeerVoteMultiple(peer=peer, options=chosen, date=one.at)


def _offset(given: str | None) -> tuple[int, int]:
    """(at, account) below which the page begins."""
    at, _, account = (given or "").partition(":")
    if at.isdecimal() and account.isdecimal() and len(at) < 12 and len(account) < 12:
        return int(at), int(account)
    return _END, _END
