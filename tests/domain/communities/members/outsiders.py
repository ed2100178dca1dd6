"""A private chat full of canaries, and those who must not see them."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.domain.messaging.peers import service as peers
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api, codec
from petitbleu.tl.objects import TLObject
from tests.domain.files.media.shots import document_input, location, picture, upload
from tests.kit import chats, groups
from tests.kit.aiming import Aim
from tests.kit.requests import layer_of
from tests.kit.world import Client, World

SECRET = "canaryquill"
"""In every text, name, caption and file of the chat that outsiders must not see."""
EARLY = f"{SECRET} canaryearly"
"""In what was said before the newcomer came."""
TITLE = "Lighthouse"
"""Of the title: outsiders see it where the chat is named as forbidden, and nowhere else."""

_random = itertools.count(55_000_000)
_PERSON = {"user_id", "author", "inviter_id", "admin_id", "kicked_by", "promoted_by"}


class Scene(NamedTuple):
    """The chat and the people around it."""

    world: World
    kind: str
    ada: Client
    """Whose chat it is."""
    gus: Client
    """Who spoke and left before the newcomer came."""
    hal: Client
    """Who is in the chat; outsiders know him from nowhere else."""
    bob: Client
    """Who was put out before anything was said."""
    sam: Client
    """Who was never in it and holds a forwarded post."""
    nina: Client
    """Who came later and sees nothing earlier."""
    bare: int
    messages: list[int]
    """What was said, as the newcomer must not see it."""
    by_gus: int
    by_hal: int
    forwards: dict[int, int]
    """User id -> id of the forwarded post in the chat with Ada."""
    document: Any
    photo: Any
    chat_photo: Any
    link: str
    talk: int = 0
    """The discussion group of a channel: its bare id."""
    comments: tuple[int, ...] = ()
    """What was said there."""

    @property
    def number(self) -> int:
        """The peer number of the chat."""
        made = ids.peer_of_chat if self.kind == "basic" else ids.peer_of_channel
        return made(self.bare)

    def peer(self, client: Client) -> Any:
        """The chat as somebody names it."""
        return _peer(self.kind, client, self.bare)

    def aims(self, client: Client) -> list[Aim]:
        """The chat, its people, messages and files in every form somebody can name them."""
        forms = [(self.peer(client), chats.input_channel(client, self.bare))]
        if client.user_id in self.forwards and self.kind != "basic":
            number = {"msg_id": self.forwards[client.user_id], "channel_id": self.bare}
            there = {"peer": _person(client, self.ada), **number}
            forms.append(
                (api.InputPeerChannelFromMessage(**there), api.InputChannelFromMessage(**there))
            )
        made = [
            self._aim(client, peer, channel, user, n)
            for peer, channel in forms
            for n, user in enumerate((self.gus, self.hal, self.gus))
        ]
        if self.talk:
            peer = chats.input_peer(client, self.talk)
            said = api.InputUserFromMessage(
                peer=peer, msg_id=self.comments[-1], user_id=self.hal.user_id
            )
            made.append(
                dataclasses.replace(
                    made[0], peer=peer, channel=chats.input_channel(client, self.talk), user=said,
                    bare=self.talk, ids=list(self.comments), message=self.comments[-1],
                )
            )  # fmt: skip
        return made

    def _aim(self, client: Client, peer: Any, channel: Any, user: Client, n: int) -> Aim:
        said = self.by_gus if user is self.gus else self.by_hal
        spoken = api.InputUserFromMessage(peer=peer, msg_id=said, user_id=user.user_id)
        chat_photo = api.InputPeerPhotoFileLocation(
            big=True, peer=peer, photo_id=self.chat_photo.id
        )
        files = (location(self.document), chat_photo, location(self.photo, "m"))
        hash_ = self.link.rpartition("+")[2] if client in (self.ada, self.hal) else "nothing"
        return Aim(
            peer=peer,
            channel=channel,
            user=spoken,
            bare=self.bare,
            ids=list(self.messages),
            message=self.by_gus,
            document=api.InputDocument(**_named(self.document)),
            photo=api.InputPhoto(**_named((self.photo, self.chat_photo)[n % 2])),
            location=files[n],
            word="canaryearly",
            hash=hash_,
            beside=_own(channel),
        )


def _own(channel: Any) -> Aim:
    """The caller's own chat."""
    nothing = {"id": 1, "access_hash": 1, "file_reference": b""}
    return Aim(
        peer=api.InputPeerSelf(), channel=channel, user=api.InputUserSelf(), bare=0, ids=[1],
        message=1, document=api.InputDocument(**nothing), photo=api.InputPhoto(**nothing),
        location=api.InputPhotoFileLocation(**nothing, thumb_size="m"),
    )  # fmt: skip


def _named(file: Any) -> dict[str, Any]:
    return {
        "id": file.id,
        "access_hash": file.access_hash,
        "file_reference": file.file_reference,
    }


def _person(viewer: Client, other: Client) -> Any:
    proof = peers.access_hash(viewer.world.app, viewer.user_id, other.user_id)
    return api.InputPeerUser(user_id=other.user_id, access_hash=proof)


def _peer(kind: str, client: Client, bare: int) -> Any:
    if kind == "basic":
        return api.InputPeerChat(chat_id=bare)
    return chats.input_peer(client, bare)


async def scene(world: World, kind: str) -> Scene:
    """A chat (``basic``, ``supergroup`` or ``channel``) in which everything was said that can
    be."""
    names = ("Ada", f"Gus {EARLY}", f"Hal {SECRET}", "Bob", "Sam", "Nina")
    ada, gus, hal, bob, sam, nina = [await world.sign_up(name) for name in names]
    made = {"basic": chats.group, "supergroup": chats.supergroup, "channel": chats.channel}[kind]
    bare = await made(ada, bob, title="Harbour")
    here = _peer(kind, ada, bare)
    plain = await chats.said(ada, here, "nothing to see")
    forwards = {}
    for one in (bob, sam):
        forwards[one.user_id] = await _forward(ada, here, plain.id, one)
    await _put_out(kind, ada, bare, bob)
    await _come(kind, ada, bare, gus)
    link = await ada.call(api.messages.ExportChatInvite(peer=here, title=f"{SECRET} link"))
    await groups.join(hal, link.link)
    if kind == "channel":
        for one in (gus, hal):
            await _promote(ada, bare, one)
        await ada.call(
            api.channels.ToggleSignatures(
                channel=chats.input_channel(ada, bare),
                signatures_enabled=True,
                profiles_enabled=True,
            )
        )
    if kind == "supergroup":
        await ada.call(
            api.channels.TogglePreHistoryHidden(
                channel=chats.input_channel(ada, bare), enabled=True
            )
        )
    found = await _talk(kind, ada, gus, hal, bare, [bob, sam])
    photo = await _dress(kind, ada, bare)
    talk, comments = await _discuss(ada, hal, bare) if kind == "channel" else (0, ())
    await _leave(kind, gus, bare)
    await _come(kind, ada, bare, nina)
    await _forget_services(kind, ada, bare)
    return Scene(
        world, kind, ada, gus, hal, bob, sam, nina, bare, found["ids"], found["by_gus"],
        found["by_hal"], forwards, found["document"], found["photo"], photo, link.link, talk,
        comments,
    )  # fmt: skip


async def _forward(ada: Client, here: Any, message: int, to: Client) -> int:
    await ada.peer(to)
    await ada.call(
        api.messages.ForwardMessages(
            from_peer=here, id=[message], random_id=[next(_random)], to_peer=_person(ada, to)
        )
    )
    pushed = to.updates(api.UpdateNewMessage) or to.updates(api.UpdateShortMessage)
    return int(getattr(pushed[-1], "message", pushed[-1]).id)


async def _put_out(kind: str, ada: Client, bare: int, who: Client) -> None:
    if kind == "basic":
        user = await chats.user(ada, who)
        await ada.call(api.messages.DeleteChatUser(chat_id=bare, user_id=user))
        return
    rights = api.ChatBannedRights(view_messages=True, send_messages=True, until_date=0)
    await ada.call(
        api.channels.EditBanned(
            channel=chats.input_channel(ada, bare),
            participant=_person(ada, who),
            banned_rights=rights,
        )
    )


async def _promote(ada: Client, bare: int, who: Client) -> None:
    channel = chats.input_channel(ada, bare)
    await ada.call(
        api.channels.EditAdmin(
            channel=channel,
            user_id=await chats.user(ada, who),
            admin_rights=api.ChatAdminRights(post_messages=True, edit_messages=True),
            rank=f"r {SECRET}"[:16],
        )
    )


async def _talk(
    kind: str, ada: Client, gus: Client, hal: Client, bare: int, mentioned: list[Client]
) -> dict[str, Any]:
    here, his = _peer(kind, ada, bare), _peer(kind, gus, bare)
    by_gus = await chats.said(gus, his, f"{EARLY} spoken")
    by_hal = await chats.said(hal, _peer(kind, hal, bare), f"{EARLY} agreed")
    asked = api.InputMediaPoll(
        poll=api.Poll(
            id=0, hash=0, quiz=True, public_voters=kind != "channel",
            question=_text(f"{EARLY} question"),
            answers=[api.PollAnswer(text=_text(f"{EARLY} {n}"), option=b"%d" % n) for n in (0, 1)],
        ),
        correct_answers=[0], solution=f"{EARLY} solution", solution_entities=[],
    )  # fmt: skip
    file = await upload(ada, f"{EARLY} bytes".encode() * 9, f"{EARLY}.txt")
    name = api.DocumentAttributeFilename(file_name=f"{EARLY}.txt")
    medias = [
        asked,
        document_input(file, "text/plain", name),
        api.InputMediaUploadedPhoto(file=await upload(ada, picture(300, 200), "p.jpg")),
        api.InputMediaContact(
            phone_number="+33123456789", first_name=EARLY, last_name="", vcard=EARLY
        ),
        api.InputMediaVenue(
            geo_point=api.InputGeoPoint(lat=1, long=2), title=EARLY, address=EARLY, provider=EARLY,
            venue_id="1", venue_type="1",
        ),
    ]  # fmt: skip
    shown = [
        await chats.shown(ada, here, one, "" if one is asked else f"{EARLY} caption")
        for one in medias
    ]
    for one in mentioned:
        to_him = _person(ada, one)
        whom = api.InputUser(user_id=to_him.user_id, access_hash=to_him.access_hash)
        mark = api.InputMessageEntityMentionName(offset=0, length=6, user_id=whom)
        shown.append(await chats.said(ada, here, f"{EARLY} mentioned", entities=[mark]))
    reply = api.InputReplyToMessage(reply_to_msg_id=by_gus.id if ada is gus else shown[0].id)
    shown.append(await chats.said(ada, here, f"{EARLY} answered", reply_to=reply))
    link = api.MessageEntityTextUrl(offset=0, length=6, url=f"https://{SECRET}.example/")
    shown.append(await chats.said(ada, here, f"{EARLY} newest", entities=[link]))
    own = await _ids_of(kind, gus, bare)
    await _act(kind, ada, gus, hal, bare, shown, own)
    return {
        "ids": [one.id for one in [by_gus, by_hal, *shown]] if kind != "basic" else own,
        "by_gus": own[0] if kind == "basic" else by_gus.id,
        "by_hal": own[1] if kind == "basic" else by_hal.id,
        "document": shown[1].media.document,
        "photo": shown[2].media.photo,
    }


async def _discuss(ada: Client, hal: Client, bare: int) -> tuple[int, tuple[int, ...]]:
    """A discussion group under a channel, with a comment; its bare id, and what was said there."""
    talk = await chats.supergroup(ada, hal, title=f"{TITLE} talk")
    here = chats.input_peer(ada, talk)
    await ada.call(
        api.channels.SetDiscussionGroup(
            broadcast=chats.input_channel(ada, bare), group=chats.input_channel(ada, talk)
        )
    )
    post = await chats.said(ada, chats.input_peer(ada, bare), f"{EARLY} discussed")
    await ada.world.settle()
    copy = next(one for one in (await chats.history(ada, here)).messages if one.fwd_from)
    reply = api.InputReplyToMessage(reply_to_msg_id=copy.id)
    comment = await chats.said(
        hal, chats.input_peer(hal, talk), f"{EARLY} commented", reply_to=reply
    )
    assert post.id
    return talk, (copy.id, comment.id)


async def _ids_of(kind: str, client: Client, bare: int) -> list[int]:
    page = await chats.history(client, _peer(kind, client, bare))
    return [one.id for one in reversed(page.messages) if EARLY in getattr(one, "message", "")]


async def _act(
    kind: str, ada: Client, gus: Client, hal: Client, bare: int, shown: list[Any], own: list[int]
) -> None:
    """React, vote, pin, edit, plan, draft."""
    here, his = _peer(kind, ada, bare), _peer(kind, gus, bare)
    heart = [api.ReactionEmoji(emoticon="👍")]
    await ada.call(api.messages.SendReaction(peer=here, msg_id=shown[-1].id, reaction=heart))
    if kind != "basic":
        await gus.call(api.messages.SendReaction(peer=his, msg_id=shown[0].id, reaction=heart))
        for one, to in ((gus, his), (ada, here)):
            await one.call(api.messages.SendVote(peer=to, msg_id=shown[0].id, options=[b"1"]))
    await _read(kind, hal, bare, max(await _ids_of(kind, hal, bare)))
    await ada.call(api.messages.UpdatePinnedMessage(peer=here, id=shown[1].id, silent=True))
    await ada.call(api.messages.EditMessage(peer=here, id=shown[-2].id, message=f"{EARLY} edited"))
    later = int(ada.world.clock.now()) + 86_400
    await chats.say(ada, here, f"{SECRET} planned", schedule_date=later)
    await ada.call(api.messages.SaveDraft(peer=here, message=f"{SECRET} draft"))


async def _read(kind: str, who: Client, bare: int, upto: int) -> None:
    if kind == "basic":
        await who.call(api.messages.ReadHistory(peer=_peer(kind, who, bare), max_id=upto))
    else:
        channel = chats.input_channel(who, bare)
        await who.call(api.channels.ReadHistory(channel=channel, max_id=upto))


async def _dress(kind: str, ada: Client, bare: int) -> Any:
    """Title, description and picture of the chat; the picture."""
    here = _peer(kind, ada, bare)
    await _title(kind, ada, bare, f"{EARLY} title")
    await _title(kind, ada, bare, TITLE)
    await ada.call(api.messages.EditChatAbout(peer=here, about=f"{SECRET} about"))
    picked = api.InputChatUploadedPhoto(file=await upload(ada, picture(300, 300), "c.jpg"))
    channel = chats.input_channel(ada, bare)
    if kind == "basic":
        await ada.call(api.messages.EditChatPhoto(chat_id=bare, photo=picked))
        full = await ada.call(api.messages.GetFullChat(chat_id=bare))
    else:
        await ada.call(api.channels.EditPhoto(channel=channel, photo=picked))
        full = await ada.call(api.channels.GetFullChannel(channel=channel))
    return full.full_chat.chat_photo


async def _title(kind: str, ada: Client, bare: int, title: str) -> None:
    if kind == "basic":
        await ada.call(api.messages.EditChatTitle(chat_id=bare, title=title))
    else:
        channel = chats.input_channel(ada, bare)
        await ada.call(api.channels.EditTitle(channel=channel, title=title))


async def _leave(kind: str, gus: Client, bare: int) -> None:
    if kind == "basic":
        me = api.InputUserSelf()
        await gus.call(api.messages.DeleteChatUser(chat_id=bare, user_id=me))
    else:
        await gus.call(api.channels.LeaveChannel(channel=chats.input_channel(gus, bare)))


async def _come(kind: str, ada: Client, bare: int, nina: Client) -> None:
    user = await chats.user(ada, nina)
    if kind == "basic":
        await ada.call(api.messages.AddChatUser(chat_id=bare, user_id=user, fwd_limit=0))
        return
    channel = chats.input_channel(ada, bare)
    await ada.call(api.channels.InviteToChannel(channel=channel, users=[user]))


async def _forget_services(kind: str, ada: Client, bare: int) -> None:
    """The newest message is again one that the newcomer must not see."""
    page = await chats.history(ada, _peer(kind, ada, bare))
    gone = [one.id for one in page.messages if type(one) is api.MessageService][:1]
    if kind == "supergroup":
        await ada.call(api.channels.DeleteMessages(channel=chats.input_channel(ada, bare), id=gone))


def _text(said: str) -> Any:
    return api.TextWithEntities(text=said, entities=[])


# ── what was seen ───────────────────────────────────────────────────────────────────────────────


async def answered(client: Client, q: Any) -> tuple[str, Any, bytes]:
    """(error or "", the answer or None, its bytes) of a call that may be refused."""
    now, link = client.world.clock.now(), client.link
    # Some methods are in newer layers no more, some in newer ones only.
    layer = link.layer = layer_of(q.NAME)
    answer = await client.world.dispatcher.call(
        link, next(client._ids), codec.encode(q, layer), now
    )
    link.layer = client.layer
    if answer[:4] == b"\x19\xca\x44\x21":
        return codec.decode_bytes(answer, 8).decode(), None, b""
    return "", codec.decode_result(q.NAME, answer, layer), answer


def named_people(found: Any) -> set[int]:
    """Ids of people anywhere in an answer."""
    if isinstance(found, list):
        return set().union(*(named_people(one) for one in found)) if found else set()
    if not isinstance(found, TLObject):
        return set()
    inner = [getattr(found, slot) for slot in found.__slots__]
    people = set().union(*(named_people(one) for one in inner))
    if type(found) is api.User:
        people.add(found.id)
    people.update(
        value
        for slot in found.__slots__
        if slot in _PERSON and isinstance(value := getattr(found, slot), int)
    )
    return people


def titles(found: Any) -> list[str]:
    """Constructors in an answer that hold the title of the chat."""
    if isinstance(found, list):
        return [name for one in found for name in titles(one)]
    if not isinstance(found, TLObject):
        return []
    inner = [getattr(found, slot) for slot in found.__slots__]
    own = [found.NAME] if any(isinstance(one, str) and TITLE in one for one in inner) else []
    return own + [name for one in inner for name in titles(one)]


def readable() -> list[str]:
    """Every method that somebody signed in may call."""
    return sorted(name for name, method in METHODS.items() if method.users or method.anyone)
