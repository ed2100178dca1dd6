"""What people write to 777000, given to the rooms whose commands they are.

A message and the job that hears it are one transaction (``messages.send``, ``Outgoing.wakes``). The
job deals with the messages of one person in their order, and with each once: an answer is said
under a name made of the message, so that it cannot be said twice, and how far somebody was heard is
kept after it. What a crash interrupts between a command and its answer is done again: commands
leave things as asked, however often they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import Entity, MessageRow, Offsets
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.servicechat import queries as q
from petitbleu.domain.servicechat import texts
from petitbleu.errors import StoreUnavailable
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Tx

QUIET = 15
"""Seconds between two answers that nothing was understood."""
MAX_ANSWER_LENGTH = 4000
"""UTF-16 units of an answer; the rest is left out."""
_TEXT_URL = 10
_PAGE = 50
_MARKS = ".,;:!«»“”„\"'"
"""What may stand around a command."""
_WORDS = 200
"""Words of a message that are looked at."""


class Said(NamedTuple):
    """One message to the service chat."""

    account: int
    lang: str
    """What to answer in: a language of the catalogue."""
    command: str
    words: list[str]
    """What follows the command, as it was typed."""
    about: list[Any]
    """What the message is about that it answers (``send_service``); empty: it answers none."""
    text: str = ""
    """The message as it was written."""

    @property
    def rest(self) -> str:
        """The words with one space between them."""
        return " ".join(self.words)


class Answer(NamedTuple):
    """An answer that is ``about`` something (``[room's word, *plain values]``): who answers to it
    is understood.
    """

    text: str
    about: list[Any]


Handler = Callable[[App, Said], Awaitable[str | Answer]]
Reader = Callable[[App, Said], Awaitable[str | Answer | None]]


class Command(NamedTuple):
    """A command, and the texts whose ``help`` is said about it."""

    handler: Handler
    texts: Mapping[str, Mapping[str, str]]


_commands: dict[str, Command] = {}
_readers: list[Reader] = []
_listed: list[Command] = []


def command(*names: str, texts: Mapping[str, Mapping[str, str]]) -> Callable[[Handler], Handler]:
    """Declare a command: ``async handler(app, said)`` -> the answer, in ``said.lang``.

    ``names``: the first words it is known by, in lower case. ``texts``: language -> texts, whose
    ``help`` is its lines in the list of commands. It may run again after a crash, with the same
    message: it has to leave things as asked, and nothing twice. What it raises is logged and
    answered with an apology.
    """

    def register(handler: Handler) -> Handler:
        made = Command(handler, texts)
        _listed.append(made)
        for name in names:
            if name in _commands or name in _HELP:
                raise RuntimeError(f"the command {name} is declared twice")
            _commands[name] = made
        return handler

    return register


def otherwise(reader: Reader) -> Reader:
    """Declare who reads what is no command: ``async reader(app, said)`` -> the answer, or None. The
    first that answers counts. As with commands, the same message may come again.
    """
    _readers.append(reader)
    return reader


async def newest_about(app: App, account: int, *words: str) -> list[Any]:
    """What our newest message to a person is about that begins with one of a room's ``words``, of
    the last fifty in the chat; empty: none is.
    """
    place = messages.unguarded(account, SERVICE_USER)
    for message in await messages.in_box(app, place, Offsets(limit=_PAGE)):
        if message.author == SERVICE_USER and message.extra is not None:
            about = list(messages.decode_extra(message.extra).get(messages.ABOUT, []))
            if about and about[0] in words:
                return about
    return []


_HELP = ("help", "aide", "hilfe", "start", "?")


def language(app: App, person: accounts.AccountRow) -> str:
    """What a person is answered in."""
    return texts.language(person.lang, *app.config.languages)


def plain(text: str, limit: int = 64) -> str:
    """Somebody's words as they may be repeated: one line, nothing that turns the text around."""
    clean = "".join(
        char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co")
    )
    clean = " ".join(clean.split())
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


# ── hearing ─────────────────────────────────────────────────────────────────────────────────────


async def hear(app: App, account: int, since: int) -> None:
    """Deal with what a person wrote from the message ``since`` on, as far as it was not yet."""
    person = await accounts.get(app, account)
    if person is None or person.kind != accounts.PERSON or person.deleted_at is not None:
        return
    row = await app.store.row(q.GET, account=account)
    row = row or q.HeardRow(account, 0, 0)
    heard = max(row.heard, since - 1)
    place = messages.unguarded(account, SERVICE_USER)
    while True:
        at = Offsets(offset_id=heard + 1, add_offset=-_PAGE, limit=_PAGE)
        rows = await messages.in_box(app, place, at)
        for message in reversed(rows):
            if message.author == account and message.kind == messages.TEXT:
                row = await _deal(app, person, row, message)
        if len(rows) < _PAGE:
            return
        heard = rows[0].id


async def _deal(
    app: App, person: accounts.AccountRow, row: q.HeardRow, message: MessageRow
) -> q.HeardRow:
    """Answer one message; how far the person was heard then."""
    once = _name(person.id, message.id)
    now = int(app.clock.now())
    puzzled_at = row.puzzled_at
    if not await messages.said_before(app, SERVICE_USER, once):
        answer = await _answer(app, person, message)
        if answer is None and now - puzzled_at >= QUIET:
            puzzled_at = now
            answer = texts.say(language(app, person), _puzzle(message))
        if answer:
            said = answer if isinstance(answer, Answer) else Answer(answer, [])
            text = _fitting(said.text)
            await messages.send_service(
                app,
                person.id,
                text,
                own_links(app, text),
                once=once,
                find=False,
                about=said.about or None,
            )
    done = q.HeardRow(person.id, message.id, puzzled_at)
    await app.store.write(_put, done, now)
    return done


def _fitting(answer: str) -> str:
    encoded = answer.encode("utf-16-le")
    if len(encoded) <= 2 * MAX_ANSWER_LENGTH:
        return answer
    return encoded[: 2 * MAX_ANSWER_LENGTH].decode("utf-16-le", "ignore") + "…"


def own_links(app: App, text: str) -> list[Entity]:
    """The addresses of this site in a message of ours, so that they can be pressed (send it with
    ``find=False``). Nothing else can: titles and names are strangers' words, and who speaks here
    is believed.
    """
    entities = []
    for match in re.finditer(rf"(?<!\S){re.escape(joining.base_url(app))}/\S*[^\s,.;:!?)]", text):
        entities.append(
            Entity(_TEXT_URL, _units(text[: match.start()]), _units(match[0]), match[0])
        )
    return entities


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def _put(tx: Tx, row: q.HeardRow, at: int) -> None:
    await tx.run(q.PUT, **row._asdict())
    await messages.read_out(tx, row.account, SERVICE_USER, row.heard, at=at)


def _name(account: int, message: int) -> int:
    digest = blake2b(b"servicechat %d %d" % (account, message), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _forwarded(message: MessageRow) -> bool:
    return message.extra is not None and "forward" in messages.decode_extra(message.extra)


def _puzzle(message: MessageRow) -> str:
    return "forward" if _forwarded(message) else "unknown"


async def _answer(
    app: App, person: accounts.AccountRow, message: MessageRow
) -> str | Answer | None:
    """What is said to a message; None: nothing was understood."""
    if _forwarded(message):
        return None  # somebody else's words
    first, *words = _read(message.text)
    lang = language(app, person)
    if first in _HELP:
        return texts.help(lang, [one.texts[lang]["help"] for one in _listed])
    known = _commands.get(first)
    said = Said(person.id, lang, first, words, await _about(app, message), message.text)
    try:
        if known is not None:
            return await known.handler(app, said)
        for reader in _readers:
            if answer := await reader(app, said):
                return answer
        return None
    except StoreUnavailable:
        raise
    except Exception:
        app.log.exception("servicechat.failed", command=first)
        return texts.say(lang, "failed")


def _read(text: str) -> list[str]:
    """The words of a message, the first as commands are named. Never empty."""
    words = plain(unicodedata.normalize("NFC", text), 4096).split(" ", _WORDS)[:_WORDS]
    return [words[0].removeprefix("/").strip(_MARKS).casefold() or words[0], *words[1:]]


async def _about(app: App, message: MessageRow) -> list[Any]:
    """What the message of ours is about that this one answers."""
    if message.reply_to is None:
        return []
    place = messages.unguarded(message.owner, SERVICE_USER)
    answered = (await messages.in_place(app, place, [message.reply_to])).get(message.reply_to)
    if answered is None or answered.author != SERVICE_USER or answered.extra is None:
        return []
    return list(messages.decode_extra(answered.extra).get(messages.ABOUT, []))
