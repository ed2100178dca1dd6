"""The room, as others may use it: the modules named here."""

__all__ = [
    "changes",  # the steps, inside a transaction
    "channels",  # supergroups and channels
    "groups",  # basic groups
    "handover",  # giving a chat away, titles of members
    "invitations",  # whom one may bring in
]
