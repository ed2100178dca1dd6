"""The room, as others may use it: the modules named here."""

__all__ = [
    "conditions",  # pure: what a rule may ask of a case
    "seeing",  # pure: who may see a kind of case
    "service",
]
