"""Which public address is served by what."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route

from petitbleu.app import App
from petitbleu.desk.outside.door import OutsidePages
from petitbleu.desk.outside.pages_about import About
from petitbleu.desk.outside.pages_decision import DecisionPages
from petitbleu.desk.outside.pages_mine import MinePages
from petitbleu.desk.outside.pages_notice import NoticePages
from petitbleu.desk.outside.pages_orders import OrderPages
from petitbleu.desk.outside.pages_status import StatusPages
from petitbleu.desk.outside.pages_transparency import TransparencyPages

_FORM = ["GET", "POST"]


def routes(app: App) -> Iterable[BaseRoute]:
    """The public pages of the desk."""
    door = OutsidePages(app)
    about, notice, status = About(door), NoticePages(door), StatusPages(door)
    decision, mine = DecisionPages(door), MinePages(door)
    orders, figures = OrderPages(door), TransparencyPages(door)
    return [
        Route("/contact", about.contact),
        Route("/.well-known/petitbleu-contact.json", about.machine),
        Route("/.well-known/security.txt", about.security),
        Route("/regles", about.rules),
        Route("/confidentialite", about.privacy),
        Route("/accessibilite", about.accessibility),
        Route("/mentions-legales", about.legal),
        Route("/signaler", notice.form, methods=_FORM),
        Route("/signaler/adresse/{token}", notice.confirm, methods=_FORM),
        Route("/autorites", orders.form, methods=_FORM),
        Route("/transparence", figures.show),
        Route("/transparence/{first}/{last}/{version:int}/{name}", figures.file),
        Route("/suivi", status.ask, methods=_FORM),
        Route("/suivi/{number}", status.show, methods=_FORM),
        Route("/decision/{number}", decision.show),
        Route("/decision/{number}/contester", decision.contest, methods=_FORM),
        Route("/mes-dossiers", mine.ask, methods=_FORM),
        Route("/mes-dossiers/code", mine.code, methods=["POST"]),
        Route("/mes-dossiers/{token}", mine.listed),
        Route("/mes-dossiers/{token}/{number}", mine.case, methods=_FORM),
    ]
