"""The service chat of a channel's people: what waits for a second reader, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import WRITE
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.scheduled import approving
from petitbleu.domain.messaging.second_reader import gate, held
from petitbleu.domain.messaging.second_reader.gate import Tell
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.publishing.review import texts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import plain
from petitbleu.ids import bare

ABOUT = "second_reader"
"""What answers to these messages are about: [ABOUT, channel, id, version, 1 for an edit]."""
_WAITING = frozenset({gate.WAITS, gate.OVERDUE, gate.LAPSED})
CODE = 6
"""Characters of a version by which people name it."""


class Text(NamedTuple):
    """What waits, for whoever may approve it."""

    author: int
    due: int
    shown: str
    pieces: int
    before: str = ""
    described: str | None = None
    """What is to be said of its picture; None: that stays as it is."""


async def carry_out(app: App, work: Tell) -> None:
    """Tell those whom it concerns. May run again: each is told once."""
    row = await chats.get(app, work.channel)
    if row is None or chats.dead(row):
        return
    about: list[object] = []
    what = None
    if work.kind in _WAITING or work.kind == gate.EDIT_WAITS:
        edit = work.kind == gate.EDIT_WAITS
        what = await waiting(app, work.channel, work.id, work.seen, edit=edit)
        if what is None:
            return  # it is another by now, of which they are told too
        about = [ABOUT, work.channel, work.id, work.seen, int(edit)]
    people = await _people(app, row, work)
    by = (await accounts.get_many(app, [work.by])).get(work.by) if work.by else None
    for person in people:
        if work.kind in _WAITING and what is not None and what.author == person.id:
            continue
        text = await _text(app, row, work, what, by, servicechat.language(app, person))
        name = f"{work.kind} {work.channel} {work.id} {work.seen} {work.at} {person.id}"
        once = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1
        links = servicechat.own_links(app, text)
        await messages.send_service(
            app, person.id, text, links, once=once, find=False, about=about or None
        )


async def _people(app: App, row: ChatRow, work: Tell) -> Sequence[AccountRow]:
    """Who is told: one person, or all who may post but whoever did it."""
    if work.to:
        wanted = [work.to]
    else:
        now = app.clock.now()
        admins = await members.admins(app, row.id)
        wanted = [one.account for one in admins if members.may(row, one, WRITE, now)]
        if work.kind in (gate.ALONE, gate.SWITCHED_ON, gate.SWITCHED_OFF):
            wanted = [one.account for one in admins if members.role(one, now) >= members.ADMIN]
        wanted = [one for one in wanted if one != work.by]
    found = await accounts.get_many(app, wanted)
    return [one for one in found.values() if one.kind == accounts.PERSON and one.deleted_at is None]


async def waiting(app: App, channel: int, id: int, seen: str, *, edit: bool) -> Text | None:
    """The version ``seen`` of what waits; None where it is another by now, or is gone."""
    if edit:
        row = await held.one(app.store, channel, id)
        if row is None or held.version(row) != seen:
            return None
        where = messages.unguarded(channel, channel)
        public = (await messages.in_place(app, where, [id])).get(id)
        if public is None or await _is_withheld(app, channel, id):
            return None
        changed = int(row.media is not None and row.media != public.media)
        return Text(row.editor, 0, row.text, changed, public.text, row.described)
    post = await approving.post(app.store, channel, id)
    if not post or approving.version(post) != seen:
        return None
    said = approving.as_messages(post)
    return Text(
        post[0].author, post[0].due, _said(said), sum(one.media is not None for one in said)
    )


async def _is_withheld(app: App, channel: int, post: int) -> bool:
    """Whether a measure keeps the post from anybody: then nothing is told of what it says."""
    marks = (await restrictions.load_marks(app, [channel])).get(channel, ())
    return any(
        mark.kind == restrictions.WITHHELD and mark.id in (restrictions.ITSELF, post)
        for mark in marks
    )


def _said(rows: Sequence[MessageRow]) -> str:
    return "\n\n".join(row.text for row in rows if row.text)


def name_of(person: AccountRow | None) -> str:
    """Somebody as the others know them."""
    return plain(f"{person.first_name} {person.last_name}".strip()) if person else "–"


async def _text(
    app: App, row: ChatRow, work: Tell, what: Text | None, by: AccountRow | None, lang: str
) -> str:
    values: dict[str, object] = {
        "title": plain(row.title), "who": name_of(by), "post": work.id,
        "reason": plain(work.text, 300), "text": plain(work.text, 100), "name": row.username or "",
        "client": f"{joining.base_url(app)}/app/c/c{bare(row.id)}/scheduled",
    }  # fmt: skip
    if what is not None:
        author = (await accounts.get_many(app, [what.author])).get(what.author)
        values |= {
            "who": name_of(author),
            "when": texts.moment(app, lang, what.due),
            "quote": texts.quoted(lang, what.shown, what.pieces) + texts.alt(lang, what.described),
            "before": texts.quoted(lang, what.before, 0),
            "code": work.seen[:CODE],
        }
    return texts.say(lang, work.kind, **values)
