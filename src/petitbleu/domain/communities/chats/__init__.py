"""The room, as others may use it: the modules named here."""

__all__ = [
    "changes",  # changes that are told without a service message
    "service",
]
