"""The room, as others may use it: the modules named here."""

__all__ = [
    "canary",  # whether published addresses work
    "classify",  # pure: what language a text is in, what rules find in it
    "codes",  # pure: what codes mean
    "danger",  # what texts tell of danger, and alarms that count
    "letter",  # pure: a letter as it was read
    "service",
]
