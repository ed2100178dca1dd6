"""TL methods of help.*: configuration of clients (core.telegram.org/api/config)."""

from __future__ import annotations

import asyncio
from typing import Any

from petitbleu import ids
from petitbleu.domain.client.config import addresses, service, views
from petitbleu.domain.messaging.reactions import views as reactions
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, BOT, USER, rpc
from petitbleu.tl import api

PROMO_SECONDS = 3600


@rpc("help.getConfig", who=ANYONE)
async def get_config(ctx: Ctx, q: api.help.GetConfig) -> api.Config:
    config = views.config(
        int(ctx.now),
        views.this_dc(ctx.dc, ctx.app.config.dc),
        abs(ctx.dc) > views.TEST_DC,
        await addresses.dialled(ctx.app, ctx.local_address),
        service.public_url(ctx.app, ctx.local_address),
    )
    if ctx.actor is not None:
        config.reactions_default = await reactions.favourite(ctx.app, ctx.actor.id)
    return config


@rpc("help.getNearestDc", who=ANYONE)
async def get_nearest_dc(ctx: Ctx, q: api.help.GetNearestDc) -> api.NearestDc:
    dc = views.this_dc(ctx.dc, ctx.app.config.dc)
    return api.NearestDc(country=ctx.app.config.country, this_dc=dc, nearest_dc=dc)


@rpc("help.getAppConfig", who=ANYONE)
async def get_app_config(ctx: Ctx, q: api.help.GetAppConfig) -> Any:
    app_config = service.app_config_of(ctx.app, ctx.actor.id if ctx.actor is not None else 0)
    if q.hash == app_config.hash:
        return api.help.AppConfigNotModified()
    return api.help.AppConfig(hash=app_config.hash, config=views.json_value(app_config.values))


@rpc("help.getCountriesList", who=ANYONE)
async def get_countries_list(ctx: Ctx, q: api.help.GetCountriesList) -> Any:
    countries = await asyncio.to_thread(service.countries, q.lang_code[:16].lower())
    if q.hash == countries.hash:
        return api.help.CountriesListNotModified()
    return api.help.CountriesList(
        countries=[views.country(country) for country in countries.countries], hash=countries.hash
    )


@rpc("help.getTimezonesList", who=ANYONE)
async def get_timezones_list(ctx: Ctx, q: api.help.GetTimezonesList) -> Any:
    zones = await service.timezones(ctx.app)
    if q.hash == zones.hash:
        return api.help.TimezonesListNotModified()
    return api.help.TimezonesList(
        timezones=[
            api.Timezone(id=zone.id, name=zone.name, utc_offset=zone.offset) for zone in zones.zones
        ],
        hash=zones.hash,
    )


@rpc("help.getPeerColors", who=ANYONE)
async def get_peer_colors(ctx: Ctx, q: api.help.GetPeerColors) -> Any:
    if q.hash == views.PEER_COLORS_HASH:
        return api.help.PeerColorsNotModified()
    return views.peer_colors()


@rpc("help.getPeerProfileColors", who=ANYONE)
async def get_peer_profile_colors(ctx: Ctx, q: api.help.GetPeerProfileColors) -> Any:
    if q.hash == views.PROFILE_COLORS_HASH:
        return api.help.PeerColorsNotModified()
    return views.profile_colors()


@rpc("help.getPromoData", stub=True)
async def get_promo_data(ctx: Ctx, q: api.help.GetPromoData) -> Any:
    """This server promotes nothing."""
    return api.help.PromoDataEmpty(expires=int(ctx.now) + PROMO_SECONDS)


@rpc("help.hidePromoData", stub=True)
async def hide_promo_data(ctx: Ctx, q: api.help.HidePromoData) -> bool:
    return True


@rpc("help.dismissSuggestion", stub=True)
async def dismiss_suggestion(ctx: Ctx, q: api.help.DismissSuggestion) -> bool:
    """None is ever made."""
    return True


@rpc("help.getPremiumPromo", stub=True)
async def get_premium_promo(ctx: Ctx, q: api.help.GetPremiumPromo) -> api.help.PremiumPromo:
    """Nothing is sold here."""
    return api.help.PremiumPromo(
        status_text="",
        status_entities=[],
        video_sections=[],
        videos=[],
        period_options=[],
        users=[],
    )


@rpc("help.getAppUpdate", who=ANYONE, stub=True)
async def get_app_update(ctx: Ctx, q: api.help.GetAppUpdate) -> api.help.NoAppUpdate:
    """Clients come from their own makers."""
    return api.help.NoAppUpdate()


@rpc("help.getCdnConfig", who=USER | BOT, stub=True)
async def get_cdn_config(ctx: Ctx, q: api.help.GetCdnConfig) -> api.CdnConfig:
    """No CDN: files come from here (core.telegram.org/cdn)."""
    return api.CdnConfig(public_keys=[])


@rpc("help.getInviteText")
async def get_invite_text(ctx: Ctx, q: api.help.GetInviteText) -> api.help.InviteText:
    url = service.public_url(ctx.app, ctx.local_address)
    return api.help.InviteText(message=f"{ctx.app.config.name}: {url}")


@rpc("help.getSupport")
async def get_support(ctx: Ctx, q: api.help.GetSupport) -> api.help.Support:
    """The service account answers for the people who run the server."""
    user = await accounts.user(ctx.app, ctx.me.id, ids.SERVICE_USER)
    return api.help.Support(phone_number="", user=user)


@rpc("help.saveAppLog", who=ANYONE, stub=True)
async def save_app_log(ctx: Ctx, q: api.help.SaveAppLog) -> bool:
    """Accepted and thrown away: no usage statistics are kept."""
    return True


@rpc("help.getDeepLinkInfo", who=ANYONE, stub=True)
async def get_deep_link_info(ctx: Ctx, q: api.help.GetDeepLinkInfo) -> api.help.DeepLinkInfoEmpty:
    return api.help.DeepLinkInfoEmpty()


@rpc("help.getRecentMeUrls", stub=True)
async def get_recent_me_urls(ctx: Ctx, q: api.help.GetRecentMeUrls) -> api.help.RecentMeUrls:
    return api.help.RecentMeUrls(urls=[], chats=[], users=[])


@rpc("wallet.getState", stub=True)
async def get_wallet_state(ctx: Ctx, q: api.wallet.GetState) -> api.WalletStateEmpty:
    """There are no wallets. Clients from layer 230 on ask at start."""
    return api.WalletStateEmpty()
