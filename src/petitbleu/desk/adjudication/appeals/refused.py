"""Why a complaint cannot be taken or decided, in English and French."""

from __future__ import annotations

from typing import ClassVar

from petitbleu.refusals import Refusal, Sentences


class Refused(Refusal):
    """It cannot be done; one sentence says why."""

    SAID: ClassVar[Sentences] = {
        "no_complaint": ("there is no complaint {number}", "il n’y a pas de contestation {number}"),
        "outcome": ("an outcome is one of {outcomes}", "l’issue est une de celles-ci : {outcomes}"),
        "why": ("say why: the complainant reads it", "dites pourquoi : la personne le lira"),
        "took_part": (
            "you took part in the decision that is complained about",
            "vous avez pris part à la décision contestée",
        ),
        "second_took_part": (
            "who agreed took part in the decision that is complained about",
            "qui a donné son accord a pris part à la décision contestée",
        ),
        "decided": ("{number} is decided already", "{number} est déjà tranché"),
        "nothing_done": (
            "nothing was done that could be reversed: choose change, and what to do",
            "rien n’a été fait qui puisse être annulé : choisissez de changer, et quoi faire",
        ),
        "cannot_undo": ("{why}", "{why}"),
        "no_form": (
            "to change a decision, fill in the one that takes its place",
            "pour changer une décision, remplissez celle qui prend sa place",
        ),
        "letter": ("the letter cannot be written: {why}", "la lettre ne peut être écrite : {why}"),
        "faster": (
            "somebody else was faster: look at the case again",
            "quelqu’un d’autre a été plus rapide : revoyez le cas",
        ),
        "length": (
            "write something, {most} characters at most",
            "écrivez quelque chose, en {most} caractères au plus",
        ),
        "decided_meanwhile": (
            "this complaint is decided already",
            "cette contestation est déjà tranchée",
        ),
        "short": (
            "say why, in {least} characters at least",
            "dites pourquoi, en {least} caractères au moins",
        ),
        "stands_not": (
            "this decision does not stand any more",
            "cette décision ne vaut plus",
        ),
        "late": (
            "the six months for a complaint are over",
            "les six mois pour contester sont passés",
        ),
        "newer": (
            "this suspension is over and a later one runs: end that one under those concerned",
            "cette suspension est finie et une autre court : levez celle-ci sous les personnes"
            " concernées",
        ),
        "no_open_complaint": (
            "this case is no open complaint",
            "ce cas n’est pas une contestation ouverte",
        ),
        "no_decision": ("there is no such decision", "cette décision n’existe pas"),
        "stranger": (
            "nobody whom this decision concerns writes from that address: send them the link of the"
            " decision, or ask who they are",
            "personne que cette décision concerne n’écrit de cette adresse : envoyez le lien de la"
            " décision, ou demandez qui c’est",
        ),
        "again": (
            "they complained about it already: {number}",
            "cette personne l’a déjà contestée : {number}",
        ),
        "bound": (
            "this complaint is bound to a decision already",
            "cette contestation est déjà liée à une décision",
        ),
    }


class Excluded(Refused):
    """This person took part in the decision that is complained about."""
