"""The rooms: one folder per capability, listed here by hand (no scanning).

Each room holds ``service.py`` (rules), ``queries.py`` (SQL of its tables), ``rpc.py`` (TL
handlers),
``views.py`` (rows -> TL), ``updates.py`` (how its events look in TL) and a README. Rooms call each
other only through ``service.py`` (and ``views.py`` among views).
"""

from importlib import import_module, util

ROOMS = (
    "config",
    "langpack",
    "codes",
    "auth",
    "password",
    "accounts",
    "deletion",
    "numbers",
    "devices",
    "contacts",
    "privacy",
    "peers",
    "usernames",
    "relations",
    "notifications",
    "stickers",
    "reactions",
    "stories",
    "themes",
    "chats",
    "members",
    "media",
    "messages",
    "dialogs",
    "folders",
    "takeout",
    "updates",
    "joining",
)


def load_rooms() -> None:
    """Import what rooms register: TL handlers, event renderers, jobs and control commands."""
    for room in ROOMS:
        for part in ("rpc", "updates", "jobs", "admin"):
            name = f"{__name__}.{room}.{part}"
            if util.find_spec(name) is not None:
                import_module(name)
