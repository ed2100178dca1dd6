"""All routes under ``/desk``. Modules with pages are listed here by hand."""

from __future__ import annotations

from importlib import import_module

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from petitbleu.app import App
from petitbleu.desk.workplace.pages import entrance, log, render, shell, single_sign_on
from petitbleu.web.pages import Pages

MODULES = (
    "home",
    "manual_intake",
    "queues",
    "bulk_actions",
    "case",
    "media",
    "case_actions",
    "telling_answer",
    "joining",
    "deciding",
    "appealing",
    "redress",
    "concerned",
    "content_access",
    "writing",
    "threats",
    "holding",
    "disclosures",
    "comments",
    "letter_templates",
    "presets",
    "routing",
    "reporting",
    "log",
    "log_hold",
    "team",
    "approvals",
    "settings",
    "single_sign_on",
)
"""Modules of this folder that declare pages."""

RAIL = (
    *(
        "home",
        "mail",
        "queues",
        "mine",
        "orders",
        "appeals",
        "comments",
        "disclosures",
        "holds",
        "search",
    ),
    *("seconds", "transparency", "templates", "routing", "log", "team", "settings"),
)
"""The order of the left rail (desk.md, Home and navigation); shown is what has a page."""


def load() -> None:
    """Import the modules that declare pages."""
    for module in MODULES:
        import_module(f"petitbleu.desk.workplace.pages.{module}")


async def worker(request: Request) -> Response:
    """The service worker stands beside the pages: browsers let it act for its own folder only."""
    return FileResponse(render.STATIC / "worker.js", media_type="text/javascript")


def routes(app: App, pages: Pages) -> list[BaseRoute]:
    """The routes, for ``desk.routes``."""
    load()
    desk = shell.Desk(app, pages)
    desk.rails = sorted(
        (page for page in shell.PAGES if page.rail), key=lambda one: RAIL.index(one.rail)
    )
    return [
        Route("/desk/worker.js", worker),
        Mount("/desk/static", StaticFiles(directory=render.STATIC), name="desk-static"),
        *entrance.routes(desk),
        *single_sign_on.routes(desk),
        *(shell.route(desk, page) for page in shell.PAGES),
        *log.published(app),
    ]
