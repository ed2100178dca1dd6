"""Reactions: empty answers, and settings that are kept."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.messaging.reactions import views
from petitbleu.tl import api
from tests.kit.world import World

LISTED_BY_TDLIB = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)

EMPTY: list[tuple[Any, Any]] = [
    (
        api.messages.GetAvailableReactions(hash=0),
        api.messages.AvailableReactions(hash=0, reactions=[]),
    ),
    (api.messages.GetDefaultTagReactions(hash=0), api.messages.Reactions(hash=0, reactions=[])),
    (api.messages.GetSavedReactionTags(hash=0), api.messages.SavedReactionTags(tags=[], hash=0)),
    (
        api.messages.GetAvailableEffects(hash=0),
        api.messages.AvailableEffects(hash=0, effects=[], documents=[]),
    ),
]


async def test_each_is_complete_and_empty(world: World) -> None:
    ada = await world.sign_up("Ada")
    for asked, expected in EMPTY:
        assert await ada.call(asked) == expected, asked
    (update,) = (await ada.call(api.messages.GetPaidReactionPrivacy())).updates
    assert update.private == api.PaidReactionPrivacyDefault()


@pytest.mark.parametrize(
    "settings",
    [
        api.ReactionsNotifySettings(
            messages_notify_from=api.ReactionNotificationsFromAll(),
            sound=api.NotificationSoundNone(),
            show_previews=False,
        ),
        api.ReactionsNotifySettings(
            stories_notify_from=api.ReactionNotificationsFromContacts(),
            poll_votes_notify_from=api.ReactionNotificationsFromAll(),
            sound=api.NotificationSoundRingtone(id=5),
            show_previews=True,
        ),
    ],
)
async def test_notices_of_reactions_are_kept_as_set(world: World, settings: Any) -> None:
    ada = await world.sign_up("Ada")
    default = await ada.call(api.account.GetReactionsNotifySettings())
    assert default.messages_notify_from == api.ReactionNotificationsFromContacts()
    asked = api.account.SetReactionsNotifySettings(settings=settings)
    assert await ada.call(asked) == settings
    assert await ada.call(api.account.GetReactionsNotifySettings()) == settings


def test_the_hash_of_a_list_is_the_one_that_clients_compute() -> None:
    """The number that TDLib 1.8.67 and 1.8.69 expect of this list."""
    assert views.listed(LISTED_BY_TDLIB.split(), 0).hash == 785865559991658596
    again = views.listed(LISTED_BY_TDLIB.split(), 785865559991658596)
    assert type(again) is api.messages.ReactionsNotModified
    plain, styled = (views.listed([heart], 0).hash for heart in ("\u2764", "\u2764\ufe0f"))
    assert plain == styled
