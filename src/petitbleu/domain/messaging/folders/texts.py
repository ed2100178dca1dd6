"""Names of suggested folders, in French and English."""

from __future__ import annotations

_TEXTS = {
    "en": {
        "unread": ("Unread", "New messages from all chats."),
        "personal": ("Personal", "Only messages from personal chats."),
    },
    "fr": {
        "unread": ("Non lus", "Les nouveaux messages de toutes les discussions."),
        "personal": ("Personnel", "Seulement les messages des discussions privées."),
    },
}


def suggested(lang: str, what: str) -> tuple[str, str]:
    """(title, description) of the suggestion ``what`` for a client in ``lang``."""
    return _TEXTS.get(lang[:2], _TEXTS["en"])[what]
