"""TL handlers: nothing is for sale, nothing was bought, nobody advertises."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.client.offers.rpc_empty import empty, look_up
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

# ── stars ───────────────────────────────────────────────────────────────────────────────────────


def _nothing() -> list[Any]:
    return []


for _options in ("PremiumGiftCode", "StarsTopup", "StarsGift", "StarsGiveaway"):
    empty(f"payments.get{_options}Options", _nothing)


def _balance(ton: bool) -> Any:
    return api.payments.StarsStatus(
        balance=api.StarsTonAmount(amount=0) if ton else api.StarsAmount(amount=0, nanos=0),
        chats=[],
        users=[],
    )


@rpc("payments.getStarsStatus", who=USER | BOT, stub=True)
async def get_stars_status(ctx: Ctx, q: api.payments.GetStarsStatus) -> Any:
    """A balance of 0."""
    await look_up(ctx, q)
    return _balance(q.ton)


@rpc("payments.getStarsTransactions", who=USER | BOT, stub=True)
async def get_stars_transactions(ctx: Ctx, q: api.payments.GetStarsTransactions) -> Any:
    """A balance of 0, without a history."""
    await look_up(ctx, q)
    return _balance(q.ton)


@rpc("payments.getStarsTransactionsByID", stub=True)
async def get_transactions_by_id(ctx: Ctx, q: api.payments.GetStarsTransactionsByID) -> Any:
    """A balance of 0: no transaction has that id."""
    await look_up(ctx, q)
    return _balance(q.ton)


@rpc("payments.getStarsSubscriptions", stub=True)
async def get_subscriptions(ctx: Ctx, q: api.payments.GetStarsSubscriptions) -> Any:
    """A balance of 0, without subscriptions."""
    await look_up(ctx, q)
    return _balance(False)


# ── gifts ───────────────────────────────────────────────────────────────────────────────────────


def _saved_gifts() -> Any:
    return api.payments.SavedStarGifts(count=0, gifts=[], chats=[], users=[])


def _user_gifts() -> Any:
    return api.payments.UserStarGifts(count=0, gifts=[], users=[])


empty(
    "payments.getStarGifts",
    lambda: api.payments.StarGifts(hash=0, gifts=[], chats=[], users=[]),
    who=USER | BOT,
)
empty("payments.getSavedStarGifts", _saved_gifts, who=USER | BOT)
empty("payments.getSavedStarGift", _saved_gifts)
empty("payments.getCraftStarGifts", _saved_gifts)
empty("payments.getUserStarGifts", _user_gifts, who=USER | BOT)
empty("payments.getUserStarGift", _user_gifts)
empty(
    "payments.getStarGiftActiveAuctions",
    lambda: api.payments.StarGiftActiveAuctions(auctions=[], users=[], chats=[]),
)
empty(
    "payments.getStarGiftAuctionAcquiredGifts",
    lambda: api.payments.StarGiftAuctionAcquiredGifts(gifts=[], users=[], chats=[]),
)
empty("payments.getStarGiftCollections", lambda: api.payments.StarGiftCollections(collections=[]))
empty(
    "payments.getResaleStarGifts",
    lambda: api.payments.ResaleStarGifts(count=0, gifts=[], chats=[], users=[]),
)
empty(
    "account.getUniqueGiftChatThemes",
    lambda: api.account.ChatThemes(hash=0, themes=[], chats=[], users=[]),
)


# ── what was bought, earned, boosted ────────────────────────────────────────────────────────────


def _boosts() -> Any:
    return api.premium.BoostsList(count=0, boosts=[], users=[])


empty("payments.getSavedInfo", lambda: api.payments.SavedInfo())
empty("payments.clearSavedInfo", lambda: True)
empty(
    "payments.getConnectedStarRefBots",
    lambda: api.payments.ConnectedStarRefBots(count=0, connected_bots=[], users=[]),
)
empty(
    "payments.getSuggestedStarRefBots",
    lambda: api.payments.SuggestedStarRefBots(count=0, suggested_bots=[], users=[]),
)
empty("account.getPaidMessagesRevenue", lambda: api.account.PaidMessagesRevenue(stars_amount=0))
empty(
    "premium.getBoostsStatus",
    lambda: api.premium.BoostsStatus(level=0, current_level_boosts=0, boosts=0, boost_url=""),
)
empty("premium.getBoostsList", _boosts)
empty("premium.getUserBoosts", _boosts)
empty("premium.getMyBoosts", lambda: api.premium.MyBoosts(my_boosts=[], chats=[], users=[]))
empty(
    "stories.getBoostsStatus",
    lambda: api.stories.BoostsStatus(level=0, current_level_boosts=0, boosts=0),
)
empty(
    "stories.getBoostersList",
    lambda: api.stories.BoostersList(count=0, boosters=[], users=[]),
)


# ── advertising ─────────────────────────────────────────────────────────────────────────────────


empty("contacts.getSponsoredPeers", lambda: api.contacts.SponsoredPeersEmpty())
empty("messages.getSponsoredMessages", lambda: api.messages.SponsoredMessagesEmpty())


@rpc("channels.getSponsoredMessages", stub=True)
async def get_sponsored(ctx: Ctx, q: api.channels.GetSponsoredMessages) -> Any:
    """The older name of messages.getSponsoredMessages"""
    await peers.input_channel(ctx, q.channel)
    return api.messages.SponsoredMessagesEmpty()
