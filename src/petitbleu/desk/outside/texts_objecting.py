"""What the service chat says of decisions and objections."""

from petitbleu.catalogues import Catalogue

WORDS = (
    "object",
    *("contest", "objection", "appeal"),
    *("contester", "conteste", "contestation", "réclamation"),
    *("anfechten", "beschwerde", "widerspruch", "widersprechen", "einspruch"),
    *("impugnar", "impugno", "recurrir", "reclamar"),
    *("contestare", "contesto", "ricorso", "reclamo"),
    *("bezwaar", "protest"),
    *("sprzeciw", "odwołanie"),
    *("اعتراض", "أعترض"),
)
"""First words that object, in the languages of those who write here; the first is the command."""

TEXTS = Catalogue("members", "contesting")


def say(lang: str, key: str, **values: object) -> str:
    """One of the texts."""
    return TEXTS.say(lang, key, **values)
