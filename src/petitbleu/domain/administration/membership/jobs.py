"""Deferred work of the members room."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.administration.membership import groups, lifting
from petitbleu.jobs import NoData, job


@job("members.lift", every=60)
async def lift(app: App, data: NoData) -> None:
    """Restrictions and bans whose time is over."""
    await lifting.run(app)


@job(groups.ForgetChat, at=leases.ANY)
async def forget(app: App, data: groups.ForgetChat) -> int | None:
    """Somebody left a basic group, or was put out, and keeps nothing of it."""
    await groups.forget_chat(app, data.chat, data.account)
    return None
