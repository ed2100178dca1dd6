"""The desk: every order, notice, report and appeal becomes a case that cannot be left unread.

Rooms are folders in areas as in ``domain/``, listed here by hand. Only ``run`` and ``cli`` import
the desk; the domain knows nothing of it and offers hooks.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from functools import cache
from importlib import import_module, util
from types import ModuleType
from typing import TYPE_CHECKING

from petitbleu.app import App

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from petitbleu.web.pages import Pages

AREAS = (
    "records",
    "reference",
    "staffing",
    "casework",
    "intake",
    "adjudication",
    "orders",
    "transparency",
    "reconciliation",
    "outside",
    "workplace",
)
"""Lowest first: an area uses those before it, never one after it (as in ``domain``)."""

ROOMS: tuple[str, ...] = (
    "records.audit",
    "records.witnesses",
    "records.vault",
    "reference.directory",
    "casework.letters",
    "reference.law",
    "casework.cases",
    "staffing.staff",
    "staffing.sso",
    "staffing.approvals",
    "workplace.team",
    "casework.secrecy",
    "casework.alerts",
    "casework.parties",
    "adjudication.eu_database",
    "transparency",
    "adjudication.decisions",
    "adjudication.correspondence",
    "intake",
    "intake.danger",
    "outside",
    "adjudication.appeals",
    "adjudication.evidence",
    "orders.holds",
    "orders.disclosures",
    "casework.routing",
    "casework.views",
    "reconciliation",
    "workplace.command_line",
)


@cache
def load_rooms() -> None:
    """Import what rooms register: jobs, control commands, hooks."""
    for room in ROOMS:
        for part in ("jobs", "admin", "commands", "start"):
            name = f"{__name__}.{room}.{part}"
            if util.find_spec(name) is not None:
                import_module(name)


async def begin(app: App) -> None:
    """What rooms do when an instance is opened, before any door is (``start.py`` of a room)."""
    for module in _starts():
        if hasattr(module, "begin"):
            await module.begin(app)


async def open_doors(app: App) -> Callable[[], Awaitable[None]]:
    """Open what a serving instance listens at for the desk; what is returned closes it again."""
    from petitbleu.desk.intake import doors

    return await doors.open(app)


def routes(app: App, pages: Pages) -> list[BaseRoute]:
    """The desk's pages, for ``web.Site.more``; imported when a server starts, not by commands."""
    from petitbleu.desk.orders.disclosures import portal
    from petitbleu.desk.outside import routes as public
    from petitbleu.desk.workplace.pages import routes as workplace

    return [*workplace.routes(app, pages), *public.routes(app), *portal.routes(app)]


def _starts() -> list[ModuleType]:
    modules = (sys.modules.get(f"{__name__}.{room}.start") for room in ROOMS)
    return [module for module in modules if module is not None]


async def problems(app: App) -> list[str]:
    """What is wrong at the desk now, in sentences: ``petitbleu check`` fails while there is any."""
    from petitbleu.desk.casework.alerts import watch
    from petitbleu.desk.casework.routing import child_safety, seeing
    from petitbleu.desk.intake import canary
    from petitbleu.desk.reconciliation import service as reconciliation
    from petitbleu.desk.records.audit import standing
    from petitbleu.desk.records.witnesses import service as witnesses

    hold = standing.held(app)
    texts = [hold.refusal().say("en")] if hold is not None else []
    for room in (witnesses, reconciliation, watch, seeing, child_safety, canary):
        texts += await room.problems(app)
    return texts


async def advice(app: App) -> list[str]:
    """What the operator has not set and the law asks for, in sentences for the health page."""
    from petitbleu.desk.adjudication.decisions import printing
    from petitbleu.desk.adjudication.eu_database import service as eu_database
    from petitbleu.desk.outside import contact
    from petitbleu.desk.records.witnesses import service as witnesses

    sentences = contact.lacking(await contact.contact(app)) + printing.advice(app)
    sentences += [f"{alarm}." for alarm in await eu_database.alarms(app)]
    return sentences + await witnesses.health(app)
