"""The rooms: one folder per capability, in areas, listed here by hand (no scanning).

Each room holds ``service.py`` (rules), ``queries.py`` (SQL of its tables), ``rpc.py`` (TL
handlers),
``views.py`` (rows -> TL), ``updates.py`` (how its events look in TL) and a README. Rooms call each
other only through ``service.py`` (and ``views.py`` among views).
"""

import sys
from functools import cache
from importlib import import_module, util

from petitbleu.app import App

AREAS = (
    "updates",
    "people",
    "restrictions",
    "files",
    "communities",
    "messaging",
    "access",
    "servicechat",
    "administration",
    "search",
    "safety",
    "publishing",
    "transfer",
    "registration",
    "client",
)
"""Lowest first: the services of an area use those of areas before it, never of one after it.
Modules that speak TL stand above all services. ``petitbleu dev structure`` draws the arrows.
"""

ROOMS = (
    "client.config",
    "client.langpack",
    "client.push",
    "access.codes",
    "registration.auth",
    "access.password",
    "access.passkeys",
    "people.accounts",
    "registration.deletion",
    "registration.phone_change",
    "access.devices",
    "people.contacts",
    "people.privacy",
    "messaging.peers",
    "people.usernames",
    "people.social_graph",
    "messaging.notifications",
    "files.stickers",
    "messaging.reactions",
    "client.stories",
    "client.offers",
    "client.themes",
    "communities.chats",
    "administration.chat_editing",
    "communities.members",
    "administration.membership",
    "files.media",
    "messaging.file_references",
    "files.photos",
    "messaging.messages",
    "search",
    "messaging.webpages",
    "messaging.unread_mentions",
    "messaging.polls",
    "messaging.scheduled",
    "messaging.second_reader",
    "messaging.timers",
    "messaging.read_receipts",
    "messaging.posts",
    "client.translations",
    "messaging.dialogs",
    "messaging.folders",
    "transfer.takeout",
    "transfer.imports",
    "transfer.exports",
    "updates",
    "access.joining",
    "safety.case_numbers",
    "restrictions",
    "safety.moderation",
    "registration.bots",
    "administration.invites",
    "communities.adminlog",
    "messaging.discussions",
    "safety.antispam",
    "publishing.comments",
    "publishing.pages",
    "publishing.websub",
    "publishing.newsletter",
    "publishing.visits",
    "publishing.review",
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
        if module is not None and hasattr(module, "begin"):
            await module.begin(app)
