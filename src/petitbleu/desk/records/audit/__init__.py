"""The room, as others may use it: the modules named here."""

__all__ = [
    "export",  # the whole log as a file, a line at a time: pages stream it
    "heads",  # signing and checking the log, apart from appending to it
    "listing",  # the log as a list to be filtered
    "service",
]
