"""TL methods of accounts and users."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import Any

import msgspec

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import presence, service, views, views_full
from petitbleu.domain.updates.delivery import announce
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, BOT, USER, rpc
from petitbleu.tl import api

USERS_MAX = 200


@rpc("users.getUsers", who=USER | BOT)
async def get_users(ctx: Ctx, q: api.users.GetUsers) -> list[Any]:
    """One User for each id asked for; ``userEmpty`` where the access hash is wrong or nobody is
    there.
    """
    me = ctx.me.id
    wanted: list[tuple[int, int]] = []
    for one in q.id[:USERS_MAX]:
        try:
            wanted.append((await peers.input_user(ctx, one), 0))
        except Fault:
            wanted.append((0, getattr(one, "user_id", 0)))
    by_account = await views.by_id(ctx.app, me, [one for one, _ in wanted if one])
    return [
        by_account[one] if one in by_account else api.UserEmpty(id=one or refused)
        for one, refused in wanted
    ]


@rpc("users.getFullUser", who=USER | BOT)
async def get_full_user(ctx: Ctx, q: api.users.GetFullUser) -> api.users.UserFull:
    return await views_full.user_full(ctx, await peers.input_user(ctx, q.id))


@rpc("users.getRequirementsToContact")
async def get_requirements(ctx: Ctx, q: api.users.GetRequirementsToContact) -> list[Any]:
    """Nobody here asks strangers for premium or payment. (No error is documented, not even for
    a wrong access hash.)
    """
    return [api.RequirementToContactEmpty() for _ in q.id]


@rpc("users.getIsPremiumRequiredToContact")
async def is_premium_required(ctx: Ctx, q: api.users.GetIsPremiumRequiredToContact) -> list[bool]:
    """The older name of users.getRequirementsToContact: False for each user."""
    return [False for _ in q.id]


@rpc("account.updateProfile", limit="write")
async def update_profile(ctx: Ctx, q: api.account.UpdateProfile) -> Any:
    await service.update_profile(ctx.app, ctx.me, q.first_name, q.last_name, q.about)
    return await views.user(ctx.app, ctx.me.id, ctx.me.id)


@rpc("account.updateStatus")
async def update_status(ctx: Ctx, q: api.account.UpdateStatus) -> bool:
    announce(ctx.app, await presence.say(ctx.app, ctx.me, offline=q.offline))
    return True


@rpc("account.updateBirthday", limit="write")
async def update_birthday(ctx: Ctx, q: api.account.UpdateBirthday) -> bool:
    await service.update_birthday(ctx.app, ctx.me, _birthday_of(q.birthday, ctx.now))
    return True


def _birthday_of(day: Any, now: float) -> str | None:
    """TL Birthday -> YYYY-MM-DD or --MM-DD; BIRTHDAY_INVALID for a day that never was."""
    if day is None:
        return None
    year = 2000 if day.year is None else day.year
    if not 1 <= day.month <= 12 or not 1800 <= year <= 9999:
        raise Fault("BIRTHDAY_INVALID")
    if not 1 <= day.day <= calendar.monthrange(year, day.month)[1]:
        raise Fault("BIRTHDAY_INVALID")
    if day.year is None:
        return f"--{day.month:02}-{day.day:02}"
    if calendar.timegm((year, day.month, day.day, 0, 0, 0)) > now:
        raise Fault("BIRTHDAY_INVALID")
    return f"{year:04}-{day.month:02}-{day.day:02}"


@rpc("account.updateColor", limit="write")
async def update_color(ctx: Ctx, q: api.account.UpdateColor) -> bool:
    """True. Patterns of custom emoji do not exist here, nor do collectible colours."""
    chosen = q.color
    if chosen is not None and not isinstance(chosen, api.PeerColor):
        raise Fault("COLOR_INVALID")
    if chosen is not None and chosen.background_emoji_id:
        raise Fault("DOCUMENT_INVALID")
    number = None if chosen is None else chosen.color
    await service.update_color(ctx.app, ctx.me, number, profile=q.for_profile)
    return True


@rpc("account.getAccountTTL")
async def get_account_ttl(ctx: Ctx, q: api.account.GetAccountTTL) -> api.AccountDaysTTL:
    row = await service.get(ctx.app, ctx.me.id)
    return api.AccountDaysTTL(days=row.ttl_days if row is not None else service.TTL_DAYS)


@rpc("account.setAccountTTL", limit="write")
async def set_account_ttl(ctx: Ctx, q: api.account.SetAccountTTL) -> bool:
    await service.set_ttl(ctx.app, ctx.me, q.ttl.days)
    return True


@rpc("account.getContentSettings")
async def get_content_settings(
    ctx: Ctx, q: api.account.GetContentSettings
) -> api.account.ContentSettings:
    kept = await service.settings(ctx.app, ctx.me.id)
    return api.account.ContentSettings(
        sensitive_enabled=bool(kept.get("sensitive")), sensitive_can_change=True
    )


@rpc("account.setContentSettings", limit="write")
async def set_content_settings(ctx: Ctx, q: api.account.SetContentSettings) -> bool:
    sensitive = True if q.sensitive_enabled else None
    await service.change_settings(ctx.app, ctx.me.id, {"sensitive": sensitive})
    return True


_GLOBAL_PRIVACY = (
    "keep_archived_unmuted",
    "keep_archived_folders",
    "hide_read_marks",
    "display_gifts_button",
)


@rpc("account.getGlobalPrivacySettings")
async def get_global_privacy(
    ctx: Ctx, q: api.account.GetGlobalPrivacySettings
) -> api.GlobalPrivacySettings:
    kept = (await service.settings(ctx.app, ctx.me.id)).get("global_privacy", [])
    return _global_privacy(kept)


@rpc("account.setGlobalPrivacySettings", limit="write")
async def set_global_privacy(
    ctx: Ctx, q: api.account.SetGlobalPrivacySettings
) -> api.GlobalPrivacySettings:
    """What does not exist here (archiving strangers, asking them to be premium) stays off."""
    asked = q.settings
    if asked.archive_and_mute_new_noncontact_peers:
        raise Fault("AUTOARCHIVE_NOT_AVAILABLE")
    if asked.new_noncontact_peers_require_premium or asked.noncontact_peers_paid_stars:
        raise Fault("PREMIUM_ACCOUNT_REQUIRED")
    kept = [name for name in _GLOBAL_PRIVACY if getattr(asked, name)]
    await service.change_settings(ctx.app, ctx.me.id, {"global_privacy": kept or None})
    return _global_privacy(kept)


def _global_privacy(kept: Sequence[str]) -> api.GlobalPrivacySettings:
    flags: dict[str, Any] = dict.fromkeys(kept, True)
    return api.GlobalPrivacySettings(**flags)


@rpc("help.getTermsOfServiceUpdate", who=ANYONE)
async def get_terms_update(ctx: Ctx, q: api.help.GetTermsOfServiceUpdate) -> Any:
    """The terms, where they were changed since this person accepted them."""
    expires = int(ctx.now) + 3600
    terms = views.terms(ctx.app)
    row = await service.get(ctx.app, ctx.me.id) if ctx.actor is not None else None
    if terms is None or row is None or row.terms_version == ctx.app.config.terms_version:
        return api.help.TermsOfServiceUpdateEmpty(expires=expires)
    return api.help.TermsOfServiceUpdate(expires=expires, terms_of_service=terms)


@rpc("help.acceptTermsOfService", limit="write")
async def accept_terms(ctx: Ctx, q: api.help.AcceptTermsOfService) -> bool:
    try:
        version = msgspec.json.decode(q.id.data, type=dict[str, str])["version"]
    except (msgspec.DecodeError, KeyError):
        raise Fault("DATA_JSON_INVALID") from None
    if version != ctx.app.config.terms_version:
        raise Fault("DATA_JSON_INVALID")
    await service.accept_terms(ctx.app, ctx.me, version)
    return True
