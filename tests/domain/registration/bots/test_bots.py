"""Bots: made by the operator, signed in with a token, spoken to like anybody."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.registration.bots import service
from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def sign_in(world: World, token: str, layer: int = 229) -> Client:
    """A program signed in with the token, subscribed to updates."""
    client = world.connect(layer)
    signed = await client.call(
        api.auth.ImportBotAuthorization(flags=0, api_id=1, api_hash="x" * 32, bot_auth_token=token)
    )
    assert signed.user.bot
    client.user_id = signed.user.id
    await client.call(api.updates.GetState())
    return client


async def resolve(client: Client, name: str) -> Any:
    """The bot as this person names it."""
    found = await client.call(api.contacts.ResolveUsername(username=name))
    (user,) = found.users
    assert (user.bot, user.phone, user.first_name) == (True, None, "Météo")
    return api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)


@pytest.mark.parametrize("layer", [158, 201, 229])
async def test_a_bot_hears_people_and_answers(world: World, layer: int) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    bot = await sign_in(world, made.token, layer)
    ada = await world.sign_up("Ada")
    peer = await resolve(ada, "meteo_bot")
    await ada.call(api.messages.SendMessage(peer=peer, message="/start", random_id=1))
    (heard,) = bot.updates(api.UpdateNewMessage)
    assert heard.message.message == "/start"
    back = api.InputPeerUser(user_id=ada.user_id, access_hash=0)
    await bot.call(api.messages.SendMessage(peer=back, message="Beau temps", random_id=2))
    assert [u.message.message for u in ada.updates(api.UpdateNewMessage)] == ["Beau temps"]
    later = await bot.call(api.updates.GetDifference(pts=1, date=1, qts=0))
    assert [one.message for one in later.new_messages] == ["/start", "Beau temps"]
    (me,) = await bot.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    assert (me.self, me.bot, me.username) == (True, True, "meteo_bot")


async def test_what_only_people_may_do_is_refused(world: World) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    bot = await sign_in(world, made.token)
    with pytest.raises(RpcFault) as refused:
        await bot.call(api.contacts.GetContacts(hash=0))
    assert (refused.value.code, refused.value.message) == (400, "BOT_METHOD_INVALID")


@pytest.mark.parametrize(
    ("token", "api_id", "error"),
    [
        ("", 1, "ACCESS_TOKEN_INVALID"),
        ("1000001:" + "x" * 35, 1, "ACCESS_TOKEN_INVALID"),
        ("9:" + "x" * 35, 1, "ACCESS_TOKEN_INVALID"),
        ("good", 0, "API_ID_INVALID"),
    ],
)
async def test_wrong_tokens_sign_nobody_in(
    world: World, token: str, api_id: int, error: str
) -> None:
    await service.create(world.app, "Météo", "meteo_bot")
    client = world.connect()
    with pytest.raises(RpcFault) as refused:
        await client.call(
            api.auth.ImportBotAuthorization(
                flags=0, api_id=api_id, api_hash="x" * 32, bot_auth_token=token
            )
        )
    assert refused.value.message == error
    with pytest.raises(RpcFault):
        await client.call(api.updates.GetState())


async def test_a_new_token_ends_the_old_one(world: World) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    bot = await sign_in(world, made.token)
    told = await perform(world.app, "bot.token", {"bot": "@meteo_bot"})
    assert told == {"id": made.id, "token": made.token}
    new = (await perform(world.app, "bot.token", {"bot": str(made.id), "new": True}))["token"]
    assert new != made.token
    assert not bot.open
    with pytest.raises(RpcFault) as refused:
        await sign_in(world, made.token)
    assert refused.value.message == "ACCESS_TOKEN_INVALID"
    await sign_in(world, new)


async def test_a_token_is_not_kept_in_the_clear(world: World) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    row = await service.get(world.app, made.id)
    assert row is not None
    secret = made.token.partition(":")[2].encode()
    assert secret not in row.sealed + row.digest


async def test_a_removed_bot_is_gone(world: World) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    bot = await sign_in(world, made.token)
    await perform(world.app, "bot.remove", {"bot": "meteo_bot"})
    assert not bot.open
    assert (await perform(world.app, "bot.list", {}))["bots"] == []
    with pytest.raises(RpcFault):
        await sign_in(world, made.token)
    with pytest.raises(CommandRefused, match="no bot here"):
        await perform(world.app, "bot.token", {"bot": "meteo_bot"})


async def test_bots_are_listed(world: World) -> None:
    made = await perform(world.app, "bot.create", {"name": "Météo", "username": "@meteo_bot"})
    await sign_in(world, made["token"])
    (one,) = (await perform(world.app, "bot.list", {}))["bots"]
    assert (one["id"], one["username"], one["sessions"]) == (made["id"], "meteo_bot", 1)


@pytest.mark.parametrize(
    ("name", "username", "words"),
    [
        ("Météo", "meteo", "ends in"),
        ("Météo", "x_bot!", "ends in"),
        ("", "meteo_bot", "a name has"),
        ("Météo", "taken_bot", "is taken"),
    ],
)
async def test_refusals(world: World, name: str, username: str, words: str) -> None:
    await service.create(world.app, "Autre", "taken_bot")
    with pytest.raises(CommandRefused, match=words):
        await perform(world.app, "bot.create", {"name": name, "username": username})
    assert len((await perform(world.app, "bot.list", {}))["bots"]) == 1


async def in_groups(world: World, ada: Client, token: str) -> tuple[Client, Any, Any]:
    """The bot, signed in, and a basic group and a supergroup of Ada's that it is in."""
    bot = await sign_in(world, token)
    peer = await resolve(ada, "meteo_bot")
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    made = await ada.call(api.messages.CreateChat(users=[user], title="Friends"))
    town = await ada.call(api.channels.CreateChannel(megagroup=True, title="Town", about=""))
    to = chats.of(town.chats[0])
    await ada.call(api.channels.InviteToChannel(channel=to, users=[user]))
    bot.pushed.clear()
    return bot, made.updates.chats[0], town.chats[0]


def heard(bot: Client) -> list[str]:
    """What was pushed to the bot, and forget it."""
    kinds = (api.UpdateNewMessage, api.UpdateNewChannelMessage)
    said = [one.message.message for kind in kinds for one in bot.updates(kind)]
    bot.pushed.clear()
    return said


@pytest.mark.parametrize("place", [0, 1])
async def test_in_groups_a_bot_hears_what_concerns_it(world: World, place: int) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    ada = await world.sign_up("Ada")
    bot, *groups = await in_groups(world, ada, made.token)
    chat = groups[place]
    start = (await bot.call(api.updates.GetState())).pts
    for text in ("Good morning", "/help", "/help@other_bot", "/rain@Meteo_bot", "hi @meteo_bot"):
        await chats.say(ada, chat, text)
    assert heard(bot) == ["/help", "/rain@Meteo_bot", "hi @meteo_bot"]
    await chats.say(bot, seen_by(chat), "Sun")
    bot.pushed.clear()
    await chats.say(ada, chat, "Thanks", reply=await same(ada, chat))
    assert heard(bot) == ["Thanks"]
    ids = range(1, 40)
    if place:
        asked: Any = api.channels.GetMessages(
            channel=api.InputChannel(channel_id=chat.id, access_hash=0),
            id=[api.InputMessageID(id=one) for one in ids],
        )
    else:
        asked = api.messages.GetMessages(id=[api.InputMessageID(id=one) for one in ids])
    there = [getattr(one, "message", "") for one in (await bot.call(asked)).messages]
    assert "Good morning" not in there and {"/help", "Sun", "Thanks"} <= set(there)
    if not place:
        found = await bot.call(api.updates.GetDifference(pts=start, date=1, qts=0))
        told = [one.message for one in found.new_messages]
        assert told == ["/help", "/rain@Meteo_bot", "hi @meteo_bot", "Sun", "Thanks"]


def seen_by(chat: Any) -> Any:
    """The chat as the bot may name it: channels by their bare id."""
    if type(chat) is api.Chat:
        return chat
    return api.Channel(id=chat.id, access_hash=0, title="", photo=api.ChatPhotoEmpty(), date=0)


async def same(client: Client, chat: Any) -> int:
    """The newest message of a chat, as this person has it."""
    found = await client.call(
        api.messages.GetHistory(
            peer=chats.peer(chat), offset_id=0, offset_date=0, add_offset=0, limit=1, max_id=0,
            min_id=0, hash=0,
        )
    )  # fmt: skip
    return int(found.messages[0].id)


async def test_a_bot_hears_all_where_it_is_an_admin_or_the_operator_lets_it(world: World) -> None:
    made = await service.create(world.app, "Météo", "meteo_bot")
    ada = await world.sign_up("Ada")
    bot, friends, town = await in_groups(world, ada, made.token)
    peer = await resolve(ada, "meteo_bot")
    user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    await ada.call(
        api.channels.EditAdmin(
            channel=chats.of(town), user_id=user, rank="",
            admin_rights=api.ChatAdminRights(delete_messages=True),
        )
    )  # fmt: skip
    bot.pushed.clear()
    await chats.say(ada, town, "One")
    await chats.say(ada, friends, "Two")
    assert heard(bot) == ["One"]
    told = await perform(world.app, "bot.privacy", {"bot": "meteo_bot", "on": False})
    assert told == {"id": made.id, "on": False}
    await chats.say(ada, friends, "Three")
    assert heard(bot) == ["Three"]
    (shown,) = await ada.call(api.users.GetUsers(id=[user]))
    assert shown.bot_chat_history and not shown.bot_nochats
    accounts.bots_in_privacy_mode(world.app).clear()
    await service.load(world.app)  # as at the next start
    await perform(world.app, "bot.privacy", {"bot": "meteo_bot"})
    await chats.say(ada, friends, "Four")
    assert heard(bot) == []
    assert not (await perform(world.app, "bot.list", {}))["bots"][0]["hears_all"]
