"""Presets of the decision form: the list in its order, and the form of one."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from starlette.responses import Response

from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import presets
from petitbleu.desk.adjudication.decisions.form import ACTS, Wrong
from petitbleu.desk.adjudication.decisions.presets import Kept, Preset, Refused
from petitbleu.desk.reference.law import categories
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page

_BASE = "/desk/presets"
_RIGHT = "templates"
_LISTS = ("kinds", "countries")


@page(_BASE, right=_RIGHT)
async def everything(visit: PageRequest) -> Response:
    """All presets."""
    return await _list(visit)


async def _list(visit: PageRequest, *, status: int = 200, wrong: str = "") -> Response:
    rows = await presets.everything(visit.app.store)
    named = {
        choice.value: choice.words
        for group in categories.groups(visit.lang)
        for choice in group.choices
    }
    return visit.html("presets.html", status=status, rows=rows, topics=named, wrong=wrong)


@page(_BASE + "/new", right=_RIGHT)
async def fresh(visit: PageRequest) -> Response:
    """The form of a new one."""
    return _form(visit, None, Preset())


@page(_BASE + "/{id:int}", right=_RIGHT)
async def one(visit: PageRequest) -> Response:
    """One preset, to be changed."""
    kept = await _known(visit)
    return _form(visit, kept, kept.preset)


@page(_BASE, right=_RIGHT, methods=("POST",))
async def add(visit: PageRequest) -> Response:
    """A new one, at the end."""
    return await _save(visit, None)


@page(_BASE + "/{id:int}/change", right=_RIGHT, methods=("POST",))
async def save(visit: PageRequest) -> Response:
    """The preset as it is now written."""
    return await _save(visit, await _known(visit))


async def _save(visit: PageRequest, kept: Kept | None) -> Response:
    given = _typed(visit)
    try:
        await presets.keep(visit.app, visit.staff, given, kept.id if kept else 0)
    except Refused as refused:
        return _form(visit, kept, given, status=422, wrong=[refused.say(visit.lang)])
    except Wrong as wrong:
        said = [f"{_label(visit, error.field)} {error.say(visit.lang)}" for error in wrong.errors]
        return _form(visit, kept, given, status=422, wrong=said)
    return visit.to(_BASE, "preset_kept")


def _label(visit: PageRequest, field: str) -> str:
    """The words of a field of the form, before what is wrong with it."""
    name = field.rpartition(".")[2]
    name = {"category": "queue_category", "keywords": "queue_category"}.get(name, f"d_{name}")
    return visit.t["preset_wrong"].format(field=visit.t.get(name, visit.t["d_measures"]))


@page(_BASE + "/{id:int}/act", right=_RIGHT, methods=("POST",))
async def act(visit: PageRequest) -> Response:
    """Up, down, or away."""
    id, what = visit.number("id", 1), visit.form.get("act")
    write, app, me = visit.app.store.write, visit.app, visit.staff
    try:
        if what in ("up", "down"):
            await write(presets.move, app, me, id, what == "up")
        elif what == "delete":
            await write(presets.delete, app, me, id)
        else:
            raise Problem("status_other", 400)
    except Refused as refused:
        return await _list(visit, status=422, wrong=refused.say(visit.lang))
    return visit.to(_BASE, f"preset_{what}", row=f"preset-{id}")


async def _known(visit: PageRequest) -> Kept:
    id = visit.number("id", 1)
    visit.subject = f"preset:{id}"
    for row in await presets.everything(visit.app.store):
        if row.id == id:
            return row
    raise Problem("status_404", 404)


def _typed(visit: PageRequest) -> Preset:
    """A preset as the form says it."""
    form = visit.form
    given: dict[str, Any] = {
        name: form.get(name) for name in Preset.__struct_fields__ if name in form.fields
    }
    category, keyword = categories.split(form.get("topic"))
    given |= {
        "kinds": tuple(form.all("kinds")),
        "countries": tuple(
            country for country in re.split(r"[\s,;]+", form.get("countries")) if country
        ),
        "category": category,
        "keyword": keyword,
        "days": (form.number("days") or -1) if form.get("days") else None,
    }
    return msgspec.convert(given, Preset)


def _form(
    visit: PageRequest,
    kept: Kept | None,
    given: Preset,
    *,
    status: int = 200,
    wrong: list[str] | None = None,
) -> Response:
    return visit.html(
        "preset.html",
        status=status,
        kept=kept,
        given=given,
        kinds=law.kinds(law.load_law(visit.app)),
        outcomes=presets.OUTCOMES,
        acts=list(ACTS),
        grounds=(forms.ILLEGAL, forms.RULE),
        groups=categories.groups(visit.lang),
        wrong=wrong or [],
    )
