"""The room, as others may use it: the modules named here."""

__all__ = [
    "independence",  # who is no second person for whom, and what marks a signature
    "service",
    "texts",  # how mails name people
]
