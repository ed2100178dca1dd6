"""The room, as others may use it: the modules named here."""

__all__ = [
    "access",  # the one door to content; the room has no service.py
    "comparing",  # pure: what became of something since its copy
    "exposure",  # how much one person looks at
    "media",  # media of a copy in words
    "reveals",  # opening one of them
]
