"""TL handlers: reacting is in ``rpc_react.py``; here what has no files to show, and settings."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.notifications import views as sounds
from petitbleu.domain.messaging.reactions import rpc_react
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

__all__ = ["rpc_react"]  # imported to be registered


@rpc("messages.getAvailableReactions", stub=True)
async def get_available(ctx: Ctx, q: api.messages.GetAvailableReactions) -> Any:
    """Clients draw these from animations that come with them: there are none (``emoji.py``)."""
    return api.messages.AvailableReactions(hash=0, reactions=[])


@rpc("messages.getDefaultTagReactions", stub=True)
async def get_default_tags(ctx: Ctx, q: api.messages.GetDefaultTagReactions) -> Any:
    return api.messages.Reactions(hash=0, reactions=[])


@rpc("messages.getSavedReactionTags", stub=True)
async def get_saved_tags(ctx: Ctx, q: api.messages.GetSavedReactionTags) -> Any:
    return api.messages.SavedReactionTags(tags=[], hash=0)


@rpc("messages.getAvailableEffects", stub=True)
async def get_effects(ctx: Ctx, q: api.messages.GetAvailableEffects) -> Any:
    return api.messages.AvailableEffects(hash=0, effects=[], documents=[])


@rpc("messages.getPaidReactionPrivacy", stub=True)
async def get_paid_privacy(ctx: Ctx, q: api.messages.GetPaidReactionPrivacy) -> api.Updates:
    """Paid reactions do not exist here; the default is what clients want to hear."""
    update = api.UpdatePaidReactionPrivacy(private=api.PaidReactionPrivacyDefault())
    return api.Updates(updates=[update], users=[], chats=[], date=int(ctx.now), seq=0)


_SOURCES = ("messages_notify_from", "stories_notify_from", "poll_votes_notify_from")


@rpc("account.getReactionsNotifySettings")
async def get_notify(
    ctx: Ctx, q: api.account.GetReactionsNotifySettings
) -> api.ReactionsNotifySettings:
    return _notify((await accounts.settings(ctx.app, ctx.me.id)).get("reactions_notify", {}))


@rpc("account.setReactionsNotifySettings", limit="write")
async def set_notify(
    ctx: Ctx, q: api.account.SetReactionsNotifySettings
) -> api.ReactionsNotifySettings:
    kept: dict[str, Any] = {"show_previews": q.settings.show_previews}
    for source in _SOURCES:
        given = getattr(q.settings, source)
        kept[source] = (
            None if given is None else isinstance(given, api.ReactionNotificationsFromContacts)
        )
    kept["sound"] = sounds.sound_of(q.settings.sound)
    await accounts.change_settings(ctx.app, ctx.me.id, {"reactions_notify": kept})
    return _notify(kept)


def _notify(kept: dict[str, Any]) -> api.ReactionsNotifySettings:
    """Kept settings (True: from contacts, False: from everybody, None: from nobody) as TL."""
    sources: dict[str, Any] = {}
    for source in _SOURCES:
        contacts = kept.get(source, True)
        if contacts is not None:
            sources[source] = (
                api.ReactionNotificationsFromContacts()
                if contacts
                else api.ReactionNotificationsFromAll()
            )
    return api.ReactionsNotifySettings(
        **sources,
        sound=sounds.sound(kept.get("sound") or ["default"]),
        show_previews=kept.get("show_previews", True),
    )
