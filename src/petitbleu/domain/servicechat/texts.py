"""What the service chat answers by itself, in French and English."""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.typography import table

LANGUAGES = ("en", "fr")

_WRITTEN = {
    "en": {
        "help": "You can write to this chat, one command a message:\n\n{commands}",
        "unknown": "I did not understand that: I am a program that knows a few commands. Write"
        " “help” to see them.",
        "forward": "I follow only what you write yourself, not what you forward.",
        "failed": "That did not work, and it is not your fault. Whoever runs this server can see"
        " why. Please try again later.",
        "help.help": "help — this list",
    },
    "fr": {
        "help": "Vous pouvez écrire dans cette discussion, une commande par message :\n\n"
        "{commands}",
        "unknown": "Je n’ai pas compris : je suis un programme qui connaît quelques commandes."
        " Écrivez « aide » pour les voir.",
        "forward": "Je ne traite que les messages que vous écrivez, pas ceux que vous transférez.",
        "failed": "L’opération a échoué, et ce n’est pas votre faute. Les responsables de ce"
        " serveur"
        " peuvent voir pourquoi. Réessayez plus tard.",
        "help.help": "aide — cette liste",
    },
}
_TEXTS = table(_WRITTEN)


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) that answers are written in, else English."""
    return next((wish[:2] for wish in wishes if wish[:2] in LANGUAGES), "en")


def say(lang: str, key: str) -> str:
    """One of the texts."""
    return _TEXTS[lang][key]


def help(lang: str, commands: Iterable[str]) -> str:
    """The list of all commands; ``commands``: one line or a few each."""
    return _TEXTS[lang]["help"].format(commands="\n".join([*commands, _TEXTS[lang]["help.help"]]))
