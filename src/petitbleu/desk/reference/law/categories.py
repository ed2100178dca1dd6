"""Categories and keywords of notices in plain words (the list of Regulation (EU) 2024/2835).

English words are those of the EU's list (``schema/law``); French ones stand here.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from petitbleu.desk.reference.law import template
from petitbleu.typography import colon, spaced

CHILD_ABUSE = frozenset(
    {
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
        "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS",
    }
)
"""Offences of Directive 2011/93/EU, Articles 3 to 7: a notice may be anonymous (DSA 16(2)(c))."""

UNSURE = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"
_NOT_FOR_NOTICES = {"STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER", "TOTAL"}


class Choice(NamedTuple):
    """One line of the list: ``value`` is ``CATEGORY/KEYWORD`` or ``CATEGORY``."""

    value: str
    words: str


class Group(NamedTuple):
    """A category with its lines."""

    category: str
    words: str
    choices: tuple[Choice, ...]


@functools.cache
def groups(lang: str) -> tuple[Group, ...]:
    """What the form offers, in ``lang``, in the order of the EU's list, "not sure" last."""
    found: list[Group] = []
    for category, words, keywords in template.categories():
        if category in _NOT_FOR_NOTICES or category == UNSURE:
            continue
        choices = [
            Choice(f"{category}/{keyword}", _words(lang, keyword, text))
            for keyword, text in keywords
        ]
        found.append(Group(category, _words(lang, category, words), tuple(choices)))
    return tuple(found)


@functools.cache
def values() -> frozenset[str]:
    """All that the form may send."""
    listed = [choice.value for group in groups("en") for choice in group.choices]
    return frozenset([UNSURE, *listed])


def words(lang: str, value: str) -> str:
    """A chosen value in words."""
    if value == UNSURE:
        return _UNSURE[lang]
    for group in groups(lang):
        for choice in group.choices:
            if choice.value == value:
                return f"{group.words}{colon(lang)}{choice.words}"
    return value


def split(value: str) -> tuple[str, str]:
    """``CATEGORY/KEYWORD`` as both."""
    category, _, keyword = value.partition("/")
    return category, keyword


def _words(lang: str, key: str, english: str) -> str:
    if key == "KEYWORD_OTHER":
        return _OTHER[lang]
    return spaced("fr", _FRENCH[key]) if lang == "fr" else english


_OTHER = {"en": "Something else of this kind", "fr": "Autre chose de ce genre"}
_UNSURE = {"en": "I am not sure", "fr": "Je ne sais pas"}

_FRENCH = {
    "STATEMENT_CATEGORY_ANIMAL_WELFARE": "Bien-être des animaux",
    "KEYWORD_ANIMAL_HARM": "Maltraitance d’animaux",
    "KEYWORD_UNLAWFUL_SALE_ANIMALS": "Vente illégale d’animaux",
    "STATEMENT_CATEGORY_CONSUMER_INFORMATION": "Information des consommateurs",
    "KEYWORD_HIDDEN_ADVERTISEMENT": "Publicité cachée, y compris par des influenceurs",
    "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS": "Vendeur mal identifié",
    "KEYWORD_MISLEADING_INFO_GOODS_SERVICES": "Description trompeuse d’un produit ou d’un service",
    "KEYWORD_MISLEADING_INFO_CONSUMER_RIGHTS": "Information trompeuse sur vos droits",
    "KEYWORD_NONCOMPLIANCE_PRICING": "Affichage illégal des prix",
    "STATEMENT_CATEGORY_CYBER_VIOLENCE": "Violence en ligne",
    "KEYWORD_CYBER_BULLYING_INTIMIDATION": "Intimidation, humiliation en ligne",
    "KEYWORD_CYBER_HARASSMENT": "Harcèlement en ligne",
    "KEYWORD_CYBER_INCITEMENT": "Appel à la haine ou à la violence en ligne",
    "KEYWORD_CYBER_STALKING": "Traque, surveillance en ligne",
    "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING": "Images intimes diffusées sans accord (adultes)",
    "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE": "Images truquées d’une personne, sans son accord"
    " (adultes)",
    "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN": "Violence en ligne contre les femmes",
    "KEYWORD_BULLYING_AGAINST_GIRLS": "Intimidation, humiliation de filles",
    "KEYWORD_CYBER_HARASSMENT_AGAINST_WOMEN": "Harcèlement de femmes",
    "KEYWORD_CYBER_STALKING_AGAINST_WOMEN": "Traque, surveillance de femmes",
    "KEYWORD_FEMALE_GENDERED_DISINFORMATION": "Désinformation visant les femmes",
    "KEYWORD_INCITEMENT_AGAINST_WOMEN": "Appel à la haine ou à la violence contre les femmes",
    "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN": "Images intimes de femmes diffusées sans"
    " accord (adultes)",
    "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN": "Images truquées de femmes, sans leur"
    " accord (adultes)",
    "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": "Vie privée et données"
    " personnelles",
    "KEYWORD_BIOMETRIC_DATA_BREACH": "Fuite de données biométriques",
    "KEYWORD_DATA_FALSIFICATION": "Falsification de données",
    "KEYWORD_MISSING_PROCESSING_GROUND": "Données publiées ou utilisées sans en avoir le droit",
    "KEYWORD_RIGHT_TO_BE_FORGOTTEN": "Droit à l’oubli",
    "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH": "Propos illégaux ou nuisibles",
    "KEYWORD_DEFAMATION": "Diffamation, injure",
    "KEYWORD_DISCRIMINATION": "Discrimination",
    "KEYWORD_HATE_SPEECH": "Appel à la haine ou à la violence (origine, religion, orientation…)",
    "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS": "Propriété intellectuelle",
    "KEYWORD_COPYRIGHT_INFRINGEMENT": "Droit d’auteur",
    "KEYWORD_DESIGN_INFRINGEMENT": "Dessins et modèles",
    "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT": "Indications géographiques (appellations)",
    "KEYWORD_PATENT_INFRINGEMENT": "Brevets",
    "KEYWORD_TRADE_SECRET_INFRINGEMENT": "Secrets d’affaires",
    "KEYWORD_TRADEMARK_INFRINGEMENT": "Marques, contrefaçon",
    "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS": "Débat public et"
    " élections",
    "KEYWORD_MISINFORMATION_DISINFORMATION": "Désinformation, manipulation de l’information",
    "KEYWORD_VIOLATION_EU_LAW": "Infraction au droit électoral européen",
    "KEYWORD_VIOLATION_NATIONAL_LAW": "Infraction au droit électoral national",
    "STATEMENT_CATEGORY_PROTECTION_OF_MINORS": "Protection des enfants",
    "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS": "Contenu interdit aux mineurs et accessible à eux",
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL": "Abus sexuels d’enfants : images, vidéos, textes",
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE": "Abus sexuels d’enfants : images truquées ou"
    " générées",
    "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS": "Sollicitation sexuelle d’un enfant",
    "KEYWORD_UNSAFE_CHALLENGES": "Défis dangereux",
    "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY": "Sécurité publique",
    "KEYWORD_ILLEGAL_ORGANIZATIONS": "Organisations interdites",
    "KEYWORD_RISK_ENVIRONMENTAL_DAMAGE": "Danger pour l’environnement",
    "KEYWORD_RISK_PUBLIC_HEALTH": "Danger pour la santé publique",
    "KEYWORD_TERRORIST_CONTENT": "Terrorisme",
    "STATEMENT_CATEGORY_SCAMS_AND_FRAUD": "Arnaques et fraudes",
    "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING": "Usurpation d’identité, vol de compte",
    "KEYWORD_INAUTHENTIC_ACCOUNTS": "Faux comptes",
    "KEYWORD_INAUTHENTIC_LISTINGS": "Fausses annonces",
    "KEYWORD_INAUTHENTIC_USER_REVIEWS": "Faux avis",
    "KEYWORD_PHISHING": "Hameçonnage (vol d’identifiants)",
    "KEYWORD_PYRAMID_SCHEMES": "Vente pyramidale",
    "STATEMENT_CATEGORY_SELF_HARM": "Mise en danger de soi",
    "KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS": "Incitation à l’anorexie ou à la boulimie",
    "KEYWORD_SELF_MUTILATION": "Automutilation",
    "KEYWORD_SUICIDE": "Suicide",
    "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS": "Produits dangereux ou interdits",
    "KEYWORD_PROHIBITED_PRODUCTS": "Produits interdits ou réglementés (stupéfiants, armes…)",
    "KEYWORD_UNSAFE_PRODUCTS": "Produits dangereux ou non conformes",
    "STATEMENT_CATEGORY_VIOLENCE": "Violence",
    "KEYWORD_COORDINATED_HARM": "Actions concertées pour nuire",
    "KEYWORD_INCITEMENT_VIOLENCE_HATRED": "Appel général à la violence ou à la haine",
    "KEYWORD_HUMAN_EXPLOITATION": "Exploitation d’êtres humains",
    "KEYWORD_HUMAN_TRAFFICKING": "Traite d’êtres humains",
    "KEYWORD_TRAFFICKING_WOMEN_GIRLS": "Traite de femmes et de filles",
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC": "Règles de ce service",
    "KEYWORD_ADULT_SEXUAL_MATERIAL": "Contenu sexuel (adultes)",
    "KEYWORD_AGE_SPECIFIC_RESTRICTIONS": "Contenu soumis à une limite d’âge",
    "KEYWORD_GEOGRAPHICAL_REQUIREMENTS": "Règles propres à un pays",
    "KEYWORD_GOODS_SERVICES_NOT_PERMITTED": "Biens ou services non admis ici",
    "KEYWORD_LANGUAGE_REQUIREMENTS": "Règles de langue",
    "KEYWORD_NUDITY": "Nudité",
}
