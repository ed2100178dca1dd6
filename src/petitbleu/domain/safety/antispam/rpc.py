"""TL handler: an admin contradicts the filter."""

from __future__ import annotations

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.safety.antispam import groups
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("channels.reportAntiSpamFalsePositive", limit="write")
async def report_false_positive(ctx: Ctx, q: api.channels.ReportAntiSpamFalsePositive) -> bool:
    """True; of a message the filter did not remove there is nothing to learn."""
    channel = await peers.input_channel(ctx, q.channel)
    await groups.not_spam(ctx.app, ctx.me, channel, q.msg_id)
    return True
