"""Sealed copies: what was reported or decided about, as it stood at that moment.

A copy is a msgpack map ``{taken_at, chat, people, messages}``; it is encrypted with the server's
secrets (``Secrets.seal``, bound to the number it belongs to) and its SHA-256 is kept in the clear,
so that it can be shown later not to have been changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.errors import LocalFault

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class Sealed(NamedTuple):
    """A copy as it is stored, and the SHA-256 of what is in it."""

    sealed: bytes
    digest: bytes


def copy(
    *,
    at: int,
    chat: ChatRow | None = None,
    people: Iterable[AccountRow] = (),
    messages: Sequence[MessageRow] = (),
    context: Sequence[MessageRow] = (),
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A copy to be sealed. ``context``: messages around the ones it is about."""
    marked = [(row, False) for row in messages] + [(row, True) for row in context]
    snapshot: dict[str, Any] = {
        "taken_at": at,
        "people": [_person(row) for row in people],
        "messages": [
            _message(row, context) for row, context in sorted(marked, key=lambda pair: pair[0].id)
        ],
    }
    if chat is not None:
        snapshot["chat"] = {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "about": chat.about,
            "username": chat.username,
            "members": chat.members,
            "photo": chat.photo,
        }
    return snapshot | (more or {})


def _person(row: AccountRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "about": row.about,
        "kind": row.kind,
    }


def _message(row: MessageRow, context: bool) -> dict[str, Any]:
    return {
        "context": context,
        "id": row.id,
        "owner": row.owner,
        "chat": row.peer,
        "author": row.author,
        "body": row.body,
        "sender": row.sender,
        "date": row.date,
        "edit_date": row.edit_date,
        "kind": row.kind,
        "text": row.text,
        "entities": row.entities,
        "extra": row.extra,
        "media": row.media,
        "reply_to": row.reply_to,
    }


def seal(app: App, number: int, made: dict[str, Any]) -> Sealed:
    """Encrypt a copy for the report or measure ``number``."""
    plain = _encode(made)
    return Sealed(app.secrets.seal(plain, _context(number)), hashlib.sha256(plain).digest())


def open_sealed(app: App, number: int, sealed: bytes, digest: bytes) -> dict[str, Any]:
    """The copy. LocalFault where it was altered, or belongs to another number."""
    plain = app.secrets.unseal(sealed, _context(number))
    if hashlib.sha256(plain).digest() != digest:
        raise LocalFault("the copy is not the one that was sealed")
    return _decode(plain)


def _context(number: int) -> bytes:
    return b"moderation %d" % number
