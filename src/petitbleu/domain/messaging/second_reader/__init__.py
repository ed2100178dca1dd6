"""The room, as others may use it: the modules named here."""

__all__ = [
    "gate",  # what nobody publishes alone
    "held",  # edits that wait, inside a transaction
    "service",  # the setting, and approving
]
