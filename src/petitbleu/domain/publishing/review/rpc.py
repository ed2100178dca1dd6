"""What waits for a second reader, by methods of our own: what the service chat does, by the same
functions.
"""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import OWNER
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.scheduled import approving
from petitbleu.domain.messaging.scheduled import views as scheduled
from petitbleu.domain.messaging.scheduled.approving import Post
from petitbleu.domain.messaging.second_reader import held
from petitbleu.domain.messaging.second_reader import service as second_reader
from petitbleu.domain.messaging.second_reader.held import HeldRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.review import previews, texts, views
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

__all__ = ["views"]


@rpc("petitbleu.getWaiting")
async def get_waiting(ctx: Ctx, q: api.petitbleu.GetWaiting) -> api.petitbleu.Waiting:
    """What waits in a channel, and whether a second reader is demanded there."""
    return await _waiting(ctx, await peers.input_channel(ctx, q.channel))


@rpc("petitbleu.approve", limit="write")
async def approve(ctx: Ctx, q: api.petitbleu.Approve) -> api.petitbleu.Waiting:
    """Agree to a version; with a ``reason``, publish it alone as the channel's owner."""
    channel = await peers.input_channel(ctx, q.channel)
    if q.edit:
        await second_reader.approve_edit(ctx.app, ctx.me, channel, q.id, q.version, q.reason)
    else:
        await second_reader.approve(ctx.app, ctx.me, channel, q.id, q.version, q.reason)
    return await _waiting(ctx, channel)


@rpc("petitbleu.discardEdit", limit="write")
async def discard_edit(ctx: Ctx, q: api.petitbleu.DiscardEdit) -> api.petitbleu.Waiting:
    """Have an edit that waits not be made."""
    channel = await peers.input_channel(ctx, q.channel)
    await second_reader.drop_edit(ctx.app, ctx.me, channel, q.id, q.version)
    return await _waiting(ctx, channel)


@rpc("petitbleu.setPreview", limit="write")
async def set_preview(ctx: Ctx, q: api.petitbleu.SetPreview) -> api.petitbleu.Waiting:
    """Make a link to a post that is not published yet, or with ``edit`` to a published one as the
    edit that waits would have it; ``off``: take it back."""
    channel = await peers.input_channel(ctx, q.channel)
    if q.off:
        revoke = previews.revoke_of_edit if q.edit else previews.revoke
        await revoke(ctx.app, ctx.me, channel, q.id)
    else:
        make = previews.make_of_edit if q.edit else previews.make
        await make(ctx.app, ctx.me, channel, q.id)
    return await _waiting(ctx, channel)


async def _waiting(ctx: Ctx, channel: int) -> api.petitbleu.Waiting:
    app, me = ctx.app, ctx.me.id
    found = await second_reader.pending(app, ctx.me, channel)
    named: set[int] = {channel}
    links = await previews.addresses(app, channel, found.posts)
    demanded = second_reader.is_demanded(found.chat)
    posts = [await _post(ctx, post, demanded, links, named) for post in found.posts]
    edited = await previews.addresses_of_edits(app, channel, (edit for edit, _ in found.edits))
    posts += [await _edit(ctx, edit, public, edited, named) for edit, public in found.edits]
    member = await members.load_member(app, channel, me)
    users, groups = await chat_views.named(app, me, named)
    return api.petitbleu.Waiting(
        demanded=demanded,
        may_demand=members.may(found.chat, member, OWNER, app.clock.now()),
        may_alone=_owns(found.chat, me),
        posts=posts,
        users=users,
        chats=groups,
    )


def _owns(chat: ChatRow, account: int) -> bool:
    return chat.creator == account


async def _post(
    ctx: Ctx, post: Post, demanded: bool, links: dict[int, str], named: set[int]
) -> api.petitbleu.WaitingPost:
    first, me = post[0], ctx.me.id
    authors = {row.author for row in post}
    approved = all(row.approved_by for row in post)
    named.update(authors | ({first.approved_by} if approved else set()))
    return api.petitbleu.WaitingPost(
        may_approve=demanded and not approved and me not in authors,
        mine=me in authors,
        version=approving.version(post),
        author=first.author,
        due=first.due,
        approved_by=first.approved_by if approved else None,
        reason=first.reason or None if approved else None,
        preview=links.get(first.id),
        messages=await scheduled.render_scheduled(ctx.app, me, post, named),
    )


async def _edit(
    ctx: Ctx, edit: HeldRow, public: MessageRow, links: dict[int, str], named: set[int]
) -> api.petitbleu.WaitingPost:
    person = await accounts.get(ctx.app, ctx.me.id)
    lang = servicechat.language(ctx.app, person) if person is not None else "en"
    new = public._replace(
        text=edit.text + texts.alt(lang, edit.described),
        entities=edit.entities,
        extra=edit.extra,
        media=edit.media,
    )
    made: list[Any] = [
        (await message_views.render_collecting(ctx.app, ctx.me.id, [row], named))[0]
        for row in (new, public)
    ]
    named.add(edit.editor)
    return api.petitbleu.WaitingPost(
        edit=True,
        may_approve=edit.editor != ctx.me.id,
        mine=edit.editor == ctx.me.id,
        version=held.version(edit),
        author=edit.editor,
        due=edit.made_at,
        preview=links.get(edit.message),
        messages=made[:1],
        before=made[1],
    )
