"""TL handlers: searching."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import views
from petitbleu.domain.messaging.messages.service import MessageRow, Offsets
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.people.contacts import views as contact_views
from petitbleu.domain.search import kinds, people, service
from petitbleu.domain.search.service import After, Asked, Where
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

_KINDS: dict[Any, tuple[int, ...]] = {
    api.InputMessagesFilterPhotos: (kinds.PHOTO,),
    api.InputMessagesFilterVideo: (kinds.VIDEO,),
    api.InputMessagesFilterPhotoVideo: (kinds.PHOTO, kinds.VIDEO),
    api.InputMessagesFilterDocument: (kinds.FILE,),
    api.InputMessagesFilterUrl: (kinds.LINK,),
    api.InputMessagesFilterGif: (kinds.GIF,),
    api.InputMessagesFilterVoice: (kinds.VOICE,),
    api.InputMessagesFilterMusic: (kinds.MUSIC,),
    api.InputMessagesFilterRoundVideo: (kinds.ROUND,),
    api.InputMessagesFilterRoundVoice: (kinds.ROUND, kinds.VOICE),
    api.InputMessagesFilterGeo: (kinds.GEO,),
    api.InputMessagesFilterContacts: (kinds.CONTACT,),
    api.InputMessagesFilterPoll: (kinds.POLL,),
    api.InputMessagesFilterChatPhotos: (kinds.CHAT_PHOTO,),
    # There are no calls through this server, so there is never a message of one.
    api.InputMessagesFilterPhoneCalls: (kinds.CALL,),
}


def _asked(form: Any, text: str = "", **more: Any) -> Asked:
    """What a filter asks for."""
    return Asked(
        text,
        _KINDS.get(form, ()),
        pinned=form is api.InputMessagesFilterPinned,
        mentions=form is api.InputMessagesFilterMyMentions,
        **more,
    )


@rpc("messages.search", who=USER | BOT, limit="search")
async def search(ctx: Ctx, q: api.messages.Search) -> Any:
    """A page of the messages of a chat that answer."""
    if type(q.peer) is api.InputPeerEmpty:
        raise Fault("PEER_ID_NOT_SUPPORTED")
    if q.saved_reaction:  # no message has a tag
        raise Fault("INPUT_FILTER_INVALID")
    chat = await peers.resolve(ctx, q.peer)
    asked = _asked(
        type(q.filter),
        q.q,
        speaker=await peers.resolve(ctx, q.from_id) if q.from_id is not None else 0,
        thread=await _thread(ctx, q.top_msg_id, q.saved_peer_id),
        since=q.min_date,
        until=q.max_date,
    )
    at = Offsets(q.offset_id, 0, q.add_offset, q.limit, q.max_id, q.min_id)
    page = await service.in_chat(ctx.app, ctx.me, chat, asked, at)
    channel = chat if is_channel(chat) else 0
    answer = await views.page(ctx.app, ctx.me.id, page.rows, page.total, q.hash, channel=channel)
    if page.inexact and hasattr(answer, "inexact"):
        answer.inexact = True
    return answer


async def _thread(ctx: Ctx, top: int | None, saved: Any) -> int:
    return await peers.resolve(ctx, saved) if saved is not None else top or 0


@rpc("messages.searchGlobal", limit="search")
async def search_global(ctx: Ctx, q: api.messages.SearchGlobal) -> Any:
    """A page of the messages of all my chats that answer. ``next_rate`` is the last one's date."""
    form = type(q.filter)
    if q.community is not None or (form is not api.InputMessagesFilterEmpty and form not in _KINDS):
        raise Fault("INPUT_FILTER_INVALID")
    asked = _asked(form, q.q, since=q.min_date, until=q.max_date)
    where = Where(q.users_only, q.groups_only, q.broadcasts_only, q.folder_id)
    after = None
    if q.offset_id > 0 and type(q.offset_peer) is not api.InputPeerEmpty:
        try:
            after = After(await peers.resolve(ctx, q.offset_peer), q.offset_id)
        except Fault:  # not among this method's errors: a place that is gone is the beginning
            after = None
    page = await service.everywhere(ctx.app, ctx.me, asked, where, after, q.limit)
    users, chats, messages = await _shown(ctx, page.rows)
    if not page.more and not page.inexact and page.total <= len(messages):
        return api.messages.Messages(messages=messages, topics=[], chats=chats, users=users)
    return api.messages.MessagesSlice(
        inexact=page.inexact,
        count=max(page.total, len(messages)),
        next_rate=page.rows[-1].date if page.more and page.rows else None,
        messages=messages,
        topics=[],
        chats=chats,
        users=users,
    )


async def _shown(ctx: Ctx, rows: list[MessageRow]) -> tuple[list[Any], list[Any], list[Any]]:
    """(users, chats, messages)"""
    named: set[int] = set()
    messages = await views.render_collecting(ctx.app, ctx.me.id, rows, named)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    return users, chats, messages


@rpc("messages.getSearchCounters", who=USER | BOT, limit="search")
async def get_search_counters(ctx: Ctx, q: api.messages.GetSearchCounters) -> Any:
    """How many messages each filter would find."""
    try:
        chat = await peers.resolve(ctx, q.peer)
        thread = await _thread(ctx, q.top_msg_id, q.saved_peer_id)
        wanted = [_asked(type(filter_), thread=thread) for filter_ in q.filters[:20]]
        totals = await service.counts(ctx.app, ctx.me, chat, wanted)
    except Fault:  # the only error of these three methods
        raise Fault("PEER_ID_INVALID") from None
    return [
        api.messages.SearchCounter(inexact=inexact, filter=filter_, count=count)
        for filter_, (count, inexact) in zip(q.filters, totals, strict=False)
    ]


@rpc("messages.getSearchResultsCalendar", limit="search")
async def get_search_results_calendar(ctx: Ctx, q: api.messages.GetSearchResultsCalendar) -> Any:
    """The days with messages of a kind, and the first of each."""
    asked = _asked(type(q.filter))
    if not asked.kinds or q.saved_peer_id is not None:
        raise Fault("FILTER_NOT_SUPPORTED")
    try:
        chat = await peers.resolve(ctx, q.peer)
        at = Offsets(q.offset_id, q.offset_date)
        calendar = await service.calendar(ctx.app, ctx.me, chat, asked, at)
    except Fault:
        raise Fault("PEER_ID_INVALID") from None
    users, chats, messages = await _shown(ctx, calendar.firsts)
    return api.messages.SearchResultsCalendar(
        count=calendar.total,
        min_date=calendar.min_date,
        min_msg_id=calendar.min_id,
        offset_id_offset=calendar.before if q.offset_id or q.offset_date else None,
        periods=[
            api.SearchResultsCalendarPeriod(
                date=day.day * 86400, min_msg_id=day.first, max_msg_id=day.last, count=day.n
            )
            for day in calendar.days
        ],
        messages=messages,
        chats=chats,
        users=users,
    )


@rpc("messages.getSearchResultsPositions", limit="search")
async def get_search_results_positions(
    ctx: Ctx, q: api.messages.GetSearchResultsPositions
) -> api.messages.SearchResultsPositions:
    """Places spread over the list of a kind, for a scroll bar."""
    if q.saved_peer_id is not None:
        raise Fault("PEER_ID_INVALID")
    asked = _asked(type(q.filter))
    try:
        chat = await peers.resolve(ctx, q.peer)
        positions, total = await service.positions(
            ctx.app, ctx.me, chat, asked, q.offset_id, q.limit
        )
    except Fault:
        raise Fault("PEER_ID_INVALID") from None
    return api.messages.SearchResultsPositions(
        count=total,
        positions=[
            api.SearchResultPosition(msg_id=one.id, date=one.date, offset=one.offset)
            for one in positions
        ],
    )


@rpc("contacts.search", limit="search")
async def search_people(ctx: Ctx, q: api.contacts.Search) -> api.contacts.Found:
    """People, groups and channels: first mine, then those with a username that begins so."""
    mine, others = await contacts.search(ctx.app, ctx.me, q.q, q.limit)
    mine, others = await people.with_chats(
        ctx.app, ctx.me, q.q, q.limit, mine, others, channels_only=q.broadcasts, bots_only=q.bots
    )
    return await contact_views.found(ctx.app, ctx.me.id, mine, others)
