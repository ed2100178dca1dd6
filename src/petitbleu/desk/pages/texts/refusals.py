"""Why something cannot be done, in French: rooms say it in English, in one sentence.

``{}`` stands for what changes. Sentences that only another program can cause are left out.
"""

from __future__ import annotations

import re
from functools import cache

from petitbleu.typography import spaced

_WRITTEN = {
    "the directory has no telephone number of this authority to call back": (
        "L’annuaire n’a pas de numéro de téléphone de cette autorité à rappeler."
    ),
    "say with whom you spoke": "Dites à qui vous avez parlé.",
    "say who issued the order": "Dites qui a rendu l’ordre.",
    "“{}” is no date": "« {} » n’est pas une date.",
    "there is no case {}": "Il n’y a pas de cas {}.",
    "data are given under an order to provide information only": (
        "Des données ne sont données qu’en vertu d’une injonction de fournir des informations."
    ),
    "choose the fields that the order names; none is chosen by itself": (
        "Choisissez les champs que l’ordre nomme ; aucun n’est choisi d’office."
    ),
    "there is no field {}": "Il n’y a pas de champ {}.",
    "a field is named twice": "Un champ est nommé deux fois.",
    "the period must begin before it ends": "La période doit commencer avant de finir.",
    "say why these fields and this period are enough": (
        "Dites pourquoi ces champs et cette période suffisent."
    ),
    "traffic and content data need a recorded order of a judge or court": (
        "Les données de trafic et de contenu exigent l’ordre, noté ici, d’un juge ou d’une"
        " juridiction."
    ),
    "this kind of case has no emergency disclosure": (
        "Cette sorte de cas ne connaît pas de divulgation d’urgence."
    ),
    "content is never given before a second person has signed": (
        "Un contenu n’est jamais donné avant la signature d’une seconde personne."
    ),
    "call the directory's number back first, and record it": (
        "Rappelez d’abord le numéro de l’annuaire, et notez-le."
    ),
    "there is no such account": "Ce compte n’existe pas.",
    "this is no age key: {}": "Ce n’est pas une clé age ({}).",
    "this disclosure was made already, or never proposed": (
        "Cette divulgation est déjà préparée, ou n’a jamais été proposée."
    ),
    "somebody else made this disclosure meanwhile": (
        "Quelqu’un d’autre a préparé cette divulgation entre-temps."
    ),
    "a hold is of {}": "On peut conserver : {}.",
    "a hold has an end, in the future and within 400 days": (
        "Une conservation a une fin, à venir et dans les 400 jours."
    ),
    "a hold needs its reason": "Une conservation a un motif.",
    "none of these messages is there any more": "Aucun de ces messages n’est plus là.",
    "there is no such group or channel": "Ce groupe ou canal n’existe pas.",
    "that hold has ended, or never was": "Cette conservation a pris fin, ou n’a jamais été.",
    "a renewal ends later than the hold, and within 400 days": (
        "Une prolongation finit après la conservation, et dans les 400 jours."
    ),
    "there is no such hold": "Cette conservation n’existe pas.",
    "there is no complaint {}": "Il n’y a pas de contestation {}.",
    "an outcome is one of {}": "L’issue est une de celles-ci : {}.",
    "say why: the complainant reads it": "Dites pourquoi : la personne le lira.",
    "{} is decided already": "{} est déjà tranché.",
    "nothing was done that could be reversed: choose change, and what to do": (
        "Rien n’a été fait qui puisse être infirmé : choisissez de changer, et quoi faire."
    ),
    "to change a decision, fill in the one that takes its place": (
        "Pour changer une décision, remplissez celle qui prend sa place."
    ),
    "the letter cannot be written: {}": "La lettre ne peut être écrite : {}.",
    "somebody else was faster: look at the case again": (
        "Quelqu’un d’autre a été plus rapide : revoyez le cas."
    ),
    "write something, {} characters at most": "Écrivez quelque chose, en {} caractères au plus.",
    "this case is no open complaint": "Ce cas n’est pas une contestation ouverte.",
    "there is no such decision": "Cette décision n’existe pas.",
    "this decision does not stand any more": "Cette décision ne vaut plus.",
    "nobody whom this decision concerns writes from that address: send them the link of the"
    " decision, or ask who they are": (
        "Personne que cette décision concerne n’écrit de cette adresse : envoyez le lien de la"
        " décision, ou demandez qui c’est."
    ),
    "the six months for a complaint are over": "Les six mois pour contester sont passés.",
    "they complained about it already: {}": "Cette personne l’a déjà contestée : {}.",
    "this complaint is bound to a decision already": (
        "Cette contestation est déjà liée à une décision."
    ),
    "this complaint is decided already": "Cette contestation est déjà tranchée.",
}
FRENCH = {english: spaced("fr", french) for english, french in _WRITTEN.items()}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.escape(english).replace(r"\{\}", "(.*)"), re.DOTALL), french)
        for english, french in FRENCH.items()
    ]


def refusal(error: Exception, lang: str) -> str:
    """Why it was refused, in the reader's language, as a sentence."""
    said = str(error)
    if lang == "fr":
        if said in FRENCH:
            return FRENCH[said]
        for english, french in _patterns():
            found = english.fullmatch(said)
            if found is not None:
                return french.format(*found.groups())
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")
