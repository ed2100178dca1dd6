"""What joining says to people, in French and English: codes and mails."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.typography import table

_WRITTEN: dict[str, dict[str, str]] = {
    "en": {
        "code.app": (
            "Login code: {code}. Do not give this code to anyone, not even to somebody who says"
            " they are from {name}.\n\nThis code signs in to your account. If you did not ask for"
            " it, ignore this message."
        ),
        "code.short": "{name}: your login code is {code}. Do not give it to anyone.",
        "code.mail.subject": "{code} is your login code for {name}",
        "code.mail": (
            "Your login code: {code}\n\nEnter it in your app. It is valid for {minutes} minutes."
            "\n\nDo not give it to anyone. If you did not ask for it, ignore this mail: without"
            " the code nobody can sign in.\n\n{name}\n"
        ),
        "confirm.subject": "Confirm your e-mail for {name}",
        "confirm": (
            "Somebody, most likely you, wants to join {name} with this e-mail address.\n\n"
            "To confirm, open this address and press the button:\n{link}\n\n"
            "It works for {hours} hours. If it was not you, ignore this mail.\n\n{name}\n"
        ),
        "known.subject": "You are already at {name}",
        "known": (
            "Somebody, most likely you, wants to join {name} with this e-mail address. It already"
            " belongs to a number here:\n\n    {number}\n\nSign in with that number; your code"
            " comes to this address. If it was not you, ignore this mail.\n\n{name}\n"
        ),
        "welcome.subject": "Your number for {name}",
        "welcome": (
            "Welcome. Your number for {name}:\n\n    {number}\n\n"
            "Enter it in your app when it asks for your phone number. Your login codes come to"
            " this e-mail address until a device of yours is signed in.\n\n"
            "How to set up an app: {link}\n\n{name}\n"
        ),
    },
    "fr": {
        "code.app": (
            "Code de connexion : {code}. Ne donnez ce code à personne, même à quelqu’un qui se"
            " dit de {name}.\n\nCe code ouvre votre compte. Si vous ne l’avez pas demandé,"
            " ignorez ce message."
        ),
        "code.short": "{name} : votre code de connexion est {code}. Ne le donnez à personne.",
        "code.mail.subject": "{code} : votre code de connexion à {name}",
        "code.mail": (
            "Votre code de connexion : {code}\n\nSaisissez-le dans votre application. Il est"
            " valable {minutes} minutes.\n\nNe le donnez à personne. Si vous ne l’avez pas"
            " demandé, ignorez ce courriel : sans le code, personne ne peut se connecter.\n\n"
            "{name}\n"
        ),
        "confirm.subject": "Confirmez votre adresse pour {name}",
        "confirm": (
            "Quelqu’un, sans doute vous, souhaite rejoindre {name} avec cette adresse.\n\n"
            "Pour confirmer, ouvrez cette page et appuyez sur le bouton :\n{link}\n\n"
            "Elle fonctionne pendant {hours} heures. Si ce n’était pas vous, ignorez ce"
            " courriel.\n\n{name}\n"
        ),
        "known.subject": "Vous êtes déjà chez {name}",
        "known": (
            "Quelqu’un, sans doute vous, souhaite rejoindre {name} avec cette adresse. Elle"
            " appartient déjà à un numéro ici :\n\n    {number}\n\nConnectez-vous avec ce numéro ;"
            " le code arrive à cette adresse. Si ce n’était pas vous, ignorez ce courriel.\n\n"
            "{name}\n"
        ),
        "welcome.subject": "Votre numéro pour {name}",
        "welcome": (
            "Bienvenue. Votre numéro pour {name} :\n\n    {number}\n\n"
            "Saisissez-le quand votre application demande un numéro de téléphone. Vos codes de"
            " connexion arrivent à cette adresse tant qu’aucun de vos appareils n’est connecté."
            "\n\nInstaller une application : {link}\n\n{name}\n"
        ),
    },
}
_TEXTS = table(_WRITTEN)

LANGUAGES = tuple(_TEXTS)


def text(lang: str, key: str, **values: object) -> str:
    """The text ``key`` in ``lang`` (``fr-CA`` is ``fr``; an unknown language is English)."""
    table = _TEXTS.get(lang.partition("-")[0].lower(), _TEXTS["en"])
    return table[key].format(**values)


def choose(accepted: Sequence[str], offered: Sequence[str]) -> str:
    """The first of ``accepted`` language tags that is among ``offered``; else the first offered."""
    for tag in accepted:
        short = tag.partition("-")[0].lower()
        if short in offered and short in _TEXTS:
            return short
    return next((lang for lang in offered if lang in _TEXTS), "en")
