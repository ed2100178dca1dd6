"""Why a rule or a queue cannot be as it is asked for."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """The rule or queue cannot be made or changed; the sentence says what to do."""

    SAID: ClassVar[Sentences] = {
        "name": (
            "give it a name of 1 to {most} characters",
            "donnez-lui un nom de 1 à {most} caractères",
        ),
        "taken": (
            "there is a queue named “{name}” already: choose another name",
            "une file s’appelle déjà « {name} » : choisissez un autre nom",
        ),
        "nowhere": (
            "say where the case goes: choose a queue, a person or an urgency",
            "dites où va le cas : choisissez une file, une personne ou une urgence",
        ),
        "no_queue": (
            "that queue is not there any more: choose another",
            "cette file n’existe plus : choisissez-en une autre",
        ),
        "no_rule": (
            "that rule is not there any more: open the page again",
            "cette règle n’existe plus : rouvrez la page",
        ),
        "person": (
            "No. {who} does not take cases at this desk: choose somebody who does",
            "le n° {who} ne prend pas de cas à ce guichet : choisissez quelqu’un qui en prend",
        ),
        "nobody": (
            "nobody in the queue “{queue}” may see cases of the kind “{kind}”: add somebody who"
            " may to the queue, or leave that kind out",
            "personne dans la file « {queue} » ne peut voir les cas de nature « {kind} » :"
            " ajoutez-y quelqu’un qui le peut, ou retirez cette nature",
        ),
        "nobody_any": (
            "nobody in the queue “{queue}” may see any case: add somebody who may to the queue",
            "personne dans la file « {queue} » ne peut voir de cas : ajoutez-y quelqu’un qui le"
            " peut",
        ),
        "owner": (
            "No. {who} may not see cases of the kind “{kind}”: choose somebody who may, or leave"
            " that kind out",
            "le n° {who} ne peut voir les cas de nature « {kind} » : choisissez quelqu’un qui le"
            " peut, ou retirez cette nature",
        ),
        "choice": (
            "“{what}” is none of the choices: choose again",
            "« {what} » ne fait pas partie des choix : choisissez de nouveau",
        ),
        "two_letters": (
            "“{what}” is no code of two letters, such as FR: correct it",
            "« {what} » n’est pas un code de deux lettres, comme FR : corrigez-le",
        ),
        "domain": (
            "“{what}” is no domain, such as police.example: correct it",
            "« {what} » n’est pas un domaine, comme police.example : corrigez-le",
        ),
        "words": (
            "“{what}” has no word that could be found: write words of at most {most} characters",
            "« {what} » ne contient aucun mot à trouver : écrivez des mots d’au plus {most}"
            " caractères",
        ),
        "values": (
            "a condition has at most {most} values: shorten the list",
            "une condition a au plus {most} valeurs : raccourcissez la liste",
        ),
        "many": (
            "there are {most} already: delete one that is not needed",
            "il y en a déjà {most} : supprimez-en un dont on n’a plus besoin",
        ),
        "in_use": (
            "the rule “{rule}” puts cases into it: change or delete the rule first",
            "la règle « {rule} » y met des cas : changez ou supprimez d’abord la règle",
        ),
        "full": (
            "more than {most} open cases are in it: see to them, or give the queue another name",
            "plus de {most} cas ouverts s’y trouvent : traitez-les, ou donnez un autre nom à la"
            " file",
        ),
        "in_use_members": (
            "the rule “{rule}” puts cases of the kind “{kind}” into it, and nobody left in it"
            " could see them: leave somebody who may, or change the rule first",
            "la règle « {rule} » y met des cas de nature « {kind} », et plus personne ne pourrait"
            " les y voir : gardez quelqu’un qui le peut, ou changez d’abord la règle",
        ),
        "kept": (
            "case {case} is in it, and nobody left in it could see it: move the case first",
            "le cas {case} s’y trouve, et plus personne ne pourrait l’y voir : déplacez-le d’abord",
        ),
    }
