"""A letter on paper or a telephone call, typed in with its scan."""

from __future__ import annotations

import datetime
import zoneinfo

from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.classify.language import READ
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.workplace.pages.forms import Upload
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_MEGABYTES = 25
CHANNELS = ("letter", "phone")
"""Those that receipts are written in."""
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
"""How the files that scanners make begin."""


@page("/desk/mail/new", right="triage")
async def blank(visit: PageRequest) -> Response:
    """The empty form."""
    return await _form(visit, {})


@page(
    "/desk/mail/new",
    right="triage",
    methods=("POST",),
    form_bytes=256 * 1024,
    uploads=_MEGABYTES << 20,
)
async def file(visit: PageRequest) -> Response:
    """File it: it takes the path of every letter, and its case opens."""
    form, app = visit.form, visit.app
    received = instant(app, form.get("received"))
    wrong = {
        "channel": "typed_no_channel" if form.get("channel") not in CHANNELS else "",
        "received": "typed_no_time" if received is None else "",
        "authority": await _no_authority(visit),
        "files": "typed_no_scan" if not all(_type(one) for one in form.files) else "",
        "text": "typed_empty" if not form.get("text") and not form.files else "",
        "email": "typed_no_address" if form.flag("receipt") and not form.get("email") else "",
    }
    wrong = {name: key for name, key in wrong.items() if key}
    if not wrong:
        try:
            done = await intake.typed(app, _typed(visit, received))
        except intake.Refused:
            wrong["email"] = "typed_bad_address"
    if wrong:
        return await _form(visit, wrong, status=422)
    number = case_numbers.text(done.case)
    if await reachable(visit, done.case) is None:
        return visit.to(
            "/desk/mail", "typed_away"
        )  # its kind is another's: it is filed all the same
    return visit.to(f"/desk/cases/{number}", "typed_joined" if done.joined else "typed")


def _typed(visit: PageRequest, received: int | None) -> intake.Typed:
    form = visit.form
    return intake.Typed(
        channel=form.get("channel"),
        subject=form.get("subject") or visit.t[f"typed_{form.get('channel')}"],
        text=form.get("text"),
        name=form.get("name")[:200],
        email=form.get("email").lower(),
        received=received,
        attachments=[(one.name, _type(one), one.data) for one in form.files],
        by=visit.staff.actor,
        authority=form.get("authority").lower(),
        language=form.get("language") if form.get("language") in READ else "",
        receipt=form.flag("receipt"),
    )


def _type(file: Upload) -> str:
    """The media type of a scan, by how it begins; empty: no scan."""
    return next((kind for magic, kind in _MAGIC if file.data.startswith(magic)), "")


async def _no_authority(visit: PageRequest) -> str:
    domain = visit.form.get("authority").lower()
    known = not domain or await directory.authority(visit.app.store, domain) is not None
    return "" if known else "typed_no_authority"


def instant(app: App, text: str) -> int | None:
    """``2026-12-03T14:30`` (a browser's field) or with a space, in the operator's zone, as Unix
    seconds; None where it is none or lies ahead of us.
    """
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    try:
        at = datetime.datetime.strptime(text.replace(" ", "T")[:16], "%Y-%m-%dT%H:%M")
        moment = int(at.replace(tzinfo=zone).timestamp())
    except (ValueError, OverflowError):
        return None
    return moment if 0 < moment <= app.clock.now() + 60 else None


async def _form(visit: PageRequest, wrong: dict[str, str], *, status: int = 200) -> Response:
    now = datetime.datetime.fromtimestamp(
        visit.app.clock.now(), zoneinfo.ZoneInfo(visit.app.config.timezone)
    )
    return visit.html(
        "typing.html",
        status=status,
        form=visit.form,
        wrong={name: visit.t[key] for name, key in wrong.items()},
        sent=bool(wrong),
        now_text=f"{now:%Y-%m-%dT%H:%M}",
        channels=CHANNELS,
        languages=READ,
        megabytes=_MEGABYTES,
        known=await directory.authorities(visit.app.store),
    )
