"""What one list offers, another call serves: pairs that apps read together."""

from __future__ import annotations

import json
from typing import Any

from petitbleu.domain.files.media.rpc_input import DICE
from petitbleu.domain.messaging.reactions import emoji
from petitbleu.resources import schema_text
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api
from tests.kit import requests
from tests.kit.chats import history, said, shown
from tests.kit.requests import Maker
from tests.kit.world import Client, RpcFault, World

ME = api.InputPeerSelf()


async def _reactions(client: Client) -> dict[str, set[str]]:
    """The emoji of each list of reactions."""
    asked: dict[str, Any] = {
        "top": api.messages.GetTopReactions(limit=100, hash=0),
        "recent": api.messages.GetRecentReactions(limit=100, hash=0),
        "tags": api.messages.GetDefaultTagReactions(hash=0),
    }
    found = {}
    for name, q in asked.items():
        found[name] = {one.emoticon for one in (await client.call(q)).reactions}
    available = await client.call(api.messages.GetAvailableReactions(hash=0))
    found["available"] = {one.reaction for one in available.reactions}
    return found


async def test_every_list_of_reactions_names_those_that_are_drawn(world: World) -> None:
    """Web apps look each of the others up in the first; also what somebody has used lately."""
    ada = await world.sign_up("Ada")
    message = (await said(ada, ME, "hello")).id
    for one in ("❤", "🔥"):
        await ada.call(
            api.messages.SendReaction(
                peer=ME, msg_id=message, reaction=[api.ReactionEmoji(emoticon=one)],
                add_to_recent=True,
            )
        )  # fmt: skip
    lists = await _reactions(ada)
    available = lists.pop("available")
    for name, listed in lists.items():
        assert listed <= available, name
    assert available == set(emoji.OFFERED)


async def test_reactions_are_given_and_shown_though_none_is_offered(world: World) -> None:
    ada = await world.sign_up("Ada")
    message = (await said(ada, ME, "hello")).id
    for one in emoji.ALL:
        answer = await ada.call(
            api.messages.SendReaction(
                peer=ME, msg_id=message, reaction=[api.ReactionEmoji(emoticon=one)]
            )
        )
        (update,) = answer.updates
        assert [r.reaction.emoticon for r in update.reactions.results] == [one]
    (listed,) = (await history(ada, ME)).messages[:1]
    assert [r.reaction.emoticon for r in listed.reactions.results] == [emoji.ALL[-1]]


async def test_each_custom_emoji_that_is_asked_for_is_answered(world: World) -> None:
    ada = await world.sign_up("Ada")
    asked = [5, 2**63 - 1, 5, 7, -1]
    found = await ada.call(api.messages.GetCustomEmojiDocuments(document_id=asked))
    assert found == [api.DocumentEmpty(id=one) for one in asked]


async def test_sets_that_are_listed_can_be_fetched(world: World) -> None:
    ada = await world.sign_up("Ada")
    for q in (
        api.messages.GetAllStickers(hash=0),
        api.messages.GetEmojiStickers(hash=0),
        api.messages.GetMaskStickers(hash=0),
        api.messages.GetFeaturedStickers(hash=0),
        api.messages.GetArchivedStickers(offset_id=0, limit=100),
        api.messages.GetMyStickers(offset_id=0, limit=100),
    ):
        for one in (await ada.call(q)).sets:
            named = getattr(one, "set", one)
            of = api.InputStickerSetID(id=named.id, access_hash=named.access_hash)
            await ada.call(api.messages.GetStickerSet(stickerset=of, hash=0))


async def test_colours_that_are_listed_can_be_chosen(world: World) -> None:
    ada = await world.sign_up("Ada")
    for q, profile in (
        (api.help.GetPeerColors(hash=0), False),
        (api.help.GetPeerProfileColors(hash=0), True),
    ):
        options = (await ada.call(q)).colors
        assert options or profile
        for one in options:
            await ada.call(
                api.account.UpdateColor(
                    for_profile=profile, color=api.PeerColor(color=one.color_id)
                )
            )


async def test_dice_and_the_favourite_that_the_configuration_offers_are_served(
    world: World,
) -> None:
    ada = await world.sign_up("Ada")
    offered = json.loads(schema_text("app-config.json"))
    for one in (*offered["emojies_send_dice"], *DICE):
        made = await shown(ada, ME, api.InputMediaDice(emoticon=one))
        assert made.media.emoticon == one
    config = await ada.call(api.help.GetConfig())
    if config.reactions_default is not None:
        message = (await said(ada, ME, "hello")).id
        await ada.call(
            api.messages.SendReaction(peer=ME, msg_id=message, reaction=[config.reactions_default])
        )


async def test_languages_that_are_listed_can_be_fetched(world: World) -> None:
    ada = await world.sign_up("Ada")
    for one in await ada.call(api.langpack.GetLanguages(lang_pack="android")):
        await ada.call(api.langpack.GetLangPack(lang_pack="android", lang_code=one.lang_code))


async def test_no_empty_answer_lists_something(world: World) -> None:
    """A method that is said to be empty offers nothing that others would have to serve."""
    at = await requests.scene(world)
    maker = Maker(at)
    for name in sorted(name for name, method in METHODS.items() if method.stub):
        if requests.layer_of(name) != at.me.layer:
            continue
        try:
            answer = await at.me.call(maker.request(name))
        except RpcFault:
            continue
        for field in ("sets", "stickers", "gifs", "reactions", "effects", "themes", "statuses",
                      "groups", "options", "tones", "passkeys", "bots"):  # fmt: skip
            assert getattr(answer, field, []) == [], (name, field)
