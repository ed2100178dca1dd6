"""The room, as others may use it: the modules named here."""

__all__ = [
    "presence",  # who is online
    "service",
]
