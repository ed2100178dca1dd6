"""What is wrong with a field of the decision form: one sentence each, in French and English."""

from __future__ import annotations

from typing import Any

from petitbleu.refusals import Refusal
from petitbleu.typography import spaced

_SAID: dict[str, tuple[str, str]] = {
    "missing.outcome": ("Choose what is decided.", "Choisissez ce qui est décidé."),
    "missing.facts": (
        "Say which facts the decision relies on, without personal data.",
        "Dites sur quels faits repose la décision, sans donnée personnelle.",
    ),
    "missing.law": (
        "Name the law and article, or the clause of the rules.",
        "Citez la loi et l’article, ou la clause des règles.",
    ),
    "missing.why": (
        "Say why that ground applies here.",
        "Dites pourquoi ce fondement s’applique ici.",
    ),
    "missing.source": (
        "Say how you came to know of it.",
        "Dites comment vous en avez eu connaissance.",
    ),
    "missing.found_by_machine": (
        "Say whether a machine found it.",
        "Dites si une machine l’a détecté.",
    ),
    "missing.decided_by_machine": (
        "Say whether a machine decided.",
        "Dites si une machine a décidé.",
    ),
    "missing.threat_to_life": (
        "Say whether anything suggests a threat to somebody’s life or safety (DSA 18).",
        "Dites si quelque chose fait craindre pour la vie ou la sécurité de quelqu’un (DSA 18).",
    ),
    "missing.threat_told": (
        "Say which authority was told, and when: DSA 18 asks for it at once.",
        "Dites quelle autorité a été avertie, et quand : le DSA (art. 18) l’exige sans délai.",
    ),
    "missing.category": ("Choose a category.", "Choisissez une catégorie."),
    "missing.measures": (
        "Choose at least one measure, or decide that nothing is to be done.",
        "Choisissez au moins une mesure, ou décidez qu’il n’y a pas lieu d’agir.",
    ),
    "missing.ground": (
        "Choose the ground: the law, or the rules.",
        "Choisissez le fondement : la loi ou les règles.",
    ),
    "missing.content_types": (
        "Say what kind of content it is.",
        "Dites de quel type de contenu il s’agit.",
    ),
    "missing.content_date": (
        "Say on which day the content was posted.",
        "Dites quel jour le contenu a été publié.",
    ),
    "missing.kind": ("Choose the measure.", "Choisissez la mesure."),
    "missing.item": (
        "Say what the measure is about: a link, an @name, a number.",
        "Dites sur quoi porte la mesure : un lien, un @nom, un numéro.",
    ),
    "missing.member": (
        "Say which member may not write.",
        "Dites quel membre ne peut plus écrire.",
    ),
    "missing.countries": ("Name the countries.", "Indiquez les pays."),
    "missing.label": ("Choose the label.", "Choisissez la mention."),
    "missing.until": (
        "Give the last day: this measure has an end.",
        "Indiquez le dernier jour : cette mesure a une fin.",
    ),
    "missing.obstacle": (
        "Choose why it cannot be carried out.",
        "Choisissez pourquoi l’exécution n’est pas possible.",
    ),
    "missing.obstacle_detail": (
        "Explain why it cannot be carried out.",
        "Expliquez pourquoi l’exécution n’est pas possible.",
    ),
    "missing.delay_clause": (
        "A letter waits only where an order says so: quote the clause.",
        "Une lettre n’attend que si une injonction le dit : citez la clause.",
    ),
    "missing.delay_until": (
        "Give the day on which secrecy ends: the letter leaves by itself then.",
        "Indiquez le jour où le secret prend fin : la lettre part alors d’elle-même.",
    ),
    "targets.why": (
        "Say after “{value}” why nothing is done about it.",
        "Dites après « {value} » pourquoi il n’y est pas donné suite.",
    ),
    "targets.twice": (
        "“{value}” is named with two outcomes.",
        "« {value} » est indiqué avec deux suites.",
    ),
    "targets.here": (
        "“{value}” is here: choose a measure, or say why it is left.",
        "« {value} » est là : choisissez une mesure, ou dites pourquoi il reste.",
    ),
    "targets.left": (
        "The order names more, which needs an outcome too: {value}.",
        "L’ordre vise davantage, qui attend aussi une suite : {value}.",
    ),
    "choice": ("“{value}” cannot be chosen here.", "« {value} » ne peut pas être choisi ici."),
    "date": ("“{value}” is no date (2026-11-25).", "« {value} » n’est pas une date (2026-11-25)."),
    "long": (
        "{length} characters; at most {most} are allowed.",
        "{length} caractères ; {most} au plus.",
    ),
    "past": (
        "“{value}” must lie between 2000-01-01 and today.",
        "« {value} » doit être entre le 2000-01-01 et aujourd’hui.",
    ),
    "future": ("“{value}” must lie in the future.", "« {value} » doit être dans l’avenir."),
    "begin": (
        "A measure begins with the decision: leave this empty or give today.",
        "Une mesure commence avec la décision : laissez vide ou indiquez aujourd’hui.",
    ),
    "measures.none": (
        "Measures are named although none is to be taken.",
        "Des mesures sont indiquées alors qu’aucune ne doit être prise.",
    ),
    "also_illegal": (
        "Only for a breach of the rules: the ground is the law already.",
        "Seulement pour une atteinte aux règles : le fondement est déjà la loi.",
    ),
    "url": (
        "Give a whole address (https://…).",
        "Donnez une adresse complète (https://…).",
    ),
    "keyword": (
        "“{value}” belongs to none of the chosen categories.",
        "« {value} » n’appartient à aucune des catégories choisies.",
    ),
    "keyword_other": (
        "Choose the keyword “other” to describe it in words.",
        "Choisissez le mot-clé « autre » pour le décrire.",
    ),
    "content_type_other": (
        "Describe the content where its type is “other”, and only then.",
        "Décrivez le contenu si son type est « autre », et seulement alors.",
    ),
    "countries": (
        "This measure applies everywhere: leave the countries empty.",
        "Cette mesure vaut partout : laissez les pays vides.",
    ),
    "close_until": (
        "An account that is closed has no end date: suspend it instead.",
        "Une fermeture n’a pas de date de fin : choisissez une suspension.",
    ),
    "machine_close": (
        "No account is closed by a machine.",
        "Aucun compte n’est fermé par une machine.",
    ),
    "unknown": (
        "Nothing and nobody here is “{value}”.",
        "Rien ni personne ici ne correspond à « {value} ».",
    ),
    "gone": (
        "“{value}” was deleted since it was filed. Its sealed copy is kept: decide without this"
        " measure.",
        "« {value} » a été supprimé depuis. Sa copie scellée est conservée : décidez sans cette"
        " mesure.",
    ),
    "gone_author": (
        "“{value}” was deleted since it was filed. Its sealed copy is kept: decide without this"
        " measure, or restrict the account {author} that wrote it.",
        "« {value} » a été supprimé depuis. Sa copie scellée est conservée : décidez sans cette"
        " mesure, ou restreignez le compte {author} qui l’a écrit.",
    ),
    "unfit": (
        "This measure does not fit “{value}”.",
        "Cette mesure ne convient pas à « {value} ».",
    ),
    "refused": ("It cannot be done. {why}", "C’est impossible. {why}"),
    "second": (
        "A second person has to agree to this.",
        "Une deuxième personne doit donner son accord.",
    ),
    "second.same": (
        "The second person must be somebody else.",
        "La deuxième personne doit être quelqu’un d’autre.",
    ),
    "outside": (
        "The order binds only in {value}: limit the measure to these countries.",
        "L’injonction ne vaut que pour {value} : limitez la mesure à ces pays.",
    ),
    "short_path": (
        "The short path is only for deceptive bulk advertising that was removed.",
        "La voie courte ne vaut que pour la publicité trompeuse en masse qui est retirée.",
    ),
    "personal": ("{finding}.", "Donnée personnelle possible : {finding}."),
    "not_order": (
        "Only an order can be impossible or refused.",
        "Seule une injonction peut être impossible ou refusée.",
    ),
    "no_contact": (
        "Nobody can be told: there is no address of the authority.",
        "Impossible d’informer l’autorité : son adresse manque.",
    ),
    "secrecy": (
        "The order forbids telling the person before {value}: the letter waits until then.",
        "L’injonction interdit d’informer la personne avant le {value} : la lettre attend"
        " jusque-là.",
    ),
    "secrecy.order": (
        "Only an order or request of an authority makes a letter wait.",
        "Seule une injonction ou une demande d’une autorité fait attendre une lettre.",
    ),
    "tell.date": (
        "A date goes with “not before” only.",
        "Une date ne va qu’avec « pas avant ».",
    ),
    "tell.permission": (
        "Under a European order the person is told only with the authority’s permission: record who"
        " gave it, when and how.",
        "Sous un ordre européen, la personne n’est informée qu’avec l’accord de l’autorité : notez"
        " qui l’a donné, quand et comment.",
    ),
    "secrecy.tco": (
        "Secrecy lasts six weeks at most, until {value}; a new decision may renew it.",
        "Le secret dure six semaines au plus, jusqu’au {value} ; une autre décision le renouvelle.",
    ),
    "template.bad": (
        "A letter cannot be written. {why}",
        "Une lettre ne peut être écrite. {why}",
    ),
    "command": (
        "This form was sent before, with other words: reload the page.",
        "Ce formulaire a déjà été envoyé, avec d’autres mots : rechargez la page.",
    ),
    "busy": (
        "The case was decided on meanwhile: look at it again.",
        "Le cas a été décidé entre-temps : regardez-le à nouveau.",
    ),
    "territory": (
        "A measure here applies everywhere: limit it to countries, or leave the territory empty.",
        "Une mesure vaut ici partout : limitez-la à des pays, ou laissez le territoire vide.",
    ),
    "warning_first": (
        "Nobody is suspended for misuse without a warning before.",
        "Nul n’est suspendu pour abus sans avertissement préalable.",
    ),
}
"""Code -> (English, French)."""

LANGUAGES = ("en", "fr")


def say(code: str, language: str, **values: Any) -> str:
    """The sentence of a code; English where the language is not French."""
    words = {
        name: one.say(language) if isinstance(one, Refusal) else one for name, one in values.items()
    }
    return spaced(language, _SAID[code][language == "fr"]).format(**words)


def codes() -> frozenset[str]:
    """All codes."""
    return frozenset(_SAID)
