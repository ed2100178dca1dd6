"""“Page publique”: owners see and switch the page of their channel in the service chat."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu import acts
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import INFO
from petitbleu.domain.messaging.second_reader import service as second_reader
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.pages import commands_articles as articles
from petitbleu.domain.publishing.pages import commands_identity as identity
from petitbleu.domain.publishing.pages import service, texts
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.switches import Switches
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said, plain
from petitbleu.errors import Fault

__all__ = ["articles", "page"]  # imported to be registered

LISTED = 30
_ON = frozenset({"on", "oui", "yes", "activer", "active", "activée", "an", "ein", "ja"})
_OFF = frozenset({"off", "non", "no", "désactiver", "desactiver", "désactivée", "aus", "nein"})
_SWITCHES = {
    "index": "robots",
    "ia": "ai",
    "embed": "frames",
    "cadres": "frames",
    "partage": "share",
    "commentaires": "comments",
    "days": "comments_days",
    "jours": "comments_days",
    "charte": "charter",
    "images": "pictures",
    "bilder": "pictures",
    "abonnés": "members",
    "abonnes": "members",
    "subscribers": "members",
    "presse": "press",
    "infolettre": "newsletter",
    "rundbrief": "newsletter",
    "historique": "history",
    "versions": "history",
    "verlauf": "history",
    "langue": "language",
    "teilen": "share",
    "kommentare": "comments",
    "tage": "comments_days",
    "regeln": "charter",
    "abonnenten": "members",
    "sprache": "language",
}
"""What else switches are called."""
_VALUES = {
    "fermés": "closed",
    "fermé": "closed",
    "membres": "members",
    "retenus": "held",
    "modérés": "held",
    "libres": "direct",
    "directs": "direct",
    "ouverts": "open",
    "habituel": "usual",
    "geschlossen": "closed",
    "mitglieder": "members",
    "freigabe": "held",
    "direkt": "direct",
    "offen": "open",
    "üblich": "usual",
}
"""What else values of ``comments`` are called."""
_EMPTY = frozenset({"off", "none", "aucune", "aus", "keine"})
_SECOND = frozenset({"second", "relecture", "zweite"})
_POST = frozenset({"post", "publication", "beitrag"})
_ALT = frozenset({"alt", "picture", "image", "photo", "bild"})


@servicechat.command("page", texts=texts.TEXTS)
async def page(app: App, said: Said) -> str:
    """Answer what was said; every change leaves things as asked, however often it is made."""
    if not said.words or said.rest.casefold() in ("publique", "public"):
        return await _all(app, said)
    name, *wanted = said.words
    name = name.rstrip("/").rpartition("/")[2].removeprefix("@")
    row = await _mine(app, said.account, name)
    if row is None:
        return texts.say(said.lang, "not_yours").format(name=plain(name, 32))
    if not wanted:
        return await _stands(app, said, row)
    act = acts.Act("chat.page", f"person:{said.account}", subject=f"chat:{row.id}")
    try:
        return await _change(acts.performing(app, act), said, row, wanted)
    except service.NotYours as refused:
        return texts.say(said.lang, refused.key).format(name=plain(name, 32))


async def _change(app: App, said: Said, row: ChatRow, wanted: Sequence[str]) -> str:
    """Raises NotYours: what this person may do is read again where the change is made."""
    first = wanted[0].casefold()
    if len(wanted) == 1 and first in _ON | _OFF:
        return await _switch_page(app, said, row, first in _ON)
    if identity.is_about(first):
        return await identity.answer(app, said, row, wanted)
    if first in _SECOND and len(wanted) == 2 and wanted[1].casefold() in _ON | _OFF:
        return await _second_reader(app, said, row, wanted[1].casefold() in _ON)
    if first in _POST:
        return await _rule(app, said, row, wanted[1:])
    if first in _ALT:
        return await _alt(app, said, row, wanted[1:])
    return await _set(app, said, row, wanted)


# ── whose channels ──────────────────────────────────────────────────────────────────────────────


async def _channels(app: App, account: int) -> list[ChatRow]:
    """The channels somebody may change the looks of; those with a page first, then by title."""
    inside = await members.channels_of(app.store, account)
    rows = await chats.get_many(app, inside)
    mine = await members.of_chats(app, account, rows)
    now = app.clock.now()
    channels = [
        row
        for row in rows.values()
        if row.kind == chats.CHANNEL
        and not chats.dead(row)
        and members.may(row, mine.get(row.id), INFO, now)
    ]
    return sorted(channels, key=lambda row: (row.username is None, row.title.casefold(), row.id))


async def _mine(app: App, account: int, name: str) -> ChatRow | None:
    """The channel of a public name, for who may change how it looks; None for everybody else."""
    peer = await usernames.resolve(app.store, name) if len(name) <= 32 else None
    row = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if row is None or row.kind != chats.CHANNEL or chats.dead(row):
        return None
    member = await members.load_member(app, row.id, account)
    return row if members.may(row, member, INFO, app.clock.now()) else None


# ── showing ─────────────────────────────────────────────────────────────────────────────────────


async def _all(app: App, said: Said) -> str:
    rows = await _channels(app, said.account)
    if not rows:
        return texts.say(said.lang, "none")
    lines = [await _line(app, said.lang, row) for row in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(texts.say(said.lang, "more"))
    return texts.say(said.lang, "list").format(channels="\n".join(lines))


async def _line(app: App, lang: str, row: ChatRow) -> str:
    if row.username is None:
        return texts.say(lang, "nameless").format(title=plain(row.title))
    stands = await service.settings(app, row.id)
    return texts.say(lang, "listed").format(
        title=plain(row.title),
        name=row.username,
        state=texts.state(lang, stands.state),
        address=service.address(app, row),
    )


async def _stands(app: App, said: Said, row: ChatRow) -> str:
    lang, (state, switches) = said.lang, await service.settings(app, row.id)
    lines = [
        texts.say(lang, "switch").format(
            name=name, value=_written(lang, name, switches), values=values
        )
        for name, values in texts.VALUES[lang].items()
    ]
    if switches.official:
        lines.append(texts.say(lang, "official").format(who=plain(switches.official, 100)))
    rules = await comments.rules_of(app, row.id)
    if rules:
        listed = ", ".join(
            f"{post} ({texts.value(lang, 'post', rule)})"
            for post, rule in sorted(rules.items())[-20:]
        )
        lines.append(texts.say(lang, "posts").format(posts=listed))
    asked = await _asked(app, said, row)
    if asked:
        lines.append("\n" + asked)
    if state != service.ON and row.username is not None:
        preview = service.preview(app, row)
        lines.append("\n" + texts.say(lang, "preview").format(address=preview))
    return texts.say(lang, "stands").format(
        title=plain(row.title),
        name=row.username,
        state=texts.state(lang, state),
        address=service.address(app, row),
        switches="\n".join(lines),
    )


def _written(lang: str, name: str, switches: Switches) -> str:
    """A switch as people type it."""
    value = getattr(switches, name)
    if name == "share" and value == service.SHARES:
        return texts.value(lang, name, "all")
    if name == "frames" and value == ("*",):
        return texts.value(lang, name, "any")
    if name == "language" and not value:
        return texts.value(lang, name, "auto")
    if name == "comments_days" and not value:
        return texts.say(lang, "never")
    if name == "charter" and value:
        return plain(value, 400)
    return texts.value(lang, name, plain(switching.written(value), 400))


# ── changing ────────────────────────────────────────────────────────────────────────────────────


async def _switch_page(app: App, said: Said, row: ChatRow, shown: bool) -> str:
    try:
        state = await service.set_shown(app, row.id, shown, by=said.account)
    except service.CannotShow as refused:
        return texts.say(said.lang, refused.key)
    return texts.say(said.lang, f"now.{state}").format(
        title=plain(row.title), address=service.address(app, row)
    )


def _pairs(wanted: Sequence[str]) -> list[tuple[str, str]] | None:
    """Switches and values as they were typed, ``a=b c=d`` or ``a b``; None: neither."""
    first = wanted[0].partition("=")[0].casefold()
    if _SWITCHES.get(first, first) == "charter":  # the rest is the text
        text = " ".join(wanted)[len(first) :].removeprefix("=").strip()
        return [("charter", text)] if text else None
    if all("=" in word for word in wanted):
        split = [word.partition("=") for word in wanted]
        return [(name.casefold(), value) for name, _, value in split]
    if "=" not in first and len(wanted) > 1:
        return [(first, "".join(wanted[1:]))]
    return None


async def _set(app: App, said: Said, row: ChatRow, wanted: Sequence[str]) -> str:
    lang, known = said.lang, texts.VALUES[said.lang]
    pairs = _pairs(wanted)
    if pairs is None:
        return texts.say(lang, "how").format(name=row.username)
    told = []
    for typed, value in pairs:
        name = _SWITCHES.get(typed, typed)
        if name not in known:
            names = ", ".join(known)
            told.append(texts.say(lang, "no_switch").format(name=plain(typed, 32), names=names))
            continue
        try:
            changed = await service.set_switch(
                app, row.id, name, _value(lang, name, value), by=said.account
            )
        except service.Invalid:
            told.append(
                texts.say(lang, "bad_value").format(
                    value=plain(value), name=name, values=known[name]
                )
            )
            continue
        now = _written(lang, name, changed)
        told.append(texts.say(lang, "set").format(title=plain(row.title), name=name, value=now))
    return "\n".join(told)


def _value(lang: str, name: str, typed: str) -> str:
    """What people type, in their language or in English, as the switch takes it."""
    typed = texts.read_value(lang, name, typed) or typed
    low = typed.casefold()
    if name == "charter":
        return "" if low in _EMPTY else typed
    if name == "comments":
        return _VALUES.get(low, low)
    return typed if name == "frames" else low


async def _second_reader(app: App, said: Said, row: ChatRow, on: bool) -> str:
    """``second on``: nobody publishes alone any more."""
    try:
        await second_reader.set_demanded(app, Actor(said.account), row.id, on=on)
    except Fault:
        raise service.NotYours("not_owner") from None
    key = "second_on" if on else "second_off"
    return texts.say(said.lang, key).format(title=plain(row.title))


async def _rule(app: App, said: Said, row: ChatRow, wanted: Sequence[str]) -> str:
    """``post NUMBER RULE``; the number may be the link of the post."""
    lang = said.lang
    if len(wanted) != 2:
        return texts.say(lang, "how").format(name=row.username)
    typed, rule = wanted[0].rpartition("/")[2], wanted[1].casefold()
    post = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    rule = texts.read_value(lang, "post", rule) or _VALUES.get(rule, rule)
    if rule not in (comments.USUAL, *comments.RULES):
        return texts.say(lang, "bad_rule").format(value=plain(rule))
    try:
        await comments.set_rule(app, row.id, post, rule, by=said.account)
    except comments.InvalidRule:
        return texts.say(lang, "no_post").format(title=plain(row.title), post=plain(typed, 12))
    return texts.say(lang, "ruled").format(
        title=plain(row.title), post=post, rule=texts.value(lang, "post", rule)
    )


async def _alt(app: App, said: Said, row: ChatRow, wanted: Sequence[str]) -> str:
    """``alt NUMBER TEXT``, ``alt NUMBER off``; alone: which pictures have no description."""
    lang, title = said.lang, plain(row.title)
    if not wanted:
        return await _asked(app, said, row) or texts.say(lang, "alt_all").format(title=title)
    typed, text = wanted[0].rpartition("/")[2], " ".join(wanted[1:])
    message = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    if not text:
        return texts.say(lang, "alt_how").format(name=row.username, post=plain(typed, 12))
    if len(text) > service.MAX_CHARACTERS:
        return texts.say(lang, "alt_long").format(most=service.MAX_CHARACTERS, size=len(text))
    text = "" if text.casefold() in _EMPTY else text
    try:
        said_now = await service.describe(app, row.id, message, text, by=said.account)
    except service.NoPicture:
        return texts.say(lang, "no_picture").format(title=title, post=plain(typed, 12))
    except service.EditWaits:
        return texts.say(lang, "alt_taken").format(title=title, post=message)
    if not said_now:
        return texts.say(lang, "alt_waits").format(title=title, post=message)
    told = texts.say(lang, "alt_set" if text else "alt_off").format(title=title, post=message)
    return "\n\n".join(one for one in (told, await _asked(app, said, row)) if one)


async def _asked(app: App, said: Said, row: ChatRow) -> str:
    """A request for the descriptions that are missing; empty: none is."""
    missing = await service.undescribed(app, row)
    if not missing:
        return ""
    posts = ", ".join(map(str, missing))
    return texts.say(said.lang, "alt_missing").format(
        name=row.username, posts=posts, one=missing[0]
    )
