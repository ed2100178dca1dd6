"""The room, as others may use it: the modules named here."""

__all__ = [
    "fields",  # pure: which data there are
    "service",
]
