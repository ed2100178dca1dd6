"""Texts of the channel that :mod:`gazette` fills: plain ones, and ones with entities of all kinds.

A rich text is made of pieces: a string, or ``(kind, *pieces)`` where kind makes an entity of an
offset and a length in UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telethon import types as t

Made = tuple[str, list[Any]]


def rich(*pieces: Any) -> Made:
    """Text and entities of the pieces, one after another."""
    text, entities = "", []
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        kind, *inside = piece
        start = units(text)
        inner, more = rich(*inside)
        text += inner
        entities.append(kind(start, units(inner)))
        for one in more:
            one.offset += start
            entities.append(one)
    return text, entities


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def link(url: str) -> Callable[[int, int], Any]:
    """A kind: words that lead to ``url``."""
    return lambda offset, length: t.MessageEntityTextUrl(offset, length, url)


def code(language: str) -> Callable[[int, int], Any]:
    """A kind: a block of code."""
    return lambda offset, length: t.MessageEntityPre(offset, length, language)


def folded(offset: int, length: int) -> Any:
    """A kind: a long quote that clients fold."""
    return t.MessageEntityBlockquote(offset, length, collapsed=True)


def emoji(document: int) -> Callable[[int, int], Any]:
    """A kind: a custom emoji."""
    return lambda offset, length: t.MessageEntityCustomEmoji(offset, length, document)


BOLD, ITALIC = t.MessageEntityBold, t.MessageEntityItalic
UNDER, STRIKE = t.MessageEntityUnderline, t.MessageEntityStrike
CODE, SPOILER, QUOTE = t.MessageEntityCode, t.MessageEntitySpoiler, t.MessageEntityBlockquote


def person(user: Any) -> Callable[[int, int], Any]:
    """A kind: somebody by name."""
    return lambda offset, length: t.InputMessageEntityMentionName(offset, length, user)


def rich_posts(user: Any, document: int) -> dict[str, Made]:
    """What is shown -> a text that shows it."""
    return {
        "styles": rich(
            (BOLD, "Conseil municipal : ce qui change au 1er janvier."),
            "\n\nLe budget 2027 est voté. En bref :\n– ",
            (BOLD, "écoles"), " : douze chantiers, dont ", (ITALIC, "trois cantines neuves"),
            " ;\n– ",
            (UNDER, "transports"), " : une ligne de nuit le vendredi et le samedi ;\n",
            "– taxe foncière : ",
            (STRIKE, "+ 2,1 %"), " taux inchangé.\n\nLe compte rendu est ",
            (link("https://www.example.org/conseil/2026-11"), "en ligne"),
            ". #Budget #ConseilMunicipal",
        ),
        "nested": rich(
            "Un passage ", (BOLD, "en gras, ", (ITALIC, "en gras et italique, ",
            (UNDER, "souligné aussi"))),
            ", puis ", (link("https://www.example.org/a?b=1&c=2"), "un lien ", (BOLD, "en gras")),
            ", et ", (STRIKE, (SPOILER, "un secret barré")), ".",
        ),
        "code": rich(
            "Les données ouvertes se lisent ainsi, avec ", (CODE, "httpx"), " :\n",
            (code("python"),
             "import httpx\n\nlignes = httpx.get('https://data.example.org/bus.json').json()\n"
             "for ligne in sorted(lignes, key=lambda une: une['numero']):\n"
             "    print(ligne['numero'], ligne['nom'], 'prochain passage :', ligne['passage'])"),
            "\nou en une ligne :\n", (code(""), "curl -s https://data.example.org/bus.json | jq"),
            "\n#OpenData",
        ),
        "links": rich(
            "Adresses utiles : https://www.example.org/demarches, sete.example/agenda, écrire à "
            "contact@example.org, appeler le +33 4 67 00 00 00. Suivez aussi @region_sud et "
            "@inconnu, la commande /horaires@bus, le cours $ABC, et ", (person(user), "Zoé Martin"),
            ".\nUne adresse sans fin : https://www.example.org/" + "tres/longue/adresse/" * 8,
        ),
        "quote": rich(
            "Le maire a déclaré :\n",
            (QUOTE, "Ce port est notre histoire. Nous n’en vendrons pas un mètre de quai."),
            "\nL’opposition, elle, demande à voir.",
        ),
        "folded": rich(
            "Extrait du règlement :\n",
            (folded, "\n".join(
                f"Article {n}. Les usagers respectent les horaires affichés et les consignes "
                "de sécurité, dans l’intérêt de tous." for n in range(1, 9))),
            "\nLe texte complet est à l’accueil.",
        ),
        "spoiler": rich("Finale de joute, résultat : ", (SPOILER, "les bleus, 4 à 3"), ". Bravo !"),
        "emoji": rich("Merci ", (emoji(document), "🎉"), " à tous les bénévoles ", "👏", "."),
        "foreign": rich(
            "مرحبا بكم في المدينة. اقرأ الدليل: ", (BOLD, "دليل السكان"), " \u202egpj.exe (1)"
        ),
        "markup": rich("<script>alert(1)</script> & <b>pas du gras</b> {{ 7 * 7 }} <img src=x>"),
        "word": rich("Unmotsansfin" * 60),
    }  # fmt: skip


PLAIN = (
    "Travaux rue Gambetta : circulation alternée jusqu’à vendredi, de 9 h à 16 h. #Voirie",
    "La médiathèque ouvre le dimanche à partir du 6 décembre.\nEntrée libre, sans inscription. "
    "#Culture",
    "Marché des Halles : stationnement gratuit jusqu’à midi ce mercredi.",
    "Alerte météo : vent fort attendu cette nuit. Les parcs et les jetées sont fermés de 20 h à "
    "8 h. Restez prudents, et rentrez ce qui peut s’envoler. #Météo",
    "Collecte des encombrants : prenez rendez-vous avant jeudi.",
    "Le conseil de quartier se réunit mardi à 18 h 30, salle Brassens.\n\nÀ l’ordre du jour :\n"
    "1. la place du Pouffre ;\n2. les pistes cyclables ;\n3. les questions des habitants.\n\n"
    "La réunion est ouverte à tous et filmée. #Quartiers",
    "Piscine : le bassin extérieur rouvre. 28 °C. 🏊",
    "La ligne 3 est déviée par le quai de Bosc, en raison d’une fuite d’eau. #Transports",
)
