"""The room, as others may use it: the modules named here."""

__all__ = [
    "blocks",  # block lists
    "service",
]
