"""The room, as others may use it: the modules named here."""

__all__ = [
    "links",  # addresses of pages that letters name
    "service",
]
