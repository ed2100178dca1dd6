"""What clients call when they start, in the layers they speak."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import Client, World

SELF_USER, SELF = api.InputUserSelf(), api.InputPeerSelf()

BEFORE_LOGIN: list[Any] = [
    api.help.GetConfig(),
    api.help.GetNearestDc(),
    api.help.GetCountriesList(lang_code="fr", hash=0),
    api.langpack.GetLanguages(lang_pack="android"),
    api.langpack.GetLangPack(lang_pack="android", lang_code="fr"),
]
AFTER_LOGIN: list[Any] = [
    api.users.GetUsers(id=[SELF_USER]),
    api.users.GetFullUser(id=SELF_USER),
    api.updates.GetState(),
    api.account.UpdateStatus(offline=False),
    api.account.GetNotifySettings(peer=api.InputNotifyUsers()),
    api.account.GetNotifySettings(peer=api.InputNotifyChats()),
    api.account.GetNotifySettings(peer=api.InputNotifyBroadcasts()),
    api.account.GetPrivacy(key=api.InputPrivacyKeyPhoneNumber()),
    api.account.GetContentSettings(),
    api.account.GetGlobalPrivacySettings(),
    api.account.GetThemes(format="android", hash=0),
    api.account.GetChatThemes(hash=0),
    api.account.GetWallPapers(hash=0),
    api.account.GetAutoDownloadSettings(),
    api.account.GetContactSignUpNotification(),
    api.account.GetDefaultEmojiStatuses(hash=0),
    api.contacts.GetContacts(hash=0),
    api.contacts.GetStatuses(),
    api.contacts.GetBlocked(offset=0, limit=100),
    api.contacts.GetTopPeers(correspondents=True, offset=0, limit=10, hash=0),
    api.help.GetAppConfig(hash=0),
    api.help.GetPromoData(),
    api.help.GetTermsOfServiceUpdate(),
    api.help.GetPremiumPromo(),
    api.messages.GetTopReactions(limit=10, hash=0),
    api.messages.GetRecentReactions(limit=10, hash=0),
    api.messages.GetAvailableReactions(hash=0),
    api.messages.GetAttachMenuBots(hash=0),
    api.messages.GetAllStickers(hash=0),
    api.messages.GetEmojiStickers(hash=0),
    api.messages.GetFeaturedStickers(hash=0),
    api.messages.GetFeaturedEmojiStickers(hash=0),
    api.messages.GetFavedStickers(hash=0),
    api.messages.GetRecentStickers(hash=0),
    api.messages.GetSavedGifs(hash=0),
    api.messages.GetEmojiKeywordsDifference(lang_code="fr", from_version=0),
    api.messages.GetPeerSettings(peer=SELF),
]
LATER: list[tuple[Any, int]] = [
    (api.help.GetPeerColors(hash=0), 167),
    (api.help.GetPeerProfileColors(hash=0), 167),
    (api.help.GetTimezonesList(hash=0), 176),
    (api.stories.GetAllStories(), 160),
    (api.contacts.GetBirthdays(), 179),
    (api.messages.GetAvailableEffects(hash=0), 181),
    (api.account.GetReactionsNotifySettings(), 179),
    (api.messages.GetPaidReactionPrivacy(), 188),
    (api.account.GetWebBrowserSettings(hash=0), 227),
]
"""Calls, with the first layer that has them."""


async def _each(client: Client, calls: list[Any]) -> None:
    for asked in calls:
        answer = await client.call(asked)
        assert answer is not None, asked


@pytest.mark.parametrize("layer", [158, 181, 199, 227, 229])
async def test_every_call_is_answered_in_the_clients_layer(
    sqlite_store: Store, tmp_path: Path, layer: int
) -> None:
    world = World(sqlite_store, tmp_path)
    await world.start()
    await _each(world.connect(layer), BEFORE_LOGIN)
    ada = await world.sign_up("Ada", layer)
    await ada.call(api.account.UpdateProfile(about="x"))
    await _each(ada, AFTER_LOGIN)
    await _each(ada, [asked for asked, since in LATER if layer >= since])
    assert not world.errors


@pytest.mark.parametrize("layer", [158, 199, 229])
async def test_people_are_found_named_and_blocked_in_the_clients_layer(
    sqlite_store: Store, tmp_path: Path, layer: int
) -> None:
    world = World(sqlite_store, tmp_path)
    await world.start()
    ada, bob = await world.sign_up("Ada", layer), await world.sign_up("Bob")
    await bob.call(api.account.UpdateUsername(username="bobby"))
    found = await ada.call(api.contacts.ResolveUsername(username="bobby"))
    user = found.users[0]
    named = api.InputUser(user_id=user.id, access_hash=user.access_hash)
    answer = await ada.call(
        api.contacts.AddContact(id=named, first_name="Robert", last_name="", phone="")
    )
    assert answer.users[0].first_name == "Robert"
    full = await ada.call(api.users.GetFullUser(id=named))
    assert full.full_user.id == bob.user_id
    peer = api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)
    assert await ada.call(api.contacts.Block(id=peer))
    assert (await ada.call(api.contacts.GetBlocked(offset=0, limit=9))).users[0].id == user.id
    await bob.call(api.account.UpdateProfile(first_name="Bobby"))
    assert [one.user_id for one in ada.updates(api.UpdateUserName)] == [bob.user_id]
    assert not world.errors
