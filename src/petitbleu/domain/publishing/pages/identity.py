"""What a channel shows itself as on the web: name, logo, colours, sections, masthead and imprint.

All of it is one row (``page_identity``), remembered with what follows from it. Where nothing was
set, a page looks as every page does, under the title of its channel.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import quote

import msgspec

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.files.media import service as media
from petitbleu.domain.publishing.pages import contrast, owners
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.folding import fold
from petitbleu.ids import SERVICE_USER
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Reader, Tx

NAME_MAX, ABOUT_MAX, IMPRINT_MAX = 64, 8000, 1000
SECTIONS_MAX, SECTION_NAME_MAX, SECTION_TAG_MAX = 12, 40, 64
HOLDER = "page_logo"
"""Who holds a logo among photos."""
_SECTIONS_TEXT_MAX = 4000
_REMEMBERED = 5000
_SECTION = re.compile(r"(?:(.*?)\s*)[#＃](\w+)", re.DOTALL)


class Section(msgspec.Struct, frozen=True):
    """A part of a newspaper: the posts with a hashtag."""

    name: str
    tag: str
    """As it was typed, without its sign."""

    @property
    def slug(self) -> str:
        """What its address ends with."""
        return quote(fold(self.tag), safe="")


class Identity(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Each with what holds where nothing was set."""

    name: str = ""
    """Empty: the title of the channel."""
    logo: bytes = b""
    """A photo in its stored form; empty: none."""
    accent: str = ""
    background: str = ""
    sections: tuple[Section, ...] = ()
    about: str = ""
    """The masthead: who makes it, and why; paragraphs."""
    imprint: str = ""
    """Address and responsible person; lines."""

    @cached_property
    def css(self) -> str:
        """Its colours as a style sheet for screens; empty: the usual ones."""
        if not (self.accent or self.background):
            return ""
        accent, paper = self.accent or contrast.ACCENT, self.background or contrast.PAPER
        light = contrast.palette(accent, paper).css
        if contrast.is_dark(paper):
            return f"@media screen{{:root{{color-scheme:dark;{light}}}}}"
        return (
            f"@media screen{{:root{{{light}}}}}"
            "@media screen and (prefers-color-scheme:dark)"
            f"{{:root{{{contrast.dark(accent).css}}}}}"
        )


NOTHING = Identity()


class Unfit(Exception):
    """A value that is not taken. ``key``: of the sentence that says why; ``values``: its marks."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Identity).decode

ROOM = room("page_identities", page_identity=())
IDENTITIES: Part[Cache[int, Identity]] = Part(lambda app: cache_of(app, ROOM, _REMEMBERED))
"""Those that were looked at of late."""


async def load(app: App, chat: int) -> Identity:
    """What a channel shows itself as."""
    cache = app.parts[IDENTITIES]
    known = cache.get(chat)
    if known is None:
        generation = cache.generation
        known = await load_in(app.store, chat)
        cache.keep(chat, known, generation)
    return known


async def load_in(reader: Reader, chat: int) -> Identity:
    """:func:`load` as it is on disk."""
    row = await reader.row(q.IDENTITY, chat=chat)
    return _decode(row.identity) if row is not None else NOTHING


async def set_value(
    app: App, chat: int, name: str, value: str, *, by: int = SERVICE_USER
) -> Identity:
    """Set one part as somebody typed it; empty takes it away. Raises Unfit, NotYours."""
    with app.parts[IDENTITIES].changing([chat]):
        return await app.store.write(_set_value, app, chat, name, value, by)


async def _set_value(tx: Tx, app: App, chat: int, name: str, value: str, by: int) -> Identity:
    await owners.lock(tx, app, chat, by)
    before = await load_in(tx, chat)
    after = changed(before, name, value)
    if after != before:
        await _put(tx, chat, after)
        await owners.note(tx, app, chat, by, f"{name}: {_short(value)}")
    return after


async def set_logo(app: App, chat: int, photo: bytes | None, *, by: int = SERVICE_USER) -> Identity:
    """Show a photo (in its stored form) as the logo, or none. Raises NotYours."""
    with app.parts[IDENTITIES].changing([chat]):
        return await app.store.write(_set_logo, app, chat, photo or b"", by)


async def _set_logo(tx: Tx, app: App, chat: int, photo: bytes, by: int) -> Identity:
    await owners.lock(tx, app, chat, by)
    before = await load_in(tx, chat)
    if photo == before.logo:
        return before
    if before.logo:
        await media.let_go(tx, before.logo, HOLDER, chat, at=int(app.clock.now()))
    if photo:
        await media.hold(tx, photo, HOLDER, chat)
    after = msgspec.structs.replace(before, logo=photo)
    await _put(tx, chat, after)
    await owners.note(tx, app, chat, by, "logo" if photo else "logo: off")
    return after


async def _put(tx: Tx, chat: int, identity: Identity) -> None:
    await tx.run(q.PUT_IDENTITY, chat=chat, identity=_encode(identity))


def _short(value: str) -> str:
    line = " ".join(value.split()) or "off"
    return line if len(line) <= 80 else line[:79] + "…"


# ── reading what was typed ──────────────────────────────────────────────────────────────────────


def changed(identity: Identity, name: str, value: str) -> Identity:
    """The identity with one part set as somebody typed it. Raises Unfit."""
    read = _READ.get(name)
    if read is None:
        raise Unfit("no_part", name=name, names=", ".join(_READ))
    after = msgspec.structs.replace(identity, **{name: read(value)})
    if name in ("accent", "background"):
        _check_colours(after)
    return after


def _check_colours(identity: Identity) -> None:
    accent, paper = identity.accent or contrast.ACCENT, identity.background or contrast.PAPER
    least = contrast.written(contrast.LEAST)
    text = contrast.of_text(paper)
    if text < contrast.LEAST:
        raise Unfit("text_contrast", ratio=contrast.written(text), least=least)
    links = contrast.of_accent(accent, paper)
    if links < contrast.LEAST:
        raise Unfit("accent_contrast", ratio=contrast.written(links), least=least)


def _name(value: str) -> str:
    return _within(" ".join(value.split()), NAME_MAX)


def _within(value: str, most: int) -> str:
    if len(value) > most:
        raise Unfit("too_long", size=len(value), most=most)
    return value


def _colour(value: str) -> str:
    if not value.strip():
        return ""
    colour = contrast.read(value)
    if colour is None:
        raise Unfit("no_colour", value=_short(value))
    return colour


def _text(most: int) -> Any:
    def read(value: str) -> str:
        lines = (" ".join(line.split()) for line in value.splitlines())
        return _within(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), most)

    return read


def _sections(value: str) -> tuple[Section, ...]:
    """``Name #tag`` on each line, or with commas between; a name may be left out."""
    _within(value, _SECTIONS_TEXT_MAX)
    parts = [part.strip() for part in re.split(r"[\n,;]", value) if part.strip()]
    if len(parts) > SECTIONS_MAX:
        raise Unfit("many_sections", count=len(parts), most=SECTIONS_MAX)
    sections = [_section(part) for part in parts]
    tags = [fold(section.tag) for section in sections]
    twice = next((section for section in sections if tags.count(fold(section.tag)) > 1), None)
    if twice is not None:
        raise Unfit("section_twice", tag=twice.tag)
    return tuple(sections)


def _section(part: str) -> Section:
    match = _SECTION.fullmatch(part)
    if match is None or match[2].isdigit() or not fold(match[2]):
        raise Unfit("no_section", value=_short(part))
    name = _within(" ".join((match[1] or match[2]).split()), SECTION_NAME_MAX)
    return Section(name, _within(match[2], SECTION_TAG_MAX))


def sections_written(identity: Identity) -> str:
    """The sections as somebody types them, one on a line."""
    return "\n".join(f"{section.name} #{section.tag}" for section in identity.sections)


_READ: dict[str, Any] = {
    "name": _name,
    "accent": _colour,
    "background": _colour,
    "sections": _sections,
    "about": _text(ABOUT_MAX),
    "imprint": _text(IMPRINT_MAX),
}
PARTS = tuple(_READ)
"""What is set by a text, in the order in which it is shown."""
