"""Requests made from the schema: for each served method a good one, and many that differ from it.

A :class:`Scene` is what requests can name: people, chats of each kind, messages, files. A
:class:`Maker` fills the fields of a method from it by type and name, so that a call gets as far as
one of a real client would; :func:`variants` then gives one request for each optional field and each
constructor, and :func:`leaves` every number, text and list inside a request.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.rpc.fields import ACTED, constructors, item, of_constructor, state
from petitbleu.rpc.fields import values as fields
from petitbleu.tl import api, codec
from petitbleu.tl.objects import TLObject
from petitbleu.tl.schema import Field
from tests.domain.files.media import shots
from tests.kit import chats
from tests.kit.world import Client, World

_numbers = itertools.count(7_000_000)
PICTURE = shots.picture(32, 32)


class Scene(NamedTuple):
    """What requests can name, as the caller (``me``) sees it."""

    me: Client
    other: Client
    person: Any
    town: Any
    """A supergroup of mine, as an inputPeerChannel"""
    news: Any
    """A channel of mine"""
    choir: Any
    """A basic group of mine"""
    messages: dict[int, int]
    """Peer number -> the id of a message of mine there."""
    invite: str
    """The hash of an invite link of mine into the supergroup"""
    photo: Any
    document: Any
    poll: int
    """The id of a poll in the supergroup"""

    @property
    def user(self) -> Any:
        """The other person as an inputUser"""
        return api.InputUser(user_id=self.person.user_id, access_hash=self.person.access_hash)


def channel_of(peer: Any) -> Any:
    """inputPeerChannel -> inputChannel"""
    return api.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)


async def scene(world: World) -> Scene:
    """Two people who know each other, a chat of each kind of the first's with a message in each."""
    me, other = await world.sign_up("Ada"), await world.sign_up("Bob")
    person = await me.peer(other)
    await other.peer(me)
    town = chats.input_peer(me, await chats.supergroup(me, other))
    news = chats.input_peer(me, await chats.channel(me))
    choir = api.InputPeerChat(chat_id=await chats.group(me, other))
    messages = {}
    for peer, number in (
        (town, ids.peer_of_channel(town.channel_id)),
        (news, ids.peer_of_channel(news.channel_id)),
        (choir, ids.peer_of_chat(choir.chat_id)),
    ):
        messages[number] = (await chats.said(me, peer, "hello there")).id
    messages[other.user_id] = (await chats.say(me, person, "hello there")).id
    link = (await me.call(api.messages.ExportChatInvite(peer=town))).link
    shown = await chats.shown(
        me, news, api.InputMediaUploadedPhoto(file=await shots.upload(me, PICTURE, "a.jpg"))
    )
    kept = await chats.shown(me, news, shots.document_input(await shots.upload(me, b"text")))
    photo, document = shown.media.photo, kept.media.document
    asked = await chats.shown(me, town, _poll())
    return Scene(
        me, other, person, town, news, choir, messages, link.rpartition("+")[2],
        api.InputPhoto(
            id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference
        ),
        api.InputDocument(
            id=document.id, access_hash=document.access_hash,
            file_reference=document.file_reference,
        ),
        asked.id,
    )  # fmt: skip


def _text(text: str) -> Any:
    return api.TextWithEntities(text=text, entities=[])


def _poll() -> Any:
    answers = [api.PollAnswer(text=_text(one), option=one.encode()) for one in ("a", "b")]
    return api.InputMediaPoll(poll=api.Poll(id=0, question=_text("?"), answers=answers, hash=0))


NUMBERS = {
    "limit": 10, "offset": 0, "add_offset": 0, "offset_id": 0, "offset_date": 0, "max_id": 0,
    "min_id": 0, "hash": 0, "folder_id": 0, "qts": 0, "pts": 1, "date": 1, "period": 3600,
    "ttl_period": 86400, "ttl_days": 30, "period_days": 30, "parts": 1, "total_parts": 1,
    "file_total_parts": 1, "file_part": 0, "length": 2, "w": 32, "h": 32, "seconds": 10,
    "unread_count": 0, "api_id": 1, "day": 1, "month": 2, "year": 1990, "duration": 1,
    "usage_limit": 5, "from_version": 0, "progress": 50, "quote_offset": 0, "color": 1,
    "read_max_id": 1, "layer": 229, "authorization_ttl_days": 30, "hour": 3,
}  # fmt: skip
TEXTS = {
    "lang_code": "en", "lang_pack": "android", "phone": "+33 6 12 34 56 78",
    "phone_number": "+33612345678", "q": "hello", "query": "hello", "email": "ada@example.org",
    "url": "https://example.org/", "emoticon": "👍", "mime_type": "text/plain",
    "file_name": "a.txt", "phone_code": "22222", "username": "somebody", "message": "hello",
    "title": "Title", "first_name": "Ada", "last_name": "L", "name": "a.txt", "code": "12345",
    "thumb_size": "x", "about": "About", "rank": "boss", "language": "en", "emoji": "👍",
}  # fmt: skip


@functools.cache
def _depths() -> dict[str, int]:
    """How deep the simplest object of each constructor is."""
    schema = codec.SCHEMA
    names = [n for n in schema.by_name if schema.is_current(n) and not schema.newest(n).function]
    found: dict[str, int] = {}
    while True:
        before = len(found)
        for name in names:
            needed = [item(f.type) for f in fields(name) if not f.flags]
            inner = [one for one in needed if constructors(one)]
            if name not in found and all(any(c in found for c in constructors(t)) for t in inner):
                deepest = [min(found.get(c, 99) for c in constructors(t)) for t in inner]
                found[name] = 1 + max(deepest, default=0)
        if len(found) == before:
            return found


def simplest(type_: str) -> str:
    """The constructor to take for a type where nothing says which: one that is served, not an empty
    one, as flat as can be.
    """

    def order(name: str) -> tuple[bool, bool, int]:
        empty = name.endswith(("Empty", "Invalid"))
        return of_constructor(name) is not None, empty, _depths().get(name, 99)

    return min(constructors(type_), key=order)


class Maker:
    """Fills fields from a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.peer: Any = scene.town
        """The chat that the request being made is about."""

    def request(self, method: str, **given: Any) -> Any:
        """A good request of a method: what is required, and ``given``."""
        self.peer = self.scene.town
        if method.startswith("messages.") and method.partition(".")[2] in _OF_GROUPS:
            self.peer = self.scene.choir
        return self.make(method, **given)

    def make(self, name: str, **given: Any) -> Any:
        """An object of a constructor or method with what is required, and ``given``."""
        values = {
            f.attr: self.value(name, f) for f in fields(name) if not f.flags and f.attr not in given
        }
        return codec.CLASSES[name](**values, **given)

    def value(self, owner: str, f: Field) -> Any:
        """A good value of one field."""
        special = _SPECIAL.get(f"{owner}.{f.name}")
        if special is not None:
            return special(self)
        if f.type.startswith("Vector<"):
            if owner in _EMPTY_LISTS:
                return []
            return [self._one(owner, f, item(f.type))]
        return self._one(owner, f, f.type)

    def _one(self, owner: str, f: Field, type_: str) -> Any:
        match type_:
            case "int" | "long":
                return self._number(f)
            case "double":
                return 1.5
            case "string":
                return TEXTS.get(f.name, "text")
            case "bytes":
                return b"bytes"
            case "int128":
                return bytes(16)
            case "int256":
                return bytes(32)
            case "true":
                return True
            case "Bool":
                return True
        made = _OBJECTS.get(type_)
        if made is not None:
            return made(self)
        return self.make(simplest(type_))

    def _number(self, f: Field) -> int:
        if f.name in ("random_id", "client_id"):
            return next(_numbers)
        if f.name in ("id", "msg_id", "reply_to_msg_id", "root_id", "top_msg_id"):
            return self.message
        if f.name == "chat_id":
            return int(self.scene.choir.chat_id)
        return NUMBERS.get(f.name, 1)

    @property
    def message(self) -> int:
        """A message of mine in the chat that the request is about."""
        peer = self.peer
        if type(peer) is api.InputPeerChannel:
            number = ids.peer_of_channel(peer.channel_id)
        elif type(peer) is api.InputPeerChat:
            number = ids.peer_of_chat(peer.chat_id)
        else:
            number = getattr(peer, "user_id", 0)
        return self.scene.messages.get(number, 1)

    @property
    def channel(self) -> Any:
        """The chat that the request is about, if it is a channel or supergroup."""
        at = self.peer if type(self.peer) is api.InputPeerChannel else self.scene.town
        return channel_of(at)


_OF_GROUPS = frozenset(
    {"addChatUser", "deleteChatUser", "editChatAdmin", "deleteChat", "migrateChat", "getFullChat",
     "editChatTitle", "editChatPhoto"}
)  # fmt: skip
_EMPTY_LISTS = frozenset({"textWithEntities"})
_OBJECTS: dict[str, Callable[[Maker], Any]] = {
    "InputPeer": lambda m: m.peer,
    "InputUser": lambda m: m.scene.user,
    "InputChannel": lambda m: m.channel,
    "InputPhoto": lambda m: m.scene.photo,
    "InputDocument": lambda m: m.scene.document,
    "InputMedia": lambda m: api.InputMediaPhoto(id=m.scene.photo),
    "InputReplyTo": lambda m: api.InputReplyToMessage(reply_to_msg_id=m.message),
    "TextWithEntities": lambda m: _text("text"),
    "InputGeoPoint": lambda m: api.InputGeoPoint(lat=48.0, long=2.0),
    "ReplyMarkup": lambda m: api.ReplyInlineMarkup(
        rows=[
            api.KeyboardInlineButtonRow(
                buttons=[
                    api.KeyboardInlineButton(
                        text="a", type=api.InlineButtonTypeUrl(url="https://example.org/")
                    )
                ]
            )
        ]
    ),
    "Reaction": lambda m: api.ReactionEmoji(emoticon="👍"),
    "ChatReactions": lambda m: api.ChatReactionsAll(),
    "SendMessageAction": lambda m: api.SendMessageTypingAction(),
    "Poll": lambda m: _poll().poll,
    "MessagesFilter": lambda m: api.InputMessagesFilterEmpty(),
    "InputStickerSet": lambda m: api.InputStickerSetShortName(short_name="cats"),
    "InputFileLocation": lambda m: api.InputDocumentFileLocation(
        id=m.scene.document.id, access_hash=m.scene.document.access_hash,
        file_reference=m.scene.document.file_reference, thumb_size="",
    ),
}  # fmt: skip
_SPECIAL: dict[str, Callable[[Maker], Any]] = {
    "messages.getPollResults.msg_id": lambda m: m.scene.poll,
    "messages.sendVote.msg_id": lambda m: m.scene.poll,
    "messages.sendVote.options": lambda m: [b"a"],
    "messages.getPollVotes.id": lambda m: m.scene.poll,
    "messages.getChats.id": lambda m: [m.scene.choir.chat_id],
    "messages.forwardMessages.random_id": lambda m: [next(_numbers)],
    "messages.checkChatInvite.hash": lambda m: m.scene.invite,
    "messages.importChatInvite.hash": lambda m: m.scene.invite,
    "auth.sendCode.phone_number": lambda m: m.scene.me.world.new_phone(),
    "upload.saveFilePart.file_id": lambda m: next(_numbers),
    "upload.saveBigFilePart.file_id": lambda m: next(_numbers),
    "upload.getFile.limit": lambda m: 4096,
    "messages.setHistoryTTL.period": lambda m: 86400,
    "messages.setDefaultHistoryTTL.period": lambda m: 86400,
}


def variants(maker: Maker, method: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """(what differs, a maker of the request) for one method, the plain request first.

    Each optional field is set by itself; a field of an abstract type gets each constructor, and of
    those each optional field in turn, down through every type that a request can hold (each
    constructor once).
    """
    yield "", lambda: maker.request(method)
    seen: set[str] = set()
    for f in fields(method):
        if f.flags:
            yield f.name, functools.partial(_with, maker, method, f)
        for path, made in _objects(maker, method, f, seen):
            yield path, functools.partial(_with, maker, method, f, made)


def _with(maker: Maker, method: str, f: Field, made: Callable[[], Any] | None = None) -> Any:
    request = maker.request(method)
    value = maker.value(method, f) if made is None else made()
    if made is not None and f.type.startswith("Vector<"):
        value = [value]
    setattr(request, f.attr, value)
    return request


def _objects(
    maker: Maker, owner: str, f: Field, seen: set[str]
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """(path, maker of the value) for each constructor that a field can hold."""
    if state(owner, f.name) != ACTED:
        return
    for name in constructors(item(f.type)):
        if name in seen or of_constructor(name) is not None:
            continue
        seen.add(name)
        path = f"{f.name}={name}"
        yield path, functools.partial(maker.make, name)
        for inner in fields(name):
            if inner.flags:
                yield (
                    f"{path}.{inner.name}",
                    functools.partial(_set, maker, name, inner),
                )
            for deeper, made in _objects(maker, name, inner, seen):
                yield f"{path}.{deeper}", functools.partial(_set, maker, name, inner, made)


def _set(maker: Maker, name: str, f: Field, made: Callable[[], Any] | None = None) -> Any:
    value = maker.value(name, f) if made is None else made()
    if made is not None and f.type.startswith("Vector<"):
        value = [value]
    return maker.make(name, **{f.attr: value})


class Leaf(NamedTuple):
    """A number, text or list inside a request."""

    path: str
    type: str
    owner: Any
    """The object or list that holds it"""
    key: Any
    """Attribute or index"""

    def get(self) -> Any:
        return (
            self.owner[self.key] if isinstance(self.owner, list) else getattr(self.owner, self.key)
        )

    def put(self, value: Any) -> None:
        if isinstance(self.owner, list):
            self.owner[self.key] = value
        else:
            setattr(self.owner, self.key, value)


def leaves(obj: TLObject, path: str = "") -> Iterator[Leaf]:
    """Every leaf of a request and of what it holds."""
    for f in fields(obj.NAME):
        value = getattr(obj, f.attr)
        if value is None:
            continue
        here = f"{path}.{f.name}" if path else f.name
        if f.type.startswith("Vector<"):
            yield Leaf(here, f.type, obj, f.attr)
            for number, one in enumerate(value):
                if isinstance(one, TLObject):
                    yield from leaves(one, f"{here}[]")
                else:
                    yield Leaf(f"{here}[]", item(f.type), value, number)
        elif isinstance(value, TLObject):
            yield from leaves(value, here)
        else:
            yield Leaf(here, f.type, obj, f.attr)


def layer_of(method: str) -> int:
    """The newest layer that has a method; the first beyond ours where only those have it."""
    form = codec.SCHEMA.newest(method)
    return max(form.ranges[0][0], min(form.last, codec.NEWEST_LAYER))
