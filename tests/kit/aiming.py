"""Calls of any method, its arguments filled in by their TL types: what points at a chat, at its
messages, people or files points at those of an :class:`Aim`.

A type of which nothing is known here is filled with the first constructor of the schema, so that a
new method is called without anybody having to think of it.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from petitbleu.tl import api, schema
from petitbleu.tl.schema import Combinator, Field

_random = itertools.count(77_000_000)
_DEPTH = 4

REFERENCES = frozenset(
    {
        "InputPeer",
        "InputChannel",
        "InputUser",
        "InputDialogPeer",
        "InputNotifyPeer",
        "InputFolderPeer",
        "InputMessage",
        "InputReplyTo",
        "InputMedia",
        "InputSingleMedia",
        "InputPhoto",
        "InputChatPhoto",
        "InputDocument",
        "InputFileLocation",
        "InputPrivacyRule",
        "MessageEntity",
        "DialogFilter",
    }
)
"""Types that name a chat, somebody in it, a message or a file."""
FILTERS = (
    api.InputMessagesFilterPhotos,
    api.InputMessagesFilterDocument,
    api.InputMessagesFilterUrl,
    api.InputMessagesFilterPinned,
    api.InputMessagesFilterPoll,
    api.InputMessagesFilterContacts,
    api.InputMessagesFilterMyMentions,
    api.InputMessagesFilterChatPhotos,
)
"""Kinds of messages that are asked for one by one."""
GIVEN: dict[str, dict[str, Any]] = {
    "upload.getFile": {"limit": 1 << 20},
    "upload.getFileHashes": {"offset": 0},
    "messages.getReplies": {"limit": 100},
    "messages.search": {"top_msg_id": None, "saved_peer_id": None},
    "messages.sendVote": {"options": [b"1"]},
}
"""Arguments of methods that their types do not tell."""
MESSAGE_NAMES = frozenset({"id", "msg_id", "top_msg_id", "request_msg_id"})
"""Numbers (``int``) that name a message."""


@dataclasses.dataclass
class Aim:
    """What the arguments of a call point at, as one caller names it."""

    peer: Any
    channel: Any
    user: Any
    bare: int
    """The id of the chat."""
    ids: list[int]
    """Messages."""
    message: int
    """The one named where a method takes one."""
    document: Any = None
    photo: Any = None
    location: Any = None
    word: str = "hello"
    """What is searched for."""
    hash: str = "nothing"
    """The hash of an invite link."""
    optional: bool = False
    """Whether optional references are given too."""
    flags: bool = False
    """Whether every optional ``true`` is."""
    only: str = ""
    """The one argument that points there; the others point at the caller. Empty: all do."""
    beside: Any = None
    """The aim of the others: the caller's own chat and files."""
    messages_filter: Any = dataclasses.field(default_factory=api.InputMessagesFilterEmpty)

    def fields(self, c: Combinator, depth: int = 0) -> dict[str, Any]:
        """The arguments of a method or constructor."""
        given = {}
        for field in c.values:
            aim = self
            if self.only and not depth and self.only != field.attr and takes_reference(field):
                aim = self.beside or self
            if not field.flags:
                given[field.attr] = aim.value(field, depth)
            elif field.type == "true":
                given[field.attr] = self.flags
            elif self.optional and field.name == "link":
                given[field.attr] = f"https://localhost/+{self.hash}"
            elif takes_reference(field) and (self.optional or self.only == field.attr):
                given[field.attr] = aim.value(field, depth)
        if not depth:
            given |= GIVEN.get(c.name, {})
        return given

    def value(self, field: Field, depth: int = 0) -> Any:
        """An argument by its type, and by its name where that says more."""
        kind = field.type
        if kind == "Vector<long>" and field.name == "random_id":
            return [next(_random) for _ in self.ids]
        if kind == "Vector<int>":
            return list(self.ids)
        if kind == "Vector<InputMessage>":
            made = [api.InputMessageID(id=one) for one in self.ids]
            return [*made, api.InputMessageReplyTo(id=self.message), api.InputMessagePinned()]
        if kind.startswith("Vector<"):
            return [self.value(field._replace(type=kind[7:-1]), depth)]
        if kind in _PLAIN:
            return _PLAIN[kind](self, field.name)
        made = _MADE.get(kind)
        return made(self) if made is not None else self._first(kind, depth)

    def _first(self, kind: str, depth: int) -> Any:
        """The first constructor of a type that is not nested too deep."""
        known = schema.load()
        names = [one for one in known.of_type(kind) if known.is_current(one)]
        if not names or depth > _DEPTH:
            raise AssertionError(f"nothing is known of the type {kind}")
        name = min(names, key=lambda one: len(known.newest(one).values) if depth else 0)
        return api.CLASSES[name](**self.fields(known.newest(name), depth + 1))

    def call(self, method: str) -> Any:
        """The call of a method."""
        return api.CLASSES[method](**self.fields(schema.load().newest(method)))

    def calls(self, method: str) -> Iterator[Any]:
        """Calls of a method: everything pointed there; with all that is optional; with every flag;
        each argument pointed there alone; and each of the messages."""
        fields = schema.load().newest(method).values
        pointing = [field for field in fields if takes_reference(field)]
        yield self.call(method)
        if any(field.flags and (field in pointing or field.name == "link") for field in fields):
            yield dataclasses.replace(self, optional=True).call(method)
        if any(field.type == "true" for field in fields):
            yield dataclasses.replace(self, flags=True).call(method)
        alone = [field for field in pointing if field.type not in ("int", "long")]
        for field in alone if len(alone) > 1 else ():
            yield dataclasses.replace(self, only=field.attr).call(method)
        if any("MessagesFilter" in field.type for field in fields):
            for made in FILTERS:
                yield dataclasses.replace(self, messages_filter=made(), word="").call(method)
        if any(field.type == "int" for field in pointing):
            for one in self.ids:
                yield dataclasses.replace(self, message=one).call(method)


def takes_reference(field: Field) -> bool:
    """Whether an argument names a chat, somebody in it, a message or a file."""
    kind = field.type.removeprefix("Vector<").removesuffix(">")
    if kind == "int":
        return field.name in MESSAGE_NAMES
    return kind in REFERENCES or (kind == "long" and field.name == "chat_id")


def refers(method: str) -> bool:
    """Whether a method has such an argument."""
    return any(takes_reference(field) for field in schema.load().newest(method).values)


def _int(aim: Aim, name: str) -> int:
    if name in MESSAGE_NAMES:
        return aim.message
    return {"limit": 100, "pts": 1, "qts": 1, "date": 1, "pts_limit": 1000}.get(name, 0)


def _long(aim: Aim, name: str) -> int:
    if name in ("chat_id", "id"):
        return aim.bare
    return next(_random) if name in ("random_id", "file_id") else 0


def _string(aim: Aim, name: str) -> str:
    return {"q": aim.word, "hash": aim.hash, "link": aim.hash, "message": "said"}.get(name, "x")


_PLAIN: dict[str, Callable[[Aim, str], Any]] = {
    "int": _int,
    "long": _long,
    "string": _string,
    "bytes": lambda aim, name: b"0",
    "double": lambda aim, name: 0.0,
    "Bool": lambda aim, name: True,
    "true": lambda aim, name: aim.flags,
    "int128": lambda aim, name: bytes(16),
    "int256": lambda aim, name: bytes(32),
}
_MADE: dict[str, Callable[[Aim], Any]] = {
    "InputPeer": lambda aim: aim.peer,
    "InputChannel": lambda aim: aim.channel,
    "InputUser": lambda aim: aim.user,
    "InputDialogPeer": lambda aim: api.InputDialogPeer(peer=aim.peer),
    "InputNotifyPeer": lambda aim: api.InputNotifyPeer(peer=aim.peer),
    "InputFolderPeer": lambda aim: api.InputFolderPeer(peer=aim.peer, folder_id=1),
    "InputReplyTo": lambda aim: api.InputReplyToMessage(
        reply_to_msg_id=aim.message, reply_to_peer_id=aim.peer if aim.optional else None
    ),
    "InputMedia": lambda aim: api.InputMediaDocument(id=aim.document),
    "InputSingleMedia": lambda aim: api.InputSingleMedia(
        media=api.InputMediaPhoto(id=aim.photo), random_id=next(_random), message="said"
    ),
    "InputPhoto": lambda aim: aim.photo,
    "InputChatPhoto": lambda aim: api.InputChatPhoto(id=aim.photo),
    "InputDocument": lambda aim: aim.document,
    "InputFileLocation": lambda aim: aim.location,
    "MessagesFilter": lambda aim: aim.messages_filter,
    "DialogFilter": lambda aim: api.DialogFilter(
        groups=True, id=2, title=api.TextWithEntities(text="Folder", entities=[]),
        pinned_peers=[], include_peers=[aim.peer], exclude_peers=[],
    ),
    "ChannelParticipantsFilter": lambda aim: api.ChannelParticipantsRecent(),
    "InputPrivacyRule": lambda aim: api.InputPrivacyValueAllowUsers(users=[aim.user]),
    "MessageEntity": lambda aim: api.InputMessageEntityMentionName(
        offset=0, length=4, user_id=aim.user
    ),
    "ChannelMessagesFilter": lambda aim: api.ChannelMessagesFilterEmpty(),
    "Reaction": lambda aim: api.ReactionEmoji(emoticon="👍"),
}  # fmt: skip
