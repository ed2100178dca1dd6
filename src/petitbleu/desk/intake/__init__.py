"""The room, as others may use it: the modules named here."""

__all__ = [
    "canary",  # whether published addresses work
    "codes",  # pure: what codes mean
    "letter",  # pure: a letter as it was read
    "service",
]
