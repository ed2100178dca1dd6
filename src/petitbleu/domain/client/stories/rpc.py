"""Stories: complete and empty answers; nobody can post one yet."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

STATE = "0"
"""The one state of a list that never changes."""


@rpc("stories.getAllStories", stub=True)
async def get_all(ctx: Ctx, q: api.stories.GetAllStories) -> Any:
    stealth = api.StoriesStealthMode()
    if q.state == STATE:
        return api.stories.AllStoriesNotModified(state=STATE, stealth_mode=stealth)
    return api.stories.AllStories(
        count=0, state=STATE, peer_stories=[], chats=[], users=[], stealth_mode=stealth
    )


@rpc("stories.getPeerStories", stub=True)
async def get_of_peer(ctx: Ctx, q: api.stories.GetPeerStories) -> api.stories.PeerStories:
    peer = await peers.resolve(ctx, q.peer)
    return api.stories.PeerStories(
        stories=api.PeerStories(peer=peers.peer_of(peer), stories=[]),
        chats=[],
        users=await accounts.users(ctx.app, ctx.me.id, (peer,)),
    )


@rpc("stories.getPeerMaxIDs", stub=True)
async def get_max_ids(ctx: Ctx, q: api.stories.GetPeerMaxIDs) -> list[Any]:
    """One entry for each peer asked for, without a story."""
    return [api.RecentStory() for _ in q.id]


@rpc("stories.getUserStories", stub=True)
async def get_of_user(ctx: Ctx, q: api.stories.GetUserStories) -> api.stories.UserStories:
    """The name that stories.getPeerStories had while only users had stories."""
    user = await peers.resolve(ctx, q.user_id)
    return api.stories.UserStories(
        stories=api.UserStories(user_id=user, stories=[]),
        users=await accounts.users(ctx.app, ctx.me.id, (user,)),
    )


@rpc("users.getStoriesMaxIDs", stub=True)
async def get_max_ids_of_users(ctx: Ctx, q: api.users.GetStoriesMaxIDs) -> list[int]:
    """The older name of stories.getPeerMaxIDs: 0 for each user asked for"""
    return [0 for _ in q.id]


@rpc("stories.getPinnedStories", stub=True)
async def get_pinned(ctx: Ctx, q: api.stories.GetPinnedStories) -> api.stories.Stories:
    await peers.resolve(ctx, q.peer)
    return _none()


@rpc("stories.getStoriesArchive", stub=True)
async def get_archive(ctx: Ctx, q: api.stories.GetStoriesArchive) -> api.stories.Stories:
    await peers.resolve(ctx, q.peer)
    return _none()


@rpc("stories.getStoriesByID", stub=True)
async def get_by_id(ctx: Ctx, q: api.stories.GetStoriesByID) -> api.stories.Stories:
    await peers.resolve(ctx, q.peer)
    return _none()


@rpc("stories.getAllReadPeerStories", stub=True)
async def get_all_read(ctx: Ctx, q: api.stories.GetAllReadPeerStories) -> api.Updates:
    return _nothing_new(ctx)


@rpc("stories.getAllReadUserStories", stub=True)
async def get_all_read_of_users(ctx: Ctx, q: api.stories.GetAllReadUserStories) -> api.Updates:
    """The older name of stories.getAllReadPeerStories"""
    return _nothing_new(ctx)


def _nothing_new(ctx: Ctx) -> api.Updates:
    return api.Updates(updates=[], users=[], chats=[], date=int(ctx.now), seq=0)


@rpc("stories.getChatsToSend", stub=True)
async def get_chats_to_send(ctx: Ctx, q: api.stories.GetChatsToSend) -> api.messages.Chats:
    return api.messages.Chats(chats=[])


def _none() -> api.stories.Stories:
    return api.stories.Stories(count=0, stories=[], chats=[], users=[])
