"""The rooms: one folder per capability, listed here by hand (no scanning).

Each room holds ``service.py`` (rules), ``queries.py`` (SQL of its tables), ``rpc.py`` (TL
handlers),
``views.py`` (rows -> TL), ``updates.py`` (how its events look in TL) and a README. Rooms call each
other only through ``service.py`` (and ``views.py`` among views).
"""

import sys
from functools import cache
from importlib import import_module, util

from petitbleu.app import App

ROOMS = (
    "config",
    "langpack",
    "codes",
    "auth",
    "password",
    "accounts",
    "deletion",
    "phone_change",
    "devices",
    "contacts",
    "privacy",
    "peers",
    "usernames",
    "social_graph",
    "notifications",
    "stickers",
    "reactions",
    "stories",
    "offers",
    "themes",
    "chats",
    "members",
    "media",
    "photos",
    "messages",
    "search",
    "webpages",
    "unread_mentions",
    "polls",
    "scheduled",
    "timers",
    "read_receipts",
    "posts",
    "translations",
    "dialogs",
    "folders",
    "takeout",
    "imports",
    "exports",
    "updates",
    "joining",
    "case_numbers",
    "restrictions",
    "moderation",
    "bots",
    "invites",
    "adminlog",
    "discussions",
    "antispam",
    "comments",
    "pages",
    "websub",
    "servicechat",
)


@cache
def load_rooms() -> None:
    """Import what rooms register: TL handlers, event renderers, jobs, control commands, and
    commands of the service chat.
    """
    for room in ROOMS:
        for part in ("rpc", "updates", "jobs", "admin", "start", "commands"):
            name = f"{__name__}.{room}.{part}"
            if util.find_spec(name) is not None:
                import_module(name)


async def begin(app: App) -> None:
    """What rooms do when an instance is opened, before any door is (``start.py`` of a room)."""
    for room in ROOMS:
        module = sys.modules.get(f"{__name__}.{room}.start")
        if module is not None:
            await module.begin(app)
