"""Whoever may not read a chat is shown nothing of it, by whatever method they ask.

Every served method is called with arguments that point at a private chat, its messages, its people
and its files (``tests/kit/aiming.py`` fills them in by their types): by somebody who was put out,
by a stranger who holds one forwarded post, and by somebody who came later and sees no earlier
message. What they are answered, pushed and given as a difference is searched for canaries.
"""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api
from tests.domain.communities.members.outsiders import (
    EARLY,
    SECRET,
    Scene,
    answered,
    named_people,
    scene,
    titles,
)
from tests.kit import chats
from tests.kit.aiming import Aim, refers
from tests.kit.world import Client, World

ENDING = {
    "account.deleteAccount": "takes a password or a date, and ends the account",
    "auth.logOut": "ends the session",
    "auth.resetAuthorizations": "ends the other sessions",
}
"""Methods that are not called: none of them takes a chat, a person, a message or a file."""
LAST = (
    "messages.deleteHistory",
    "channels.deleteHistory",
    "messages.deleteChatUser",
    "channels.leaveChannel",
)
"""Called after the others: the caller is out of the chat then."""
NOTHING_SHOWN = {
    "account.getNotifyExceptions": "own settings",
    "account.getNotifySettings": "own settings",
    "channels.exportMessageLink": "an address made of ids",
    "channels.getChannelRecommendations": "always empty",
    "help.dismissSuggestion": "a bare yes",
    "help.hidePromoData": "a bare yes",
    "messages.getAdminsWithInvites": "admins: the only one is the one who asks",
    "messages.getDialogUnreadMarks": "own marks",
    "messages.getMessageEditData": "whether it is a caption",
    "messages.getOnlines": "a number",
    "messages.getOutboxReadDate": "private chats only",
    "messages.getPeerSettings": "own settings",
    "messages.getSavedDialogs": "Saved Messages only",
    "messages.getSavedDialogsByID": "Saved Messages only",
    "messages.getSavedHistory": "Saved Messages only",
    "messages.getSavedReactionTags": "Saved Messages only",
    "messages.translateText": "translations are not served",
    "petitbleu.getAlt": "what the admins of a public channel wrote themselves",
    "petitbleu.getAuthor": "one's own agreement",
    "petitbleu.getCorrections": "what the admins of a public channel wrote themselves",
    "petitbleu.getIdentity": "what the owner of a public channel wrote themselves",
    "petitbleu.getPage": "switches, for the admins of a public channel",
    "petitbleu.getVisits": "figures, for the people of a public channel",
    "petitbleu.getReceipt": "the number of one's own report",
    "stories.getPeerMaxIDs": "always empty",
    "stories.getPeerStories": "always empty",
    "stories.getPinnedStories": "always empty",
    "stories.getStoriesArchive": "always empty",
    "stories.getStoriesByID": "always empty",
    "users.getIsPremiumRequiredToContact": "a bare no",
    "users.getRequirementsToContact": "a bare no",
    "users.getStoriesMaxIDs": "always empty",
}
"""Reading methods whose answer holds no text of the chat, not even for those who are in it."""


def _methods(*, reading: bool = False) -> list[str]:
    """Every method of somebody signed in: those that read first, those that leave the chat last."""
    found = [
        name
        for name, method in METHODS.items()
        if (method.users or method.anyone) and name not in ENDING
    ]
    if reading:
        found = [name for name in found if METHODS[name].limit in ("read", "file")]
    return sorted(found, key=lambda name: (name in LAST, METHODS[name].limit != "read", name))


def _secret(shown: bytes, secret: str) -> bool:
    return secret.encode() in shown


async def _shown_to(s: Scene, client: Client, *, newcomer: bool = False) -> list[str]:
    """What a person is shown and must not be: one line for each method."""
    secret = EARLY if newcomer else SECRET
    hidden = {s.gus.user_id} if newcomer else {s.gus.user_id, s.hal.user_id}
    wrong: dict[str, str] = {}
    client.pushed.clear()
    for method in _methods():
        aims = s.aims(client)
        for aim in aims if refers(method) else aims[:1]:
            for q in aim.calls(method):
                _, result, raw = await answered(client, q)
                found = _found(result, raw, secret, hidden, newcomer)
                if found:
                    wrong.setdefault(method, f"{found}: {q}")
    await s.world.settle()
    await _more_happens(s)
    await s.world.settle()
    for push in client.pushed:
        found = _found(push, repr(push).encode(), secret, hidden, newcomer)
        if found and not newcomer:
            wrong.setdefault("push", f"{found}: {push}")
    difference = api.updates.GetDifference(pts=1, date=1, qts=0)
    _, result, raw = await answered(client, difference)
    found = _found(result, raw, secret, hidden, newcomer)
    if found and not newcomer:
        wrong.setdefault("difference", found)
    return [f"{method}: {what}"[:600] for method, what in wrong.items()]


def _found(result: Any, raw: bytes, secret: str, hidden: set[int], newcomer: bool) -> str:
    if result is None:
        return ""
    if _secret(raw, secret):
        return "a canary"
    if named_people(result) & hidden:
        return "a person"
    elsewhere = set(titles(result)) - {"channelForbidden", "chatForbidden"}
    return "" if newcomer or not elsewhere else f"the title in {elsewhere}"


async def _more_happens(s: Scene) -> None:
    """In the chat, while outsiders listen."""
    ada, here = s.ada, s.peer(s.ada)
    said = await chats.said(ada, here, f"{EARLY} later")
    await ada.call(api.messages.EditMessage(peer=here, id=said.id, message=f"{EARLY} corrected"))
    await ada.call(api.messages.UpdatePinnedMessage(peer=here, id=said.id))
    await ada.call(api.messages.EditChatAbout(peer=here, about=f"{SECRET} anew"))
    heart = [api.ReactionEmoji(emoticon="👍")]
    his = s.peer(s.hal)
    if s.kind != "basic":
        await s.hal.call(api.messages.SendReaction(peer=his, msg_id=said.id, reaction=heart))
    if s.kind != "channel":
        await s.hal.call(api.messages.SetTyping(peer=his, action=api.SendMessageTypingAction()))


@pytest.mark.turns(3)
@pytest.mark.parametrize("kind", ["basic", "supergroup", "channel"])
async def test_whoever_was_put_out_is_shown_nothing(world: World, kind: str) -> None:
    s = await scene(world, kind)
    assert await _shown_to(s, s.bob) == []


@pytest.mark.turns(3)
@pytest.mark.parametrize("kind", ["basic", "supergroup", "channel"])
async def test_a_stranger_with_a_forwarded_post_is_shown_nothing(world: World, kind: str) -> None:
    s = await scene(world, kind)
    assert await _shown_to(s, s.sam) == []


@pytest.mark.turns(2)
@pytest.mark.parametrize("kind", ["basic", "supergroup"])
async def test_who_came_later_is_shown_nothing_earlier(world: World, kind: str) -> None:
    s = await scene(world, kind)
    assert await _shown_to(s, s.nina, newcomer=True) == []


async def test_the_same_calls_show_members_what_is_there(world: World) -> None:
    """Every reading method that takes a chat, person, message or file was aimed well: to those who
    are in the chat it shows a canary, but for those of which it is said why not. What the room
    ``offers`` answers is the same for everybody: there is nothing to offer."""
    wanted = {method for method in _methods(reading=True) if refers(method)}
    wanted -= {method for method in wanted if METHODS[method].room == "offers"}
    shown = set()
    for kind in ("basic", "supergroup", "channel"):
        s = await scene(world, kind)
        for client in (s.ada, s.hal):
            for method in sorted(wanted - shown):
                for aim in s.aims(client):
                    if await _reveals(s, client, aim, method):
                        shown.add(method)
                        break
    assert wanted - shown == set(NOTHING_SHOWN)


async def _reveals(s: Scene, client: Client, aim: Aim, method: str) -> bool:
    people = {one.user_id for one in (s.ada, s.gus, s.hal)} - {client.user_id}
    for q in aim.calls(method):
        _, result, raw = await answered(client, q)
        if _secret(raw, SECRET) or titles(result) or named_people(result) & people:
            return True
        if type(result) is api.upload.File or (method == "upload.getFileHashes" and result):
            return True
    return False


def test_what_is_not_called_takes_nothing_of_a_chat() -> None:
    assert [method for method in ENDING if refers(method)] == []
    assert set(ENDING) <= set(METHODS)
