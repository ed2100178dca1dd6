"""The room, as others may use it: the modules named here."""

__all__ = [
    "approving",  # what waits for a second reader
    "service",  # what waits for its time
]
