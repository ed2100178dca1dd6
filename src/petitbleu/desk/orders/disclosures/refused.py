"""Why something cannot be disclosed, or not yet, in English and French."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """This cannot be disclosed, or not yet; one sentence says why."""

    SAID: ClassVar[Sentences] = {
        "no_number": (
            "the directory has no telephone number of this authority to call back",
            "l’annuaire n’a pas de numéro de téléphone de cette autorité à rappeler",
        ),
        "spoke_with": ("say with whom you spoke", "dites à qui vous avez parlé"),
        "issuer": ("say who issued the order", "dites qui a rendu l’ordre"),
        "date": ("“{given}” is no date", "« {given} » n’est pas une date"),
        "no_case": ("there is no case {number}", "il n’y a pas de cas {number}"),
        "kind": (
            "data are given under an order to provide information only",
            "des données ne sont données qu’en vertu d’une injonction de fournir des informations",
        ),
        "no_fields": (
            "choose the fields that the order names; none is chosen by itself",
            "choisissez les champs que l’injonction nomme ; aucun n’est choisi d’office",
        ),
        "field": ("there is no field {name}", "il n’y a pas de champ {name}"),
        "twice": ("a field is named twice", "un champ est nommé deux fois"),
        "period": (
            "the period must begin before it ends",
            "la période doit commencer avant de finir",
        ),
        "minimised": (
            "say why these fields and this period are enough",
            "dites pourquoi ces champs et cette période suffisent",
        ),
        "judge": (
            "traffic and content data need a recorded order of a judge or court",
            "les données de trafic et de contenu exigent l’ordre, noté ici, d’un juge ou d’une"
            " juridiction",
        ),
        "no_emergency": (
            "this kind of case has no emergency disclosure",
            "cette sorte de cas ne connaît pas de divulgation d’urgence",
        ),
        "content": (
            "content is never given before a second person has signed",
            "un contenu n’est jamais donné avant la signature d’une seconde personne",
        ),
        "call_back": (
            "call the directory’s number back first, and record it",
            "rappelez d’abord le numéro de l’annuaire, et notez-le",
        ),
        "no_account": ("there is no such account", "ce compte n’existe pas"),
        "key_directory": (
            "the key is not that of the authority in the directory; keys come from there, never"
            " from a letter",
            "la clé n’est pas celle de l’autorité dans l’annuaire ; les clés viennent de là, jamais"
            " d’une lettre",
        ),
        "key_unchecked": (
            "call the directory’s number and have the key confirmed first, and record it",
            "appelez d’abord le numéro de l’annuaire, faites confirmer la clé, et notez-le",
        ),
        "no_key": (
            "the directory has no key of this authority",
            "l’annuaire n’a pas de clé de cette autorité",
        ),
        "key": ("this is no age key", "ce n’est pas une clé age"),
        "made": (
            "this disclosure was made already, or never proposed",
            "cette divulgation est déjà préparée, ou n’a jamais été proposée",
        ),
        "withdrawn": (
            "this disclosure was made or is over: there is nothing to withdraw",
            "cette divulgation est préparée ou close : il n’y a rien à abandonner",
        ),
        "asked": (
            "a second person is asked: let them answer first",
            "une seconde personne est sollicitée : laissez-la d’abord répondre",
        ),
        "why": (
            "say why it is withdrawn",
            "dites pourquoi elle est abandonnée",
        ),
        "faster": (
            "somebody else made this disclosure meanwhile",
            "quelqu’un d’autre a préparé cette divulgation entre-temps",
        ),
    }
