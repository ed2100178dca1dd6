"""The room, as others may use it: the modules named here."""

__all__ = [
    "figures",  # pure: a period's tables
    "files",  # tables as files
    "report",  # reports as they are published
    "signing",  # the key that signs reports
    "summary",  # pure: main figures
    "tables",  # pure: tables and cells
]
