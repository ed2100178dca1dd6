"""Translating is refused in words clients know."""

from __future__ import annotations

from petitbleu.tl import api
from tests.kit.talk import fault, say
from tests.kit.world import World


async def test_there_is_no_translator(world: World) -> None:
    ada = await world.sign_up("Ada")
    me = api.InputPeerSelf()
    message = await say(ada, me, "bonjour")
    asked = [
        (api.messages.TranslateText(peer=me, id=[message], to_lang="en"), "TRANSLATIONS_DISABLED"),
        (api.messages.TranslateText(peer=me, id=[99], to_lang="en"), "MSG_ID_INVALID"),
        (api.messages.TranslateText(to_lang="en"), "INPUT_TEXT_EMPTY"),
        (
            api.messages.TranslateText(
                text=[api.TextWithEntities(text="bonjour", entities=[])], to_lang="en"
            ),
            "TRANSLATIONS_DISABLED",
        ),
        (
            api.messages.TranslateText(peer=api.InputPeerEmpty(), id=[1], to_lang="en"),
            "PEER_ID_INVALID",
        ),
    ]
    for q, expected in asked:
        assert await fault(ada.call(q)) == expected


async def test_no_chat_offers_it(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert await ada.call(api.messages.TogglePeerTranslations(peer=api.InputPeerSelf()))
    wrong = api.messages.TogglePeerTranslations(peer=api.InputPeerEmpty())
    assert await fault(ada.call(wrong)) == "PEER_ID_INVALID"
