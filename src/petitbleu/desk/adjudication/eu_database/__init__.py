"""The room, as others may use it: the modules named here."""

__all__ = [
    "rules",  # pure: the EU's rules for one statement
    "service",  # the queue of statements
]
