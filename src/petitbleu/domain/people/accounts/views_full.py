"""users.getFullUser: one person's full profile, as one viewer may see it."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.members import service as members
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.files.photos import views as photo_views
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.notifications import service as notifications
from petitbleu.domain.messaging.notifications import views as notify_views
from petitbleu.domain.messaging.scheduled import service as scheduled
from petitbleu.domain.people.accounts import views
from petitbleu.domain.people.accounts.service import PERSON, get
from petitbleu.domain.people.contacts import views as contacts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api


async def user_full(ctx: Ctx, account: int) -> api.users.UserFull:
    """users.userFull; USER_ID_INVALID for an id nobody has."""
    app, me = ctx.app, ctx.me.id
    row = await get(app, account)
    if row is None:
        raise Fault("USER_ID_INVALID")
    user = await views.user(app, me, account)
    rules = (await privacy.rules_of(app, (account,)))[account]
    ties = await social_graph.ties(app.store, me, (account,))

    def may(key: str) -> bool:
        return privacy.permits(rules, key, account, me, ties)

    notify = (await notifications.of_peers(app, me, (account,))).get(account, {})
    profile: dict[str, Any] = {}
    if row.deleted_at is None:
        if row.about and may("about"):
            profile["about"] = row.about
        if row.birthday is not None and may("birthday"):
            profile["birthday"] = views.birthday(row.birthday)
        if not may("forwards"):
            profile["private_forward_name"] = f"{row.first_name} {row.last_name}".strip()
        profile["voice_messages_forbidden"] = not may("voice_messages")
        photo = (await photos.seen(app, me, (account,), ties)).get(account)
        if photo is not None:
            profile |= photo_views.full(app, me, account, photo)
        profile["phone_calls_private"] = row.kind == PERSON and not may("phone_call")
    full = api.UserFull(
        id=account,
        settings=await contacts.peer_settings(app, me, account),
        notify_settings=notify_views.settings(notify),
        common_chats_count=0 if account == me else len(await members.common(app, me, account)),
        has_scheduled=await scheduled.any_waits(app.store, me, account),
        blocked=await social_graph.blocked(app, me, account),
        can_pin_message=True,
        read_dates_private=account != me and await messages.hides_reading(app, account),
        ttl_period=await messages.timers.load_timer(app, me, account) or None,
        **profile,
    )
    return api.users.UserFull(full_user=full, chats=[], users=[user])
