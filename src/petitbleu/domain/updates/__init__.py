"""The room, as others may use it: the modules named here."""

__all__ = [
    "counters",  # pts and message ids of owners
    "delivery",  # the fan-out as services see it
    "log",  # writing events
    "pace",  # news at most once a second
    "render",  # how a kind of event looks in TL
    "service",  # states and differences
]
