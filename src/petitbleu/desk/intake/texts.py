"""Words of the automatic receipt, in the eight languages it goes out in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from petitbleu.typography import moment, table

_WRITTEN = {
    "fr": (
        "Bonjour,\n\nNous avons bien reçu votre message le {received}. Il porte le numéro"
        " {number} ; merci de le rappeler dans toute correspondance.\n",
        "Pour suivre son traitement : {link}\n",
        "Ce message est automatique. Une personne lira le vôtre.\n\n{name}",
    ),
    "en": (
        "Hello,\n\nWe received your message on {received}. Its number is {number}; please quote it"
        " in all correspondence.\n",
        "Follow it here: {link}\n",
        "This message was sent automatically. A person will read yours.\n\n{name}",
    ),
    "de": (
        "Guten Tag,\n\nwir haben Ihre Nachricht am {received} erhalten. Sie trägt die Nummer"
        " {number}; bitte geben Sie diese stets an.\n",
        "Stand der Bearbeitung: {link}\n",
        "Diese Nachricht wurde automatisch versandt. Ihre wird von einem Menschen gelesen."
        "\n\n{name}",
    ),
    "es": (
        "Buenos días:\n\nHemos recibido su mensaje el {received}. Su número es {number}; indíquelo"
        " en toda la correspondencia.\n",
        "Para seguir su tramitación: {link}\n",
        "Este mensaje es automático. Una persona leerá el suyo.\n\n{name}",
    ),
    "it": (
        "Buongiorno,\n\nabbiamo ricevuto il Suo messaggio il {received}. Il numero è {number}; La"
        " preghiamo di indicarlo in ogni comunicazione.\n",
        "Per seguirne il trattamento: {link}\n",
        "Questo messaggio è automatico. Il Suo sarà letto da una persona.\n\n{name}",
    ),
    "nl": (
        "Goedendag,\n\nWij hebben uw bericht ontvangen op {received}. Het heeft nummer {number};"
        " vermeld dit alstublieft in alle correspondentie.\n",
        "Volg de behandeling hier: {link}\n",
        "Dit bericht is automatisch verstuurd. Een mens leest het uwe.\n\n{name}",
    ),
    "pl": (
        "Dzień dobry,\n\notrzymaliśmy Państwa wiadomość dnia {received}. Ma ona numer {number};"
        " prosimy podawać go w korespondencji.\n",
        "Stan sprawy: {link}\n",
        "Ta wiadomość została wysłana automatycznie. Państwa wiadomość przeczyta człowiek."
        "\n\n{name}",
    ),
    "ar": (
        "مرحبًا،\n\nوصلتنا رسالتك في {received}. رقمها {number}؛ يُرجى ذكره في كل مراسلة.\n",
        "لمتابعة معالجتها: {link}\n",
        "أُرسلت هذه الرسالة آليًا. سيقرأ شخص رسالتك.\n\n{name}",
    ),
}
_RECEIPT = table(_WRITTEN)


def receipt(
    languages: Sequence[str], *, number: str, received: datetime, link: str, name: str
) -> str:
    """The text of a receipt in each of the languages, one below the other. ``received`` carries its
    zone.
    """
    parts = []
    for language in languages:
        begin, follow, end = _RECEIPT[language]
        text = begin + (follow if link else "") + end
        at = _moment(language, received)
        parts.append(text.format(number=number, received=at, link=link, name=name))
    return "\n\n— — —\n\n".join(parts) + "\n"


def _moment(language: str, at: datetime) -> str:
    """A time in words where they are known, else in figures that every reader knows."""
    if language in ("fr", "en"):
        return moment(language, at)
    return f"{at:%Y-%m-%d %H:%M} ({at.tzname()})"
