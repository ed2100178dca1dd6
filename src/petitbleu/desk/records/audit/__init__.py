"""The room, as others may use it: the modules named here."""

__all__ = [
    "export",  # the whole log as a file, a line at a time: pages stream it
    "heads",  # signing and checking the log, apart from appending to it
    "listing",  # the log as a list to be filtered
    "merkle",  # pure: the tree over the log
    "notes",  # pure: signed heads as text
    "outside",  # heads that lie outside the database
    "records",  # the list of tables whose rows the log accounts for
    "resuming",  # going on once two people have signed why the log is as it is
    "service",
    "standing",  # whether the desk stands still
    "texts",  # mails about the log
]
