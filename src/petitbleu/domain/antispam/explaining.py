"""The filter's reasons as sentences, in French and English, for whoever judges a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from petitbleu.domain.antispam.rules import Finding

_EN = {
    "trap": "A field that people do not see was filled in.",
    "token": "It was not sent from a form of this site.",
    "haste": "Written within {} s.",
    "links": "{} links.",
    "shortener": "A shortened link: {}.",
    "only_link": "Nothing but a link.",
    "word": "A word of the operator’s list: “{}”.",
    "language": "Another language than this site’s: {}.",
    "mixed_alphabets": "Letters of two alphabets in one word.",
    "markup": "Links written as markup.",
    "link_in_name": "A link as a name: “{}”.",
    "outside.spam": "The outside service takes it for spam.",
    "outside.discard": "The outside service takes it for the worst spam.",
    "outside.down": "The outside service did not answer.",
    "guaranteed": "A test value that is always spam.",
    "administrator": "Written by the site itself.",
    "known": "This person’s earlier texts were good.",
    "spam": "{}: mostly in spam ({} %).",
    "good": "{}: mostly in good texts ({} %).",
    "mark.word": "The word “{}”",
    "mark.pair": "The words “{}”",
    "mark.link": "A link to {}",
    "mark.ending": "A link to an address in .{}",
    "mark.links": "{} links",
    "mark.links.0": "No link",
    "mark.links.1": "One link",
    "mark.site": "The site {}",
    "mark.mail": "An address at {}",
    "mark.name": "The name “{}”",
    "mark.seconds": "Written in {} s",
    "mark.language": "The language ({})",
    "mark.length": "About {} characters",
    "mark.shape": "How it is written ({})",
    "shape.capitals": "capitals",
    "shape.markup": "markup",
    "shape.invisible": "invisible characters",
    "shape.money": "sums of money",
    "shape.shouting": "exclamation marks",
    "shape.mixed-alphabets": "two alphabets in one word",
}
_FR = {
    "trap": "Un champ que personne ne voit a été rempli.",
    "token": "Il ne vient pas d’un formulaire de ce site.",
    "haste": "Écrit en {} s.",
    "links": "{} liens.",
    "shortener": "Un lien raccourci : {}.",
    "only_link": "Rien qu’un lien.",
    "word": "Un mot de la liste de l’exploitant : « {} ».",
    "language": "Une autre langue que celles du site : {}.",
    "mixed_alphabets": "Des lettres de deux alphabets dans un mot.",
    "markup": "Des liens écrits en balises.",
    "link_in_name": "Un lien en guise de nom : « {} ».",
    "outside.spam": "Le service extérieur y voit du spam.",
    "outside.discard": "Le service extérieur y voit le pire du spam.",
    "outside.down": "Le service extérieur n’a pas répondu.",
    "guaranteed": "Une valeur d’essai, toujours du spam.",
    "administrator": "Écrit par le site lui-même.",
    "known": "Les textes précédents de cette personne étaient bons.",
    "spam": "{} : surtout dans du spam ({} %).",
    "good": "{} : surtout dans de bons textes ({} %).",
    "mark.word": "Le mot « {} »",
    "mark.pair": "Les mots « {} »",
    "mark.link": "Un lien vers {}",
    "mark.ending": "Un lien vers une adresse en .{}",
    "mark.links": "{} liens",
    "mark.links.0": "Aucun lien",
    "mark.links.1": "Un seul lien",
    "mark.site": "Le site {}",
    "mark.mail": "Une adresse chez {}",
    "mark.name": "Le nom « {} »",
    "mark.seconds": "Écrit en {} s",
    "mark.language": "La langue ({})",
    "mark.length": "Environ {} caractères",
    "mark.shape": "L’écriture ({})",
    "shape.capitals": "majuscules",
    "shape.markup": "balises",
    "shape.invisible": "caractères invisibles",
    "shape.money": "sommes d’argent",
    "shape.shouting": "points d’exclamation",
    "shape.mixed-alphabets": "deux alphabets dans un mot",
}
_TEXTS = {"en": _EN, "fr": _FR}
_FIGURE = re.compile(r"\d+")


def sentence(one: Finding, lang: str) -> str:
    """A reason in words. One that no word is known for (of a later version) stands as it is."""
    t = _TEXTS.get(lang, _EN)
    if one.name == "learnt":
        return _learnt(t, one)
    if one.name == "outside":
        answer = next((a for a in ("discard", "spam") if one.words.endswith(a)), "down")
        return t[f"outside.{answer}"]
    if one.name not in t:
        return one.words
    figure = _FIGURE.search(one.words) if one.name in ("haste", "links") else None
    return t[one.name].format(figure[0] if figure is not None else one.words)


def _learnt(t: Mapping[str, str], one: Finding) -> str:
    kind, _, value = one.words.partition(":")
    if kind == "length" and value.isdigit():
        value = str(1 << int(value))
    elif kind == "shape":
        value = t.get(f"shape.{value}", value)
    elif kind == "links" and value in ("0", "1"):
        kind = f"links.{value}"
    elif kind == "links" and value == "4":
        value = "4+"
    mark = t[f"mark.{kind}"].format(value) if f"mark.{kind}" in t else one.words
    if one.weight >= 0.5:
        return t["spam"].format(mark, round(one.weight * 100))
    return t["good"].format(mark, round((1 - one.weight) * 100))
