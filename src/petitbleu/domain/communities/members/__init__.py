"""The room, as others may use it: the modules named here."""

__all__ = [
    "rights",  # pure: masks of rights, and what actions need
    "service",
]
