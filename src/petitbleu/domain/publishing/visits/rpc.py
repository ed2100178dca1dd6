"""How often the pages of a channel are read, by a method of our own: what “visits @name” says."""

from __future__ import annotations

from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.visits import service
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("petitbleu.getVisits")
async def get_visits(ctx: Ctx, q: api.petitbleu.GetVisits) -> api.petitbleu.Visits:
    """Visits in 7 and in 30 days, and the address of the page with plots, good for a day."""
    app = ctx.app
    row = await chats.get(app, await peers.input_channel(ctx, q.channel))
    if row is None or chats.dead(row):
        raise Fault("CHANNEL_INVALID")
    if not await service.may_see(app, row, ctx.me.id):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if await pages.load_page(app, row.id) is None:
        raise Fault("PUBLIC_CHANNEL_MISSING")
    week, month = [await service.lately(app, row.id, days) for days in (7, 30)]
    link = service.link(app, ctx.me.id, row.id)
    return api.petitbleu.Visits(week=week, month=month, url=link)
