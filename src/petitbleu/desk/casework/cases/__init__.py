"""The room, as others may use it: the modules named here."""

__all__ = [
    "queues",  # cases as lists; service.py is about one case
    "ranking",  # the order in which cases are worked on
    "related",  # which cases have something in common
    "service",
    "state",  # pure: what events add up to, for comparing them with the case
    "targets",  # pure: a pasted link taken apart
]
