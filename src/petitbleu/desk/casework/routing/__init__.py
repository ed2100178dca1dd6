"""The room, as others may use it: the modules named here."""

__all__ = [
    "child_safety",  # the desk is open, and somebody works on child-safety cases
    "conditions",  # pure: what a rule may ask of a case
    "seeing",  # pure: who may see a kind of case
    "service",
]
