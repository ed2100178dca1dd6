"""Pictures in comments: on the page of a post only after an editor has seen each of them.

Off at first (switch ``pictures``). The owner, and admins who may delete messages, are asked in the
service chat; they see the picture in the discussion group, where it stands already. What they
agree to is this one picture: when the message carries another, it is not shown until somebody has
seen that. What is deleted, removed or withheld takes its picture along: the page reads the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.discussions import service as discussions
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import TEXT, MessageRow, Outgoing, Sent
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.comments import calling, calling_texts
from petitbleu.domain.publishing.comments import queries_pictures as q
from petitbleu.domain.publishing.comments.queries_pictures import PictureRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

ABOUT = "pictures"
"""First word of what answers to such a message are about: then ``asked_at`` and the channel."""
WAITING, SHOWN, REFUSED = "waiting", "shown", "refused"
TOGETHER = 6
"""Pictures of one message."""
WAIT_MAX = 500
"""Pictures that may wait in a channel: what comes then is not asked about, and not shown."""


class Picture(NamedTuple):
    """A picture that may be shown: its sizes, smallest first (label, width, height, bytes)."""

    sizes: list[tuple[str, int, int, int]]


class AskPictures(Job, tag="comments.pictures", frozen=True):
    """The people of a channel are asked about pictures in comments."""

    channel: int


class NoPicture(Exception):
    """There is no such comment in the channel's discussion, or it has no picture."""


def photo_of(row: MessageRow) -> int:
    """The photo that a message shows openly; 0: none."""
    if row.media is None:
        return 0
    label = media.unpack(row.media)
    if label.kind != "photo" or "spoiler" in label.more or not label.what.sizes:
        return 0
    return int(label.what.id)


# ── what is shown ───────────────────────────────────────────────────────────────────────────────


async def load_shown(app: App, rows: Sequence[MessageRow]) -> dict[int, Picture]:
    """Message -> its picture, for those of ``rows`` (of one group) that an editor agreed to."""
    with_photo = {row.id: row for row in rows if photo_of(row)}
    if not with_photo:
        return {}
    group = next(iter(with_photo.values())).owner
    known = await app.store.rows(q.GET, chat=group, messages=sorted(with_photo))
    covered = await restrictions.sensitive(app, list(with_photo.values()))
    return {
        one.message: _picture(with_photo[one.message])
        for one in known
        if one.state == SHOWN
        and one.photo == photo_of(with_photo[one.message])
        and (group, one.message) not in covered
    }


def _picture(row: MessageRow) -> Picture:
    assert row.media is not None
    sizes = media.unpack(row.media).what.sizes
    return Picture([(label, width, height, size) for label, width, height, size in sizes])


# ── what comes ──────────────────────────────────────────────────────────────────────────────────


@messages.on_post
def posted(app: App, item: Outgoing, sent: Sent) -> None:
    """Somebody said something with media in a thread: it may be a comment with a picture."""
    if item.media is not None and item.kind == TEXT and item.copies[0].top is not None:
        app.spawn(notice(app, item.author, sent.id))


async def notice(app: App, group: int, message: int) -> None:
    """Ask about the picture of a message, if it is one in a comment that its channel may show."""
    row = await _comment(app, group, message)
    photo = photo_of(row) if row is not None else 0
    chat = await chats.get(app, group)
    channel = chat.linked if chat is not None else None
    page = await pages.load_page(app, channel) if channel else None
    if row is None or not photo or page is None or not page.switches.pictures:
        return
    await app.store.write(_wait, app, group, message, page.chat.id, photo)


async def _comment(app: App, group: int, message: int) -> MessageRow | None:
    """A message that answers the copy of a post."""
    place = messages.unguarded(group, group)
    row = (await messages.in_place(app, place, [message])).get(message)
    if row is None or row.top is None or row.kind != TEXT:
        return None
    return row if await discussions.of_messages(app, group, [row.top]) else None


async def _wait(tx: Tx, app: App, group: int, message: int, channel: int, photo: int) -> None:
    now = int(app.clock.now())
    waiting = await tx.rows(q.UNASKED, channel=channel, limit=WAIT_MAX)
    if len(waiting) < WAIT_MAX:
        row = PictureRow(group, message, channel, photo, WAITING, 0, now, 0)
        await tx.run(q.PUT, **row._asdict())
        await jobs.schedule(tx, AskPictures(channel=channel), due=now, key=str(channel))


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


async def ask(app: App, channel: int) -> int | None:
    """Ask about what waits in a channel and was not asked about; when to look again."""
    now = int(app.clock.now())
    last = await app.store.row(q.LAST, channel=channel)
    if last is not None and last.at and now < last.at + calling.GAP:
        return last.at + calling.GAP
    rows = await app.store.rows(q.UNASKED, channel=channel, limit=TOGETHER)
    if not rows:
        return None
    # Before the messages: who was not told for a crash is told of the next ones.
    for group in {row.chat for row in rows}:
        mine = [row.message for row in rows if row.chat == group]
        await app.store.write(_asked, group, mine, now)
    for account in await calling.moderators(app, channel):
        text = await _written(app, account, channel, rows)
        if text:
            await messages.send_service(
                app, account, text, once=_name(channel, now, account), find=False,
                about=[ABOUT, now, channel],
            )  # fmt: skip
    return now + calling.GAP


async def _asked(tx: Tx, group: int, ids: list[int], at: int) -> None:
    await tx.run(q.ASKED, chat=group, messages=ids, at=at)


def _name(channel: int, at: int, account: int) -> int:
    digest = blake2b(b"pictures %d %d %d" % (channel, at, account), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


async def _written(app: App, account: int, channel: int, rows: Sequence[PictureRow]) -> str:
    person, page = await accounts.get(app, account), await pages.load_page(app, channel)
    if person is None or page is None:
        return ""
    lang = calling_texts.language(person.lang, *app.config.languages)
    lines = []
    for row in rows:
        said = await _comment(app, row.chat, row.message)
        if said is None or said.top is None:
            continue
        post = (await discussions.of_messages(app, row.chat, [said.top]))[said.top].post
        link = f"{joining.base_url(app)}/{page.name}/{post}?comment={row.message}"
        text = calling_texts.plain(said.text, 200)
        line = calling_texts.say(lang, "picture")
        lines.append(line.format(number=row.message, text=text or "–", link=link))
    if not lines:
        return ""
    whole = calling_texts.say(lang, "pictures")
    title = calling_texts.plain(page.chat.title)
    return whole.format(title=title, name=page.name, pictures="\n".join(lines), one=rows[0].message)


async def in_message(app: App, channel: int, at: int) -> list[int]:
    """The comments that stand in one message and wait still."""
    rows = await app.store.rows(q.ASKED_AT, channel=channel, asked_at=at)
    return [row.message for row in rows]


# ── deciding ────────────────────────────────────────────────────────────────────────────────────


async def decide(app: App, chat: ChatRow, message: int, shown: bool, *, by: int) -> None:
    """Show the picture of a comment, or do not (any more). Raises NoPicture, and
    :class:`calling.NotYours` where ``by`` may not delete messages in the channel."""
    row = await _comment(app, chat.linked, message) if chat.linked else None
    photo = photo_of(row) if row is not None else 0
    if row is None or not photo:
        raise NoPicture
    await pages.change_shown(app, chat.id, _decide, app, chat, row.owner, message, photo, shown, by)


async def _decide(
    tx: Tx, app: App, chat: ChatRow, group: int, message: int, photo: int, shown: bool, by: int
) -> None:
    await calling.check(tx, app, chat, by)
    known = await tx.rows(q.GET, chat=group, messages=[message])
    asked_at = known[0].asked_at if known else 0
    state, now = (SHOWN if shown else REFUSED), int(app.clock.now())
    row = PictureRow(group, message, chat.id, photo, state, asked_at, now, by)
    await tx.run(q.PUT, **row._asdict())
    await pages.note(tx, app, chat.id, by, f"{message}: picture = {'on' if shown else 'off'}")
