"""How a newspaper shows itself, for its people, by methods of our own: what “page @name name …”
and its kin do in the service chat, by the same functions. What is not taken is said in words.
"""

from __future__ import annotations

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import INFO
from petitbleu.domain.files.media import views as media
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.pages import domains, identity, service, texts, verifying, views
from petitbleu.domain.publishing.pages.identity import Unfit
from petitbleu.domain.publishing.pages.service import NotYours
from petitbleu.domain.publishing.pages.verifying import Outcome
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("petitbleu.getIdentity")
async def get_identity(ctx: Ctx, q: api.petitbleu.GetIdentity) -> api.petitbleu.Identity:
    """Name, looks and domain of the page of a channel."""
    return await _shown(ctx, await _mine(ctx, q.channel))


@rpc("petitbleu.setIdentity", limit="write")
async def set_identity(ctx: Ctx, q: api.petitbleu.SetIdentity) -> api.petitbleu.Identity:
    """Set one part of it by a text; empty takes it away."""
    row = await _mine(ctx, q.channel)
    try:
        await identity.set_value(_acting(ctx, row), row.id, q.name, q.value, by=ctx.me.id)
    except Unfit as unfit:
        return await _shown(ctx, row, unfit.key, refused=True, **unfit.values)
    except NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    return await _shown(ctx, row)


@rpc("petitbleu.setLogo", limit="write")
async def set_logo(ctx: Ctx, q: api.petitbleu.SetLogo) -> api.petitbleu.Identity:
    """Show an uploaded picture as the logo, or none."""
    row = await _mine(ctx, q.channel)
    photo = await media.picture(ctx, q.file) if q.file is not None else None
    try:
        await identity.set_logo(_acting(ctx, row), row.id, photo, by=ctx.me.id)
    except NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    return await _shown(ctx, row)


@rpc("petitbleu.setDomain", limit="write")
async def set_domain(ctx: Ctx, q: api.petitbleu.SetDomain) -> api.petitbleu.Identity:
    """Ask for a domain; empty gives it up."""
    row = await _mine(ctx, q.channel)
    app = _acting(ctx, row)
    try:
        if q.domain.strip():
            await domains.ask(app, row.id, q.domain, by=ctx.me.id)
        else:
            await domains.give_up(app, row.id, by=ctx.me.id)
    except Unfit as unfit:
        return await _shown(ctx, row, unfit.key, refused=True, **unfit.values)
    except NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    return await _shown(ctx, row)


@rpc("petitbleu.checkDomain", limit="write")
async def check_domain(ctx: Ctx, q: api.petitbleu.CheckDomain) -> api.petitbleu.Identity:
    """Look for the proof of the domain that was asked for."""
    row = await _mine(ctx, q.channel)
    try:
        outcome = await verifying.check(_acting(ctx, row), row.id, by=ctx.me.id)
    except NotYours:
        raise Fault("CHAT_ADMIN_REQUIRED") from None
    return await _shown(ctx, row, outcome.value, refused=outcome is not Outcome.VERIFIED)


async def _mine(ctx: Ctx, channel: api.TypeInputChannel) -> ChatRow:
    """The channel, for whoever may change how it looks."""
    row = await chats.get(ctx.app, await peers.input_channel(ctx, channel))
    if row is None or chats.dead(row):
        raise Fault("CHANNEL_INVALID")
    member = await members.load_member(ctx.app, row.id, ctx.me.id)
    if not members.may(row, member, INFO, ctx.app.clock.now()):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if row.kind != chats.CHANNEL:
        raise Fault("BROADCAST_REQUIRED")
    return row


def _acting(ctx: Ctx, row: ChatRow) -> App:
    act = acts.Act("chat.page", f"person:{ctx.me.id}", subject=f"chat:{row.id}")
    return acts.performing(ctx.app, act)


async def _shown(
    ctx: Ctx, row: ChatRow, key: str = "", *, refused: bool = False, **values: object
) -> api.petitbleu.Identity:
    """How it stands; ``key``: of the sentence that says what came of the call."""
    app = ctx.app
    now, claim = await service.load_identity(app, row.id), await domains.claim(app, row.id)
    me = await accounts.get(app, ctx.me.id)
    lang = texts.language(*([me.lang] if me is not None else []), *app.config.languages)
    if claim is not None:
        named = {"title": row.title, "domain": claim.domain, "record": claim.record}
        values = {**named, "value": claim.value, "file": claim.file} | values
    logo = views.logo(now)
    return api.petitbleu.Identity(
        name=now.name,
        accent=now.accent,
        background=now.background,
        sections=identity.sections_written(now),
        about=now.about,
        imprint=now.imprint,
        logo=f"/m/{row.username}/logo/{logo[0]}" if logo is not None else None,
        domain=_domain(claim) if claim is not None else None,
        said=texts.of_identity(lang, key).format(**values) if key else None,
        refused=refused,
    )


def _domain(claim: domains.Claim) -> api.petitbleu.Domain:
    return api.petitbleu.Domain(
        verified=claim.verified,
        domain=claim.domain,
        record=claim.record,
        value=claim.value,
        file=claim.file,
    )
