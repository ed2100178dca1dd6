"""“author @name” and “correction LINK TEXT”, written to 777000 by who writes in channels."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import acts, typography
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import EDIT, INFO, WRITE, Right
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import authors, corrections, owners
from petitbleu.domain.publishing.pages.authors import CannotSign
from petitbleu.domain.publishing.pages.owners import NotYours
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said, plain

AUTHORS = Catalogue("members", "authors")
CORRECTIONS = Catalogue("members", "corrections")
_YES = frozenset({"on", "oui", "yes", "ja", "an", "ein"})
_NO = frozenset({"off", "non", "no", "nein", "aus"})
_PARTS = {
    "bio": "about",
    "about": "about",
    "présentation": "about",
    "presentation": "about",
    "vorstellung": "about",
    "photo": "photo",
    "picture": "photo",
    "image": "photo",
    "bild": "photo",
    "foto": "photo",
}
"""What of a profile may be shown, as people call it."""


async def _where(app: App, said: Said, typed: str, right: Right) -> ChatRow | None:
    """The channel of a public name or link, for who may do this there."""
    name = typed.removeprefix("@")
    peer = await usernames.resolve(app.store, name) if len(name) <= 32 else None
    row = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if row is None or row.kind != chats.CHANNEL or chats.dead(row):
        return None
    member = await members.load_member(app, row.id, said.account)
    return row if members.may(row, member, right, app.clock.now()) else None


# ── bylines ─────────────────────────────────────────────────────────────────────────────────────


@servicechat.command("author", "auteur", "autrice", "autor", "autorin", texts=AUTHORS)
async def author(app: App, said: Said) -> str:
    """``author @name``, ``author @name on|off``, ``author @name photo|bio on|off``; of somebody
    else ``author @name off NAME``"""
    t = AUTHORS[said.lang]
    if not said.words:
        return t["how"]
    name, *wanted = said.words
    name = name.rstrip("/").rpartition("/")[2].removeprefix("@")
    row = await _where(app, said, name, WRITE)
    if len(wanted) > 1 and wanted[0].casefold() in _NO:
        return await _end(app, said, name, " ".join(wanted[1:]))
    low = [word.casefold() for word in wanted]
    if row is None:
        # Who has left a channel can still take back what they agreed to there.
        peer = await usernames.resolve(app.store, name) if len(name) <= 32 else None
        stands = await authors.agreed(app, peer, said.account) if peer is not None else None
        if peer is not None and stands is not None and low and low[0] in _NO:
            await authors.withdraw(app, peer, said.account)
            return t["off"]
        return t["not_there"].format(name=plain(name, 32))
    if not low:
        return await _stands(app, said, row)
    if low[0] in _YES | _NO and len(low) == 1:
        return await _agree(app, said, row, low[0] in _YES)
    part = _PARTS.get(low[0])
    if part is not None and len(low) == 2 and low[1] in _YES | _NO:
        return await _show(app, said, row, part, low[1] in _YES)
    return t["how_here"].format(name=row.username)


async def _agree(app: App, said: Said, row: ChatRow, wanted: bool) -> str:
    if not wanted:
        await authors.withdraw(app, row.id, said.account)
        return AUTHORS[said.lang]["off"]
    before = await authors.agreed(app, row.id, said.account)
    about, photo = (bool(before.about), bool(before.photo)) if before else (False, False)
    return await _set(app, said, row, about=about, photo=photo)


async def _show(app: App, said: Said, row: ChatRow, part: str, shown: bool) -> str:
    before = await authors.agreed(app, row.id, said.account)
    if before is None:
        return AUTHORS[said.lang]["how_here"].format(name=row.username)
    parts = {"about": bool(before.about), "photo": bool(before.photo)} | {part: shown}
    return await _set(app, said, row, about=parts["about"], photo=parts["photo"])


async def _set(app: App, said: Said, row: ChatRow, *, about: bool, photo: bool) -> str:
    act = acts.Act("page.author", f"person:{said.account}", subject=f"chat:{row.id}")
    try:
        await authors.agree(
            acts.performing(app, act), row.id, said.account, about=about, photo=photo
        )
    except CannotSign as refused:
        return AUTHORS[said.lang][refused.key].format(name=row.username)
    return await _stands(app, said, row)


async def _end(app: App, said: Said, name: str, author: str) -> str:
    """The byline of somebody else, named as in the address of their page or by their name."""
    t = AUTHORS[said.lang]
    row = await _where(app, said, name, INFO)
    if row is None:
        return t["not_yours"].format(name=plain(name, 32))
    act = acts.Act("page.author", f"person:{said.account}", subject=f"chat:{row.id}")
    slug = author.rstrip("/").rpartition("/")[2]
    try:
        ended = await authors.end(acts.performing(app, act), row.id, slug, by=said.account)
    except NotYours:
        return t["not_yours"].format(name=plain(name, 32))
    if ended is None:
        return t["no_author"].format(author=plain(author, 64), title=plain(row.title))
    return t["ended"].format(author=plain(ended), title=plain(row.title))


async def _stands(app: App, said: Said, row: ChatRow) -> str:
    t = AUTHORS[said.lang]
    mine = await authors.agreed(app, row.id, said.account)
    if mine is None:
        return t["none"].format(title=plain(row.title), name=row.username)
    holding = await authors.of_channel(app, row.id)
    found = next((one for one in holding if one.account == said.account), None)
    lines = []
    if found is None:
        lines.append(t["renamed"].format(was=plain(mine.name), name=row.username))
    else:
        address = f"{owners.address(app, row)}/author/{found.slug}"
        lines.append(
            t["stands"].format(author=plain(mine.name), title=plain(row.title), address=address)
        )
    words = [t["yes" if shown else "no"] for shown in (mine.about, mine.photo)]
    lines.append(t["parts"].format(about=words[0], photo=words[1], name=row.username))
    if not row.flags & chats.SIGNATURES:
        lines.append(t["unsigned"])
    return "\n\n".join(lines)


# ── corrections ─────────────────────────────────────────────────────────────────────────────────


@servicechat.command("correction", "rectificatif", "erratum", "berichtigung", "korrektur",
                     texts=CORRECTIONS)  # fmt: skip
async def correction(app: App, said: Said) -> str:
    """``correction LINK TEXT``, ``correction @name NUMBER TEXT``; ``off`` takes the newest back."""
    t = CORRECTIONS[said.lang]
    name, post, text = _read(said.words)
    if not name or not post:
        return t["how"]
    row = await _where(app, said, name, EDIT)
    if row is None:
        return t["not_there"].format(name=plain(name, 32))
    shown = {"title": plain(row.title), "post": post}
    act = acts.Act("page.correct", f"person:{said.account}", subject=f"chat:{row.id}")
    acting = acts.performing(app, act)
    try:
        if len(text) > corrections.NOTE_MAX:
            return t["long"].format(most=corrections.NOTE_MAX, size=len(text))
        if text.casefold() in _NO:
            _, notes = await corrections.of_post(app, row.id, post)
            if notes:
                await corrections.take_back(acting, row.id, post, notes[-1].at, by=said.account)
            return t["gone" if notes else "none"].format(**shown)
        if text:
            await corrections.correct(acting, row.id, post, text, by=said.account)
            return t["set"].format(**shown)
        _, notes = await corrections.of_post(app, row.id, post)
    except corrections.NoPost:
        return t["no_post"].format(**shown)
    except corrections.TooMany:
        return t["many"].format(most=corrections.NOTES_MAX)
    except NotYours:
        return t["not_there"].format(name=plain(name, 32))
    zone = ZoneInfo(app.config.timezone)
    lines = [
        f"{typography.moment(said.lang, datetime.fromtimestamp(one.at, zone))} – {one.note}"
        for one in notes
    ]
    return t["listed" if lines else "none"].format(**shown, notes="\n".join(lines))


def _read(words: list[str]) -> tuple[str, int, str]:
    """(name of the channel, post, text) as they were typed; empty and 0 for what is missing."""
    if not words:
        return "", 0, ""
    name, rest = words[0], words[1:]
    parts = name.rstrip("/").split("/")
    if len(parts) > 1:
        name, number = parts[-2], parts[-1]
    else:
        number, rest = (rest[0] if rest else ""), rest[1:]
    valid = number.isascii() and number.isdigit() and len(number) < 10
    return name.removeprefix("@"), int(number) if valid else 0, " ".join(rest)
