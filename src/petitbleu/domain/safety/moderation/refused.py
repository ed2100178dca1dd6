"""Why a measure cannot be taken, in English and French."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """The measure cannot be taken; one sentence says why to whoever decides."""

    SAID: ClassVar[Sentences] = {
        "other_decision": (
            "this command id was used for another decision",
            "cet identifiant de commande a servi à une autre décision",
        ),
        "no_measure": ("there is no measure {number}", "il n’y a pas de mesure {number}"),
        "ended": ("{number} has ended already", "{number} a déjà pris fin"),
        "no_messages": (
            "none of these messages is there (any more)",
            "aucun de ces messages n’est (plus) là",
        ),
        "no_member": ("that person is not in the group", "cette personne n’est pas dans le groupe"),
        "their_group": (
            "the group is theirs: restrict the account, or withhold the group",
            "le groupe est à cette personne : restreignez le compte, ou bloquez le groupe",
        ),
        "no_picture": ("there is no picture to take away", "il n’y a pas d’image à retirer"),
        "no_text": ("there is no text to take away", "il n’y a pas de texte à retirer"),
        "no_public_name": (
            "there is no public name to take away",
            "il n’y a pas de nom public à retirer",
        ),
        "no_account": ("there is no such account", "ce compte n’existe pas"),
        "no_chat": ("there is no such chat", "cette discussion n’existe pas"),
        "kind": ("a measure is one of: {kinds}", "une mesure est l’une de celles-ci : {kinds}"),
        "past": (
            "the end of a measure lies in the future",
            "la fin d’une mesure est dans l’avenir",
        ),
        "many": ("at most {most} messages at once", "au plus {most} messages à la fois"),
        "command": (
            "a command id has 1 to {most} characters",
            "un identifiant de commande a de 1 à {most} caractères",
        ),
        "who": ("say who decides", "dites qui décide"),
        "why": (
            "say why, in at most {most} characters",
            "dites pourquoi, en {most} caractères au plus",
        ),
        "shown": (
            "what is shown has at most {most} characters",
            "ce qui est montré a au plus {most} caractères",
        ),
        "unfit": ("{kind} is for: {fitting}", "{kind} ne vaut que pour : {fitting}"),
        "label": ("a label is one of: {fitting}", "une mention est : {fitting}"),
        "part": (
            "a part of a profile is one of: {fitting}",
            "une partie d’un profil est l’une de celles-ci : {fitting}",
        ),
        "no_label": ("only label takes a label", "seule la mesure label prend une mention"),
        "everywhere": (
            "only withhold is limited to countries",
            "seul un blocage peut être limité à des pays",
        ),
        "country": (
            "“{code}” is no country code (two capital letters, as in DE)",
            "« {code} » n’est pas un code de pays (deux capitales, comme DE)",
        ),
        "service": ("the service account is yours", "le compte de service est le vôtre"),
        "basic_group": (
            "a basic group has nothing of its own: take its messages or members",
            "un groupe simple n’a rien en propre : visez ses messages ou ses membres",
        ),
        "supergroups": (
            "only members of supergroups can be restricted",
            "seuls les membres d’un supergroupe peuvent être restreints",
        ),
    }
