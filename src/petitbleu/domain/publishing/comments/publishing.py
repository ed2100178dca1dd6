"""How a guest's comment gets into the discussion group, and follows its author there.

One account says them all, with the guest's name and “(site)” in bold before the text: every client
shows that, and there is nobody to write to. ``extra["guest"]`` names the comment for the page.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.discussions import service as discussions
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import TEXT, Copy, Entity, Outgoing, Sent
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.comments import texts
from petitbleu.domain.publishing.comments.queries import GuestRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.updates import log
from petitbleu.ids import GUESTS_USER
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

GUEST = "guest"
"""Key of ``body.extra``: ``[comment, name, when it was written]``."""
_BOLD, _SPOILER = 6, 17
_LINE = 90
_LINK_LIKE = re.compile(r"[\w)\]][.:/@\u3002\uff0e]+\w|://")
_PRINT = b"comment"
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, str]).decode


class Publish(Job, tag="comments.publish", frozen=True):
    """An approved comment is published, if the process did not get to it."""

    id: int


class AskToConfirm(Job, tag="comments.ask", frozen=True):
    """Whose comment was discarded by mistake is asked to confirm it."""

    id: int


class TellAnswered(Job, tag="comments.answered", frozen=True):
    """A guest hears of an answer."""

    id: int
    answer: int


def seal(app: App, number: int, email: str, text: str) -> bytes:
    """What is only read here."""
    return app.secrets.seal(_encode({"email": email, "text": text}), b"comment %d" % number)


def opened(app: App, row: GuestRow) -> tuple[str, str]:
    """Address and text."""
    kept = _decode(app.secrets.unseal(row.sealed, b"comment %d" % row.id))
    return kept["email"], kept["text"]


def link(app: App, number: int) -> str:
    """The address that only the author gets."""
    return f"{joining.base_url(app)}/comment/{number:x}.{macs(app, number)[0]}"


def macs(app: App, number: int) -> list[str]:
    """What signs the link of a comment; the newest first."""
    return [mac.hex()[:32] for mac in app.secrets.hmacs("comments.link", b"%d" % number)]


def prefix(name: str) -> str:
    """What stands before the text in the group."""
    return f"{name} (site)\n"


def compose_message(name: str, text: str) -> tuple[str, bytes | None]:
    """Text and entities of the message: the name in bold, links and tags of the text found."""
    head = prefix(name)
    length = len(head.rstrip().encode("utf-16-le")) // 2
    whole, normalized = messages.normalize(head + text, [Entity(_BOLD, 0, length)])
    return whole, messages.encode_entities(normalized)


async def ask(app: App, row: GuestRow) -> None:
    """Mail the author the link that confirms a comment. Raises OSError where no mail leaves.

    Whose address it is nobody knows yet: not a word of what was typed goes there in our name.
    """
    email, _ = opened(app, row)
    channel, post = await _named(app, row)
    values = {"name": app.config.name, "link": link(app, row.id), "channel": channel, "post": post}
    await texts.mail(app, email, row.language, "confirm", **values)


async def _named(app: App, row: GuestRow) -> tuple[str, str]:
    """The channel and the post under which a comment stands, in words; of a post that is covered
    or withheld the address alone. Neither can bring a link of its own into our mail."""
    page = await pages.load_page(app, row.channel)
    if page is None:
        return app.config.name, f"№ {row.post}"
    at = await pages.where(app, page.chat, "")
    group = await pages.with_album(app, at, row.post)
    said = next((one for one in group if one.text), None)
    title = ""
    if said is not None and not at.marks:
        entities = messages.decode_entities(said.entities) if said.entities is not None else []
        if not any(one.kind == _SPOILER for one in entities):
            line = next((line for line in said.text.splitlines() if line.strip()), "")
            title = _harmless(line)
    address = f"{joining.base_url(app)}/{page.name}/{row.post}"
    return _harmless(page.chat.title) or page.name, title or address


def _visible(text: str) -> str:
    """Without controls, and what turns or hides letters."""
    kept = (" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return "".join(kept)


def _harmless(text: str) -> str:
    """The beginning of a line, without what a mail program would make a link of."""
    words = ["…" if _LINK_LIKE.search(word) else word for word in _visible(text).split()]
    line = " ".join(words)
    return line if len(line) <= _LINE else line[: _LINE - 1].rstrip() + "…"


async def stands(app: App, row: GuestRow) -> bool:
    """Whether its message is in the group."""
    place = messages.unguarded(row.chat, row.chat)
    return row.message in await messages.in_place(app, place, [row.message])


async def publish(app: App, number: int) -> None:
    """Say an approved comment in the group. May be run again: it is said once."""
    row = await app.store.row(q.GET, id=number)
    if row is None or row.state != "approved":
        return
    copy = (await discussions.of_posts(app, row.channel, [row.post])).get(row.post)
    if copy is None or copy.chat != row.chat:
        return  # the group was unlinked meanwhile
    _, text = opened(app, row)
    whole, entities = compose_message(row.name, text)
    answered = row.parent or copy.message
    # The text is part of the name: one that was changed and approved again is said again.
    print_ = blake2b(b"comment %d %d" % (number, row.spam_check), digest_size=8).digest()
    item = Outgoing(
        author=row.chat,
        peer=row.chat,
        date=int(app.clock.now()),
        random_id=int.from_bytes(print_, "big", signed=True),
        fingerprint=_PRINT,
        kind=TEXT,
        text=whole,
        entities=entities,
        extra=messages.encode_extra({GUEST: [number, row.name, row.at]}),
        copies=(Copy(row.chat, row.chat, answered, 0, 0, copy.message),),
        session=None,
        sender=GUESTS_USER,
    )
    _, sent = await messages.say(app, item)
    await app.store.write(_published, number, sent.id)


async def _published(tx: Tx, number: int, message: int) -> None:
    if await tx.run(q.PUBLISHED, id=number, message=message):
        await jobs.unschedule(tx, Publish, str(number))


async def rewrite(app: App, row: GuestRow, text: str) -> None:
    """Have the message say something else."""
    whole, entities = compose_message(row.name, text)
    await app.store.write(_rewrite, row, whole, entities, int(app.clock.now()))


async def _rewrite(tx: Tx, row: GuestRow, text: str, entities: bytes | None, at: int) -> None:
    changed = await messages.rewrite(
        tx, row.chat, row.message, text=text, entities=entities, media=None, edit_date=at
    )
    if changed:
        await log.append(tx, row.chat, messages.EDITED, {"id": row.message}, at=at)


# ── answers ─────────────────────────────────────────────────────────────────────────────────────


@messages.on_post
def answered(app: App, item: Outgoing, sent: Sent) -> None:
    """Somebody answered a message of a group: a guest may have asked to hear of it."""
    to = item.copies[0].reply_to
    if item.kind == TEXT and to is not None and item.copies[0].top not in (None, to):
        app.spawn(_plan(app, item.author, to, sent.id))


async def _plan(app: App, chat: int, message: int, answer: int) -> None:
    rows = await app.store.rows(q.OF_MESSAGES, chat=chat, messages=[message])
    if rows and rows[0].notify:
        await app.store.write(_planned, rows[0].id, answer, int(app.clock.now()))


async def _planned(tx: Tx, number: int, answer: int, at: int) -> None:
    work = TellAnswered(id=number, answer=answer)
    await jobs.schedule(tx, work, due=at, key=f"{number} {answer}")


async def tell_answered(app: App, number: int, answer: int) -> None:
    """Mail a guest that the message ``answer`` answers them: not where it is gone meanwhile, nor
    where they want to hear no more. Raises OSError where no mail leaves.
    """
    row = await app.store.row(q.GET, id=number)
    if row is None or not row.notify:
        return
    place = messages.unguarded(row.chat, row.chat)
    said = (await messages.in_place(app, place, [answer])).get(answer)
    if said is None:
        return
    email, _ = opened(app, row)
    values = {
        "name": app.config.name,
        "link": link(app, row.id),
        "text": said.text or "…",
        "answer": await _on_page(app, row, answer),
    }
    await texts.mail(app, email, row.language, "reply", **values)


async def _on_page(app: App, row: GuestRow, message: int) -> str:
    """The lasting address of an answer; where the channel has no name any more, the guest's own."""
    channel = await chats.get(app, row.channel)
    if channel is None or not channel.username:
        return link(app, row.id)
    return f"{joining.base_url(app)}/{channel.username}/{row.post}?comment={message}"
