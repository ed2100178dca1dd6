"""Letters that the public pages send, in French and English: (subject, text)."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.parties import links
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.typography import table

Letter = tuple[str, str]

_RECEIPT = {
    "en": (
        "Your report {number}",
        "We have your report about content on {name}. Its number is {number}.\n\n"
        "Please confirm that we may write to you at this address:\n{confirm}\n\n"
        "A person looks at it. You can see at any time what became of it:\n{follow}\n\n"
        "If you did not report anything, somebody gave your address by mistake: do nothing, we"
        " will not write again.\n\n{name}\n",
    ),
    "fr": (
        "Votre signalement {number}",
        "Nous avons reçu votre signalement d’un contenu sur {name}. Son numéro est {number}.\n\n"
        "Merci de confirmer que nous pouvons vous écrire à cette adresse :\n{confirm}\n\n"
        "Une personne l’examine. Vous pouvez voir à tout moment où cela en est :\n{follow}\n\n"
        "Si vous n’avez rien signalé, quelqu’un a donné votre adresse par erreur : ne faites rien,"
        " nous n’écrirons plus.\n\n{name}\n",
    ),
}
_RECEIPTS = table(_RECEIPT)
_CODE = {
    "en": (
        "{code}: your code for “My cases”",
        "Your code for “My cases” on {name}: {code}\n\nIt is valid for {minutes} minutes. If you"
        " did not ask for it, do nothing; tell it to nobody.\n",
    ),
    "fr": (
        "{code} : votre code pour « Mes dossiers »",
        "Votre code pour « Mes dossiers » sur {name} : {code}\n\nIl est valable {minutes} minutes."
        " Si vous ne l’avez pas demandé, ne faites rien ; ne le donnez à personne.\n",
    ),
}
_CODES = table(_CODE)


def language(app: App, wanted: str) -> str:
    """``wanted`` where letters are written in it, else the instance's first that is, else
    English.
    """
    return next((one for one in (wanted, *app.config.languages) if one in _RECEIPT), "en")


def notice_receipt(app: App, lang: str, number: int, email: str) -> Letter:
    """A notice was received; the address is to be confirmed."""
    return _fill(
        _RECEIPTS[language(app, lang)],
        number=case_numbers.text(number),
        name=app.config.name,
        confirm=links.confirm(app, number, email),
        follow=links.follow(app, number),
    )


def code(app: App, lang: str, digits: str, minutes: int) -> Letter:
    """The code that opens "My cases"."""
    return _fill(_CODES[language(app, lang)], code=digits, name=app.config.name, minutes=minutes)


def _fill(form: Letter, **values: object) -> Letter:
    return form[0].format(**values), form[1].format(**values)
