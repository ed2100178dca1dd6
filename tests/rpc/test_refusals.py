"""What calls are answered that name nobody, nothing, or come from nobody: the documented error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from petitbleu.rpc import coverage
from petitbleu.rpc.registry import METHODS, Who
from petitbleu.tl import api, codec
from tests.kit.chats import refused
from tests.kit.world import RpcFault, World

NOBODY = api.InputPeerUser(user_id=5, access_hash=5)
NOT_A_USER = api.InputUser(user_id=5, access_hash=5)
NO_CHANNEL = api.InputChannel(channel_id=5, access_hash=5)
NO_CHANNEL_PEER = api.InputPeerChannel(channel_id=5, access_hash=5)
NOT_LISTED = api.InputDialogPeer(peer=NOBODY)
PAGE: dict[str, Any] = {"offset_id": 0, "add_offset": 0, "limit": 10, "max_id": 0, "min_id": 0}

NAMES_NOBODY: dict[str, list[Any]] = {
    "CHANNEL_INVALID": [
        api.channels.EditPhoto(channel=NO_CHANNEL, photo=api.InputChatPhotoEmpty()),
        api.channels.GetChannelRecommendations(channel=NO_CHANNEL),
        api.channels.GetChannels(id=[NO_CHANNEL]),
        api.channels.ReadHistory(channel=NO_CHANNEL, max_id=1),
        api.channels.ReportAntiSpamFalsePositive(channel=NO_CHANNEL, msg_id=1),
        api.channels.ToggleParticipantsHidden(channel=NO_CHANNEL, enabled=True),
        api.messages.GetFutureChatCreatorAfterLeave(peer=NO_CHANNEL_PEER),
        api.messages.GetMessagesReactions(peer=NO_CHANNEL_PEER, id=[1]),
    ],
    "PEER_ID_INVALID": [
        api.account.UpdateNotifySettings(
            peer=api.InputNotifyPeer(peer=NOBODY), settings=api.InputPeerNotifySettings()
        ),
        api.channels.GetSendAs(peer=NOBODY),
        api.contacts.Unblock(id=NOBODY),
        api.messages.DeleteHistory(peer=NOBODY, max_id=0),
        api.messages.DeleteRevokedExportedChatInvites(peer=NOBODY, admin_id=api.InputUserSelf()),
        api.messages.DeleteSavedHistory(peer=NOBODY, max_id=0),
        api.messages.EditChatAbout(peer=NOBODY, about=""),
        api.messages.GetExportedChatInvites(peer=NOBODY, admin_id=api.InputUserSelf(), limit=10),
        api.messages.GetPeerSettings(peer=NOBODY),
        api.messages.GetPollResults(peer=NOBODY, msg_id=1, poll_hash=0),
        api.messages.GetSavedHistory(peer=NOBODY, offset_date=0, hash=0, **PAGE),
        api.messages.GetScheduledMessages(peer=NOBODY, id=[1]),
        api.messages.GetUnreadReactions(peer=NOBODY, **PAGE),
        api.messages.HidePeerSettingsBar(peer=NOBODY),
        api.messages.MarkDialogUnread(unread=True, peer=NOT_LISTED),
        api.messages.ReadDiscussion(peer=NOBODY, msg_id=1, read_max_id=1),
        api.messages.ReadHistory(peer=NOBODY, max_id=1),
        api.messages.ReadReactions(peer=NOBODY),
        api.messages.ReorderPinnedDialogs(folder_id=0, order=[NOT_LISTED]),
        api.messages.SaveDraft(peer=NOBODY, message="later"),
    ],
    "USER_ID_INVALID": [
        api.messages.GetCommonChats(user_id=NOT_A_USER, max_id=0, limit=10),
        api.photos.GetUserPhotos(user_id=NOT_A_USER, offset=0, max_id=0, limit=10),
        api.photos.UploadContactProfilePhoto(user_id=NOT_A_USER, save=True),
    ],
    "FOLDER_ID_INVALID": [
        api.folders.EditPeerFolders(
            folder_peers=[api.InputFolderPeer(peer=api.InputPeerSelf(), folder_id=7)]
        ),
        api.messages.GetPinnedDialogs(folder_id=7),
    ],
    "LANG_PACK_INVALID": [
        api.langpack.GetDifference(lang_pack="!", lang_code="en", from_version=0),
        api.langpack.GetLanguage(lang_pack="!", lang_code="en"),
        api.langpack.GetLanguages(lang_pack="!"),
        api.langpack.GetStrings(lang_pack="!", lang_code="en", keys=[]),
    ],
    "LANG_CODE_NOT_SUPPORTED": [
        api.langpack.GetLanguage(lang_pack="android", lang_code="tlh"),
        api.langpack.GetStrings(lang_pack="android", lang_code="tlh", keys=[]),
    ],
    "LOCATION_INVALID": [
        api.upload.GetFileHashes(
            location=api.InputPhotoFileLocation(
                id=5, access_hash=5, file_reference=b"", thumb_size="x"
            ),
            offset=0,
        ),
        api.upload.GetWebFile(
            location=api.InputWebFileLocation(url="https://example.org/", access_hash=5),
            offset=0,
            limit=4096,
        ),
    ],
    "STICKERSET_INVALID": [
        api.messages.GetStickerSet(
            stickerset=api.InputStickerSetShortName(short_name="cats"), hash=0
        )
    ],
    "EMOTICON_STICKERPACK_MISSING": [
        api.messages.GetStickerSet(stickerset=api.InputStickerSetDice(emoticon="🎲"), hash=0)
    ],
    "PARENT_PEER_INVALID": [
        api.messages.ReadSavedHistory(
            parent_peer=NO_CHANNEL_PEER, peer=api.InputPeerSelf(), max_id=1
        )
    ],
}
LEFT_BEHIND = api.channels.GetFutureCreatorAfterLeave(channel=NO_CHANNEL)


async def test_a_call_that_names_nobody_is_refused_as_documented(world: World) -> None:
    ada = await world.sign_up("Ada")
    for error, calls in NAMES_NOBODY.items():
        for q in calls:
            assert (q.NAME, await refused(ada, q)) == (q.NAME, error)


async def test_so_are_the_names_that_only_older_layers_have(world: World) -> None:
    bob = await world.sign_up("Bob", 222)
    assert await refused(bob, LEFT_BEHIND) == "CHANNEL_INVALID"
    eve = await world.sign_up("Eve", 161)
    assert await refused(eve, api.stories.GetUserStories(user_id=NOT_A_USER)) == "PEER_ID_INVALID"


def _of(who: Callable[[Who], bool]) -> list[str]:
    return sorted(name for name, method in METHODS.items() if who(method.who))


async def test_who_is_not_signed_in_gets_nothing(world: World) -> None:
    stranger = world.connect()
    await stranger.call(api.help.GetNearestDc())
    closed = _of(lambda who: Who.ANYONE not in who)
    assert "messages.sendMessage" in closed
    for name in closed:
        for number in codec.ids_of(name):
            with pytest.raises(RpcFault) as fault:
                await stranger.raw(number.to_bytes(4, "little"), name)
            assert (name, fault.value.message) == (name, "AUTH_KEY_UNREGISTERED")


async def test_what_is_not_for_everybody_signed_in_is_open_to_nobody_else() -> None:
    """Only methods that are documented so are served before login."""
    facts = coverage.methods()
    assert [name for name in _of(lambda who: Who.ANYONE in who) if facts[name].who == "bot"] == []
