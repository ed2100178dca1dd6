"""Templates of letters: which are in force, their versions, checking and changing one by two."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from petitbleu.desk.adjudication.decisions import templates, texts
from petitbleu.desk.adjudication.decisions.texts import BadTemplate
from petitbleu.desk.staffing.approvals.service import NotYou
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page

_BASE = "/desk/templates"
_FORM_BYTES = 300_000
"""A template of the longest, every character three bytes that are sent as ``%XX``."""


@page(_BASE, right="templates", rail="templates")
async def wordings(visit: PageRequest) -> Response:
    """All kinds of letters, and whose text is in force in each language."""
    newest = await templates.newest(visit.app.store)
    rows = [
        (kind, [(lang, newest.get((kind, lang))) for lang in texts.LANGUAGES])
        for kind in texts.KINDS
    ]
    return visit.html("wordings.html", rows=rows, languages=texts.LANGUAGES)


def _which(visit: PageRequest) -> tuple[str, str]:
    kind, language = visit.request.path_params["kind"], visit.request.path_params["language"]
    if kind not in texts.KINDS or language not in texts.LANGUAGES:
        raise HTTPException(404)
    return kind, language


@page(_BASE + "/{kind}/{language}", right="templates")
async def wording(visit: PageRequest) -> Response:
    """The text in force, its versions, and the form to change it."""
    kind, language = _which(visit)
    text = await templates.in_force(visit.app.store, kind, language)
    return await _show(visit, kind, language, text)


@page(
    _BASE + "/{kind}/{language}/check", right="templates", methods=("POST",), form_bytes=_FORM_BYTES
)
async def check(visit: PageRequest) -> Response:
    """What is wrong with a text, or how it reads; nothing is changed."""
    kind, language = _which(visit)
    return await _show(visit, kind, language, visit.form.get("text"), checked=True)


@page(
    _BASE + "/{kind}/{language}",
    right="templates",
    methods=("POST",),
    signs=True,
    form_bytes=_FORM_BYTES,
)
async def change(visit: PageRequest) -> Response:
    """Ask a second person to put a text in force; it is once they have agreed."""
    kind, language = _which(visit)
    text = "" if visit.form.get("act") == "shipped" else visit.form.get("text")
    if not visit.form.get("why"):
        return await _show(visit, kind, language, text, status=422, lacks="why")
    try:
        request = await templates.propose(
            visit.app, visit.touch(), kind, language, text, visit.form.get("why")
        )
    except BadTemplate:
        return await _show(visit, kind, language, text, status=422, checked=True)
    except NotYou as not_:
        raise Problem(f"notyou_{not_.reason}", 403) from None
    return visit.to(f"{_BASE}/{kind}/{language}", "wording_asked", request=request)


async def _show(
    visit: PageRequest, kind: str, language: str, text: str, *, status: int = 200, **more: Any
) -> Response:
    wrong, left_out, sample = "", [], None
    try:
        kept = templates.check(kind, language, text) or texts.shipped(kind, language)
        left_out = texts.left_out(kind, language, kept)
        sample = texts.sample(kind, kept)
    except BadTemplate as bad:
        wrong = bad.say(visit.lang)
    rows = await templates.versions(visit.app.store, kind, language)
    return visit.html(
        "wording.html",
        status=status,
        kind=kind,
        language=language,
        text=text,
        why=visit.form.get("why"),
        shipped=texts.shipped(kind, language),
        own=bool(rows and rows[0].text),
        versions=rows,
        variables=texts.variables(kind),
        most=templates.MAX_TEMPLATE_CHARACTERS,
        wrong=wrong,
        left_out=left_out,
        sample=sample,
        reading_age=texts.reading_age(kind, kept) if sample is not None else None,
        **{"checked": False, "lacks": "", **more},
    )
