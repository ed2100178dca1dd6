"""Sending the day's canaries (``intake/canary.py``): letters, and the form filled in."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.intake import canary
from petitbleu.desk.intake.canary import FORM, Flight
from petitbleu.desk.outside.notices import rehearse
from petitbleu.desk.outside.rehearsal import fill_in


async def run(app: App) -> list[Flight]:
    """Send one through every published address and the form."""
    flights = [await canary.send(app, door, canary.post) for door in app.config.desk.addresses]
    return [*flights, await canary.send(app, FORM, _fill_in)]


async def _fill_in(app: App, _: str, token: str) -> None:
    """Fill in the public form from outside. An instance that has no public address has no outside:
    then a notice is filed and taken back.
    """
    if app.config.public_url:
        await fill_in(app, token)
        return
    await rehearse(app)
    await app.store.write(canary.seen, app, token)
