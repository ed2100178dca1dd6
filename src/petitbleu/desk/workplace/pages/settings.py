"""What is one's own: language, keys, passkeys, sessions, duty, breaks."""

from __future__ import annotations

import base64
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.responses import Response

from petitbleu import typography
from petitbleu.desk.adjudication.evidence import exposure
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases.queues import CHILD
from petitbleu.desk.reference.law import categories
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.sso import service as sso
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Invalid, Refused
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page

KEYS = (*"jkoaun", "1–9", *"mgthsdepwcxvb", "/", "Ctrl K", "?")
_MAX_BREAK_MINUTES = 24 * 60


@page("/desk/settings", right="own", rail="settings")
async def settings(visit: PageRequest) -> Response:
    """Language, keys, passkeys, sessions."""
    app, me = visit.app, visit.staff
    return visit.html(
        "settings.html",
        passkeys=[
            {"row": row, "name": staff.short(row.credential)}
            for row in await staff.passkeys_of(app.store, me.id)
        ],
        sessions=await staff.sessions_of(app, me.id),
        this=visit.here.session.id,
        categories=_categories(visit),
        avoided=await exposure.avoided(app.store, me.id),
        shift=await exposure.shift(app, app.store, me.id),
        edge=app.config.desk.shift_edge_minutes,
        hour=lambda at: typography.hour(visit.lang, _here(visit, at)),
        field_hour=lambda at: f"{_here(visit, at):%H:%M}",
        push_key=alerts.application_key(app),
        browser=browser,
        provider=sso.name(app),
        account=await sso.account_of(app.store, me.id),
        by_passkey=visit.here.by_passkey,
    )


_BROWSERS = (
    *(("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("Chrom", "Chrome")),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)
"""What browsers say of themselves -> their names; those that pose as another come first."""


def browser(agent: str) -> str:
    """A browser as people call it: Firefox, Linux. What is not known stays as it is said."""
    names = [
        next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or agent


@page("/desk/settings/own", right="own", methods=("POST",))
async def own(visit: PageRequest) -> Response:
    """Language and single keys."""
    try:
        await visit.app.store.write(
            staff.set_own,
            app=visit.app,
            who=visit.staff,
            language=visit.form.get("language"),
            keys=visit.form.flag("keys"),
        )
    except Invalid as wrong:
        raise Problem(f"invalid_{wrong.reason}", what=wrong.what) from None
    return visit.to("/desk/settings", "saved")


def _categories(visit: PageRequest) -> list[tuple[str, str]]:
    """What one can opt out of, with its words: the EU's list, and child abuse material."""
    listed = [(group.category, group.words) for group in categories.groups(visit.lang)]
    return [(CHILD, law.kind(law.load_law(visit.app), CHILD, visit.lang)), *listed]


@page("/desk/settings/avoid", right="own", methods=("POST",))
async def avoid(visit: PageRequest) -> Response:
    """Opt out of categories; no reason is asked."""
    wanted = visit.form.all("category")
    known = [category for category, _ in _categories(visit) if category in wanted]
    await visit.app.store.write(exposure.avoid, visit.staff.id, known)
    return visit.to("/desk/settings", "saved")


@page("/desk/settings/duty", right="own", methods=("POST",))
async def duty(visit: PageRequest) -> Response:
    """In service, or not."""
    await visit.app.store.write(exposure.duty, visit.app, visit.staff, visit.form.flag("on"))
    return visit.to("/desk", "saved")


@page("/desk/settings/shift", right="own", methods=("POST",))
async def shift(visit: PageRequest) -> Response:
    """When one's shift ends, by the clock of the desk: the next time that it is so late."""
    zone = ZoneInfo(visit.app.config.timezone)
    now = datetime.fromtimestamp(visit.app.clock.now(), zone)
    try:
        wanted = time.fromisoformat(visit.form.get("ends"))
    except ValueError:
        raise Problem("wrong_shift") from None
    at = now.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0, fold=0)
    at += timedelta(days=at <= now)
    write, me = visit.app.store.write, visit.staff.id
    if not await write(exposure.ends, visit.app, me, int(at.timestamp())):
        raise Problem("wrong_shift")
    return visit.to("/desk/settings", "saved")


def _here(visit: PageRequest, at: int) -> datetime:
    """A time by the clock of the desk."""
    return datetime.fromtimestamp(at, ZoneInfo(visit.app.config.timezone))


@page("/desk/settings/passkeys", right="own", methods=("POST",), by_passkey=True)
async def add_passkey(visit: PageRequest) -> Response:
    """Another passkey."""
    try:
        await staff.add_passkey(
            visit.app, visit.here, visit.form.get("answer"), visit.form.get("label")
        )
    except Refused as refused:
        raise Problem(f"touch_{refused.reason}", 403) from None
    return visit.to("/desk/settings", "passkey")


@page("/desk/settings/passkeys/remove", right="own", methods=("POST",), signs=True)
async def remove_passkey(visit: PageRequest) -> Response:
    """Take one of one's passkeys away."""
    try:
        await visit.app.store.write(
            staff.remove_passkey,
            app=visit.app,
            staff=visit.staff,
            name=visit.form.get("passkey"),
        )
    except Refused as refused:
        raise Problem(f"touch_{refused.reason}") from None
    return visit.to("/desk/settings", "removed")


@page("/desk/settings/sessions/end", right="own", methods=("POST",))
async def end(visit: PageRequest) -> Response:
    """End one of one's sessions, or all others."""
    id = visit.form.number("session")
    if id is None:
        await visit.app.store.write(staff.end_others, app=visit.app, here=visit.here)
    else:
        await visit.app.store.write(staff.end_session, app=visit.app, staff=visit.staff, id=id)
    return visit.to("/desk/settings", "ended")


@page("/desk/settings/push", right="own", methods=("POST",))
async def push(visit: PageRequest) -> Response:
    """Alarms to this browser too."""
    try:
        p256dh, auth = (
            base64.b64decode(visit.form.get(name), validate=True) for name in ("p256dh", "auth")
        )
        await visit.app.store.write(
            alerts.subscribe,
            app=visit.app,
            staff=visit.staff.id,
            endpoint=visit.form.get("endpoint"),
            p256dh=p256dh,
            auth=auth,
        )
    except (ValueError, alerts.Refused):
        raise Problem("push_failed") from None
    return visit.to("/desk/settings", "push")


@page("/desk/settings/push/end", right="own", methods=("POST",))
async def push_end(visit: PageRequest) -> Response:
    """No more alarms to this browser."""
    await visit.app.store.write(
        alerts.unsubscribe,
        app=visit.app,
        staff=visit.staff.id,
        endpoint=visit.form.get("endpoint"),
    )
    return visit.to("/desk/settings", "removed")


@page("/desk/keys", right="own", action="")
async def keys(visit: PageRequest) -> Response:
    """What single keys do."""
    return visit.html("keys.html", keys=KEYS)


@page("/desk/rest", right="own", methods=("GET", "POST"), action="")
async def rest(visit: PageRequest) -> Response:
    """A break: a page with nothing on it."""
    if visit.request.method == "GET":
        return visit.html("rest.html")
    minutes = min(max(visit.form.number("minutes") or 0, 0), _MAX_BREAK_MINUTES)
    until = int(visit.app.clock.now()) + minutes * 60 if minutes else 0
    await visit.app.store.write(staff.rest, who=visit.staff, until=until)
    return visit.to("/desk/rest" if minutes else "/desk")
