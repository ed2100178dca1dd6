"""The room, as others may use it: the modules named here."""

__all__ = [
    "channels",  # ways by which codes travel
    "service",
]
