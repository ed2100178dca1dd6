"""The room, as others may use it: the modules named here."""

__all__ = [
    "appearance",  # title and picture
    "creating",  # making and deleting
    "migrating",  # a group becomes a supergroup
]
