"""What owners say about their newspaper in the service chat: name, logo, colours, sections, texts,
and its own domain. They come by “page @name …” (``commands.py``)."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.publishing.pages import alts, domains, identity, texts, verifying
from petitbleu.domain.publishing.pages.identity import Identity, Unfit
from petitbleu.domain.publishing.pages.verifying import Outcome
from petitbleu.domain.servicechat.service import Said, plain

_PARTS = {
    "name": "name",
    "nom": "name",
    "titel": "name",
    "accent": "accent",
    "akzent": "accent",
    "background": "background",
    "fond": "background",
    "hintergrund": "background",
    "sections": "sections",
    "rubriques": "sections",
    "ressorts": "sections",
    "about": "about",
    "apropos": "about",
    "propos": "about",
    "überuns": "about",
    "imprint": "imprint",
    "mentions": "imprint",
    "impressum": "imprint",
}
"""What people call the parts that are set by a text."""
_LOGO, _DOMAIN = frozenset({"logo"}), frozenset({"domain", "domaine"})
_ALL = frozenset({"identity", "identité", "identite", "auftritt"})
_OFF = frozenset({"off", "none", "aucun", "aucune", "aus", "non"})
_CHECK = frozenset({"check", "verifier", "vérifier", "prüfen", "pruefen"})
_SHOWN = 200
"""Characters of a text that are repeated."""


def is_about(word: str) -> bool:
    """Whether a word after “page @name” is answered here."""
    return word in _PARTS or word in _LOGO | _DOMAIN | _ALL


async def answer(app: App, said: Said, row: ChatRow, wanted: Sequence[str]) -> str:
    """Do what was said, and say what stands then. Raises NotYours."""
    word, value = wanted[0].casefold(), _behind(said.text, wanted[0])
    try:
        if word in _DOMAIN:
            return await _domain(app, said, row, wanted[1:])
        if word in _LOGO:
            return await _logo(app, said, row, value)
        if word in _ALL or not value:
            return await _stands(app, said, row)
        name = _PARTS[word]
        value = "" if value.casefold() in _OFF else value
        now = await identity.set_value(app, row.id, name, value, by=said.account)
    except Unfit as unfit:
        return texts.of_identity(said.lang, unfit.key).format(**unfit.values)
    return _set(said, row, _part(said.lang, now, name))


def _behind(text: str, word: str) -> str:
    """What was written behind a word, with its lines."""
    return text.partition(word)[2].lstrip("= ").strip()


def _set(said: Said, row: ChatRow, part: str) -> str:
    words = texts.of_identity(said.lang, "set")
    return words.format(title=plain(row.title), part=part)


def _part(lang: str, now: Identity, name: str) -> str:
    if name == "logo":
        value = texts.of_identity(lang, "there") if now.logo else ""
    elif name == "sections":
        value = plain(identity.sections_written(now).replace("\n", ", "), 4 * _SHOWN)
    else:
        value = plain(str(getattr(now, name)), _SHOWN)
    value = value or texts.of_identity(lang, "nothing")
    return texts.of_identity(lang, f"part.{name}").format(value=value)


async def _stands(app: App, said: Said, row: ChatRow) -> str:
    now, claim = await identity.load(app, row.id), await domains.claim(app, row.id)
    parts = "\n".join(_part(said.lang, now, name) for name in ("logo", *identity.PARTS))
    key = "domain_none" if claim is None else "domain_asked"
    key = "domain_verified" if claim is not None and claim.verified else key
    return texts.of_identity(said.lang, "stands").format(
        title=plain(row.title),
        name=row.username,
        parts=parts,
        domain=_of_domain(said, row, key, claim),
    )


async def _logo(app: App, said: Said, row: ChatRow, value: str) -> str:
    """``logo NUMBER``: the picture of a post; the number may be the link of the post."""
    if value.casefold() in _OFF:
        photo = None
    else:
        typed = value.rpartition("/")[2]
        post = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        try:
            photo = await alts.load_picture(app, row.id, post)
        except alts.NoPicture:
            return texts.of_identity(said.lang, "no_picture").format(name=row.username)
    now = await identity.set_logo(app, row.id, photo, by=said.account)
    return _set(said, row, _part(said.lang, now, "logo"))


async def _domain(app: App, said: Said, row: ChatRow, wanted: Sequence[str]) -> str:
    word = wanted[0].casefold() if wanted else ""
    if word in _OFF:
        await domains.give_up(app, row.id, by=said.account)
        return texts.of_identity(said.lang, "domain_none")
    if word in _CHECK:
        outcome = await verifying.check(app, row.id, by=said.account)
        claim = await domains.claim(app, row.id)
        return _of_domain(said, row, outcome.value, claim)
    if word:
        claim = await domains.ask(app, row.id, wanted[0], by=said.account)
    else:
        claim = await domains.claim(app, row.id)
    if claim is None:
        return texts.of_identity(said.lang, Outcome.NONE.value)
    key = Outcome.VERIFIED.value if claim.verified else "domain_asked"
    return _of_domain(said, row, key, claim)


def _of_domain(said: Said, row: ChatRow, key: str, claim: domains.Claim | None) -> str:
    words = texts.of_identity(said.lang, key)
    if claim is None:
        return words
    return words.format(
        title=plain(row.title),
        name=row.username,
        domain=claim.domain,
        record=claim.record,
        value=claim.value,
        file=claim.file,
    )
