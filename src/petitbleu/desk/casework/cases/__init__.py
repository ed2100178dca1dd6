"""The room, as others may use it: the modules named here."""

__all__ = [
    "events",  # what can happen to a case: a shape for each kind
    "queues",  # cases as lists; service.py is about one case
    "ranking",  # the order in which cases are worked on
    "related",  # which cases have something in common
    "service",
    "state",  # pure: what events add up to, for comparing them with the case
    "targets",  # pure: a pasted link taken apart
]
