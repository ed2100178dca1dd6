"""TL methods of folders."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.folders import service, texts, views
from petitbleu.domain.messaging.folders.service import Folder
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

_NOTHING = Folder("", [], None, None, [], [], [], [])
_SUGGESTED = {
    "unread": [*service.KINDS, "exclude_read"],
    "personal": ["contacts", "non_contacts"],
}


@rpc("messages.getDialogFilters")
async def get_dialog_filters(ctx: Ctx, q: api.messages.GetDialogFilters) -> Any:
    """messages.dialogFilters: the list of all chats among them."""
    shelf = await service.shelf(ctx.app, ctx.me)
    filters = [views.folder(ctx.app, ctx.me.id, number, kept) for number, kept in shelf.folders]
    return api.messages.DialogFilters(
        tags_enabled=shelf.tags, filters=filters or [api.DialogFilterDefault()]
    )


@rpc("messages.updateDialogFilter", limit="write")
async def update_dialog_filter(ctx: Ctx, q: api.messages.UpdateDialogFilter) -> bool:
    """True. Without a filter the folder is deleted."""
    folder = None
    if q.filter is not None:
        if type(q.filter) is api.DialogFilterChatlist:
            raise Fault("CHATLIST_EXCLUDE_INVALID")  # shared folders are not served
        if type(q.filter) is not api.DialogFilter:
            raise Fault("FILTER_ID_INVALID")
        folder = await views.given(ctx, q.filter)
    await service.save(ctx.app, ctx.me, q.id, folder)
    return True


@rpc("messages.updateDialogFiltersOrder", limit="write")
async def update_dialog_filters_order(ctx: Ctx, q: api.messages.UpdateDialogFiltersOrder) -> bool:
    """True"""
    await service.reorder(ctx.app, ctx.me, q.order[: service.LAST_ID])
    return True


@rpc("messages.toggleDialogFilterTags", limit="write")
async def toggle_dialog_filter_tags(ctx: Ctx, q: api.messages.ToggleDialogFilterTags) -> bool:
    """True. For everybody: there is no premium here."""
    await service.show_tags(ctx.app, ctx.me, shown=q.enabled)
    return True


@rpc("messages.getSuggestedDialogFilters")
async def get_suggested_filters(ctx: Ctx, q: api.messages.GetSuggestedDialogFilters) -> list[Any]:
    """Vector of dialogFilterSuggested: "unread" and "personal", unless the person has them."""
    if not await service.wants_suggestions(ctx.app, ctx.me):
        return []
    shelf = await service.shelf(ctx.app, ctx.me)
    rules = [set(kept.rules) for _, kept in shelf.folders if kept is not None]
    suggestions = []
    for what, wanted in _SUGGESTED.items():
        if set(wanted) not in rules:
            title, why = texts.suggested(ctx.lang, what)
            folder = _NOTHING._replace(title=title, rules=wanted)
            rendered = views.folder(ctx.app, ctx.me.id, 0, folder)
            suggestions.append(api.DialogFilterSuggested(filter=rendered, description=why))
    return suggestions
