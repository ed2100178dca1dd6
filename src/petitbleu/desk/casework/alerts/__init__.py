"""Alarms: who is told when a clock runs, by which way, until somebody answers."""

__all__ = [
    "recipients",  # who is to be told of what concerns the log
    "service",
]
