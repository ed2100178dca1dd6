"""Questions whether there is something to offer: complete, empty answers."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.rpc import coverage
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api, codec
from tests.kit import requests
from tests.kit.requests import Maker
from tests.kit.world import RpcFault, World

REFUSED = {"stories.canSendStory": "STORIES_TOO_MUCH"}
"""Answered by an error that apps put into words."""
EMPTY = {
    "payments.getPremiumGiftCodeOptions": [],
    "payments.getStarsTopupOptions": [],
    "payments.getStarsGiftOptions": [],
    "payments.getStarsStatus": api.payments.StarsStatus(
        balance=api.StarsAmount(amount=0, nanos=0), chats=[], users=[]
    ),
    "payments.getStarGifts": api.payments.StarGifts(hash=0, gifts=[], chats=[], users=[]),
    "aicompose.getTones": api.aicompose.Tones(hash=0, tones=[], users=[]),
    "account.getSavedMusicIds": api.account.SavedMusicIds(ids=[]),
    "contacts.getSponsoredPeers": api.contacts.SponsoredPeersEmpty(),
    "messages.getSponsoredMessages": api.messages.SponsoredMessagesEmpty(),
    "messages.searchStickerSets": api.messages.FoundStickerSets(hash=0, sets=[]),
    "messages.getFactCheck": [api.FactCheck(hash=0)],
}


def _served() -> list[str]:
    return sorted(name for name, method in METHODS.items() if method.room == "offers")


def _things(answer: Any) -> list[Any]:
    """What an answer lists, but the people and chats that come along."""
    if isinstance(answer, list):
        return [one for one in answer if one != api.FactCheck(hash=0)]
    found = []
    for field in getattr(answer, "__slots__", ()):
        value = getattr(answer, field)
        if isinstance(value, list) and field not in ("users", "chats", "peers"):
            found += value
    return found


async def test_each_is_answered_with_nothing_in_every_layer_that_has_it(world: World) -> None:
    at = await requests.scene(world)
    maker = Maker(at)
    devices = dict.fromkeys((codec.NEWEST_LAYER,), at.me)
    for name in _served():
        for form in codec.SCHEMA.by_name[name]:
            layer = min(form.last, codec.NEWEST_LAYER)
            if layer not in devices:
                devices[layer] = await world.sign_in(at.me.phone, layer)
            request = maker.request(name)
            if "user_id" in {f.name for f in form.values} and hasattr(request, "peer"):
                request.peer = at.person  # only people had this in that layer
            try:
                codec.encode(request, layer)
            except codec.Inexpressible:  # that layer had no word for who is asked about
                continue
            if name in REFUSED:
                with pytest.raises(RpcFault, match=REFUSED[name]):
                    await devices[layer].call(request)
                continue
            answer = await devices[layer].call(request)
            assert _things(answer) == [], (name, layer)
            if layer == codec.NEWEST_LAYER and name in EMPTY:
                assert answer == EMPTY[name], name


async def test_whoever_is_named_must_be_there(world: World) -> None:
    ada = await world.sign_up("Ada")
    nobody = api.InputPeerUser(user_id=5, access_hash=5)
    for q, error in (
        (api.payments.GetStarsStatus(peer=nobody), "PEER_ID_INVALID"),
        (api.payments.GetSavedStarGifts(peer=nobody, offset="", limit=10), "PEER_ID_INVALID"),
        (api.premium.GetBoostsStatus(peer=nobody), "PEER_ID_INVALID"),
        (api.messages.GetFactCheck(peer=nobody, msg_id=[1]), "PEER_ID_INVALID"),
        (
            api.payments.GetStarsGiftOptions(user_id=api.InputUser(user_id=5, access_hash=5)),
            "USER_ID_INVALID",
        ),
        (
            api.contacts.GetLocated(geo_point=api.InputGeoPointEmpty(), self_expires=1),
            "GEO_POINT_INVALID",
        ),
    ):
        with pytest.raises(RpcFault, match=error):
            await ada.call(q)


def test_no_question_is_answered_that_there_is_no_such_method() -> None:
    """What apps ask by themselves, without anybody pressing anything."""
    for name in (*EMPTY, *REFUSED, "premium.getMyBoosts", "messages.getQuickReplies"):
        assert coverage.state(name) == coverage.EMPTY, name
