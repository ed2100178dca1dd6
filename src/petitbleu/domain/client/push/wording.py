"""What a notice says: as much as the person wants to be read over their shoulder."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts

_TEXTS = Catalogue("members", "push")
TEXT_MAX, NAME_MAX = 300, 100
_SORTS = ("photo", "video", "gif", "round", "voice", "audio", "file", "sticker", "poll")


class Words(NamedTuple):
    """Title and text."""

    title: str
    text: str


def language(app: App, lang: str) -> str:
    """The language of a page, or the instance's."""
    return _TEXTS.language(lang, *app.config.languages)


async def words(app: App, row: MessageRow, lang: str, *, named: bool, shown: bool) -> Words:
    """Of a message, in the language ``lang``. ``named``: who and where may be said; ``shown``: what
    was said, too.
    """
    lang = language(app, lang)
    if not named:
        return Words(app.config.name, _TEXTS.say(lang, "message"))
    title = await _name(app, row.peer)
    if not shown:
        return Words(title, _TEXTS.say(lang, "message"))
    text = " ".join(row.text.split())
    if row.media is not None:
        sort = media.sort_of(row.media)
        what = _TEXTS.say(lang, sort if sort in _SORTS else "other")
        text = f"{what} {text}".strip()
    speaker = messages.speaker(row.sender, row.flags, row.peer, row.extra)
    if row.peer < 0 and speaker != row.peer:
        text = f"{await _name(app, speaker)}: {text}"
    return Words(title, _cut(text, TEXT_MAX) or _TEXTS.say(lang, "message"))


async def _name(app: App, peer: int) -> str:
    if peer < 0:
        chat = await chats.get(app, peer)
        return "" if chat is None else _cut(chat.title, NAME_MAX)
    if peer == ids.SERVICE_USER:
        return app.config.name
    person = await accounts.get(app, peer)
    if person is None:
        return ""
    return _cut(f"{person.first_name} {person.last_name}".strip(), NAME_MAX)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
