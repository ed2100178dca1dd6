"""The form of an objection to a decision or a suspension: shown, read, answered."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.outside import notices, shield
from petitbleu.desk.outside.door import OutsidePages, TooMany
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.web import forms

_FORM_BYTES = 128 << 10
_NAME = "contest"
_FIELDS = ("text", "contest_email")
_SIZES = {"least": appeals.LEAST, "longest": appeals.LONGEST}


def closed(door: OutsidePages, request: Request) -> Response:
    """A wrong key and an unknown number get the same answer."""
    o = door.texts(request)
    onward = (("/mes-dossiers", o["contact_mine"]),)
    return door.message(
        request, o["decision_gone_title"], o["decision_gone"], status=404, onward=onward
    )


def late(door: OutsidePages, request: Request) -> Response:
    """One cannot object any more."""
    o = door.texts(request)
    return door.message(request, o["contest_closed_title"], o["contest_closed_text"], status=410)


async def typed(door: OutsidePages, request: Request, number: str) -> dict[str, str] | Response:
    """What was sent, once it can be taken; else the form (``number`` as people read it)."""
    empty = dict.fromkeys(_FIELDS, "")
    if request.method != "POST":
        return _form(door, request, number, empty, fresh=True)
    try:
        sent = await forms.fields(request, _FORM_BYTES)
    except forms.TooLong:
        return _form(door, request, number, empty, 413, wrong={"text": "text.long"})
    except ClientDisconnect:
        return Response(status_code=400)
    given = {name: sent.get(name, "") for name in (*_FIELDS, shield.TRAP, shield.TIME)}
    wrong = _wrong(given)
    problem = shield.problem(door.app, _NAME, given)
    if wrong or problem:
        shown = f"shield.{problem}" if problem and not wrong else ""
        return _form(door, request, number, given, 422, wrong=wrong, problem=shown)
    try:
        await door.limit(request, "appeal_ip")
    except TooMany as busy:
        return _form(door, request, number, given, 429, problem="limit_text", wait=busy.seconds)
    return given


def complaint_received_page(
    door: OutsidePages, request: Request, lodged: appeals.Lodged
) -> Response:
    """The objection has a number, and a secret to follow it."""
    return door.page(
        request,
        "contested.html",
        private=True,
        number=case_numbers.text(lodged.number),
        secret=cases.secret(door.app, lodged.number),
        again=lodged.again,
    )


def _form(
    door: OutsidePages,
    request: Request,
    number: str,
    given: dict[str, str],
    status: int = 200,
    *,
    wrong: dict[str, str] | None = None,
    problem: str = "",
    wait: int = 0,
    fresh: bool = False,
) -> Response:
    sizes = _SIZES | {"minutes": (wait + 59) // 60}
    page = door.page(
        request,
        "contest_form.html",
        status=status,
        private=True,
        number=number,
        d=door.form(_NAME, given, sizes, wrong=wrong, problem=problem, fresh=fresh),
    )
    if wait:
        page.headers["retry-after"] = str(wait)
    return page


def _wrong(given: dict[str, str]) -> dict[str, str]:
    wrong = {}
    length = len(given["text"].strip())
    if length < appeals.LEAST:
        wrong["text"] = "text.short"
    elif length > appeals.LONGEST:
        wrong["text"] = "text.long"
    email = given["contest_email"].strip()
    if email and not notices.is_address(email):
        wrong["contest_email"] = "email.invalid"
    return wrong
