"""Where cases go by themselves: the rules in their order, the queues, and the test box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.casework.routing import service
from petitbleu.desk.casework.routing.conditions import CHANNELS, TARGETS, Conditions, Seen
from petitbleu.desk.casework.routing.service import Draft, Refused, Rule, Trial
from petitbleu.desk.intake import service as intake
from petitbleu.desk.reference.law import categories
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.workplace.pages.case import change, found, show
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_BASE = "/desk/routing"
_RIGHT = "assign"
_TRIED = 60_000
"""Characters of a text that is tried."""
_LISTED = ("kinds", "categories", "targets", "channels")
_TYPED = ("countries", "authorities", "languages")


def refusal_text(visit: PageRequest, refused: Refused) -> str:
    """A refusal in the reader's language, kinds of cases by their names."""
    if "kind" in refused.words:
        refused.words["kind"] = _kind(visit, str(refused.words["kind"]))
    return refused.say(visit.lang)


@page(_BASE, right=_RIGHT, rail="routing")
async def routing(visit: PageRequest) -> Response:
    """Rules, queues, test box."""
    return await _show(visit)


async def _show(visit: PageRequest, *, status: int = 200, **more: Any) -> Response:
    app = visit.app
    rules = await service.rules(app, app.store)
    queues = await service.queues(app.store)
    return visit.html(
        "routing.html",
        status=status,
        rules=[
            {"rule": one, "when": _when(visit, one.conditions), "then": _then(visit, one, queues)}
            for one in rules
        ],
        unusable=await service.unusable(app, [one for one in rules if one.active]),
        queues=queues,
        led={one.queue for one in rules},
        people=await _people(visit),
        form=visit.form,
        named_case=visit.form.get("case") or visit.request.query_params.get("case", "")[:40],
        **{"wrong": "", "wrong_queue": "", "wrong_test": "", "editing": 0, "trial": None, **more},
    )


async def _people(visit: PageRequest) -> list[tuple[int, str]]:
    """Those who take cases, by number and roles: staff are known by number, and leads know them."""
    return [
        (person.id, person.name)
        for person in await staff.everybody(visit.app, visit.app.store)
        if person.may("take")
    ]


def _kind(visit: PageRequest, name: str) -> str:
    return law.kind(law.load_law(visit.app), name, visit.lang)


def _words_of(visit: PageRequest, field: str, values: tuple[str, ...]) -> list[str]:
    """Values of a condition as they are read."""
    if field == "categories":
        named = {group.category: group.words for group in categories.groups(visit.lang)}
        return [named.get(one, one) for one in values]
    if field == "kinds":
        return [_kind(visit, one) for one in values]
    prefix = {"targets": "route_target_", "channels": "channel_"}.get(field)
    if prefix is None:
        return list(values)
    return [visit.t.get(prefix + one, one) for one in values]


def _when(visit: PageRequest, wanted: Conditions) -> list[tuple[str, str]]:
    """The conditions in words: (what is looked at, what is asked of it)."""
    lines = []
    for field in Conditions.__struct_fields__:
        value = getattr(wanted, field)
        if field == "urgency" and value is not None:
            lines.append((visit.t["route_urgency"], visit.t[f"urgency_{value}"]))
        elif field != "urgency" and value:
            words = visit.t["route_or"].join(_words_of(visit, field, value))
            lines.append((visit.t[f"route_{field}"], words))
    return lines


def _then(visit: PageRequest, rule: Rule, queues: list[service.Queue]) -> list[tuple[str, str]]:
    named = {queue.id: queue.name for queue in queues}
    lines = []
    if rule.queue:
        lines.append((visit.t["queue_named"], named.get(rule.queue, "–")))
    if rule.owner:
        lines.append((visit.t["queue_owner"], visit.t["you"].format(number=rule.owner)))
    if rule.urgency is not None:
        lines.append((visit.t["route_to_urgency"], visit.t[f"urgency_{rule.urgency}"]))
    return lines


# ── rules ───────────────────────────────────────────────────────────────────────────────────────


@page(_BASE + "/rules/new", right=_RIGHT)
async def fresh(visit: PageRequest) -> Response:
    """The form of a new rule."""
    return await _form(visit, None)


@page(_BASE + "/rules", right=_RIGHT, methods=("POST",))
async def add(visit: PageRequest) -> Response:
    """A new rule, at the end."""
    try:
        await service.add_rule(visit.app, visit.staff, _typed(visit))
    except Refused as refused:
        return await _form(visit, None, status=422, wrong=refusal_text(visit, refused))
    return visit.to(_BASE, "rule_added")


@page(_BASE + "/rules/{id:int}", right=_RIGHT)
async def rule(visit: PageRequest) -> Response:
    """One rule, to be changed."""
    return await _form(visit, await _known(visit))


@page(_BASE + "/rules/{id:int}/change", right=_RIGHT, methods=("POST",))
async def save(visit: PageRequest) -> Response:
    """The rule as it is now written."""
    known = await _known(visit)
    try:
        await service.change_rule(visit.app, visit.staff, known.id, _typed(visit))
    except Refused as refused:
        return await _form(visit, known, status=422, wrong=refusal_text(visit, refused))
    return visit.to(_BASE, "rule_changed")


@page(_BASE + "/rules/{id:int}/act", right=_RIGHT, methods=("POST",))
async def act(visit: PageRequest) -> Response:
    """Up, down, on, off, or away."""
    id, what = visit.number("id", 1), visit.form.get("act")
    app, me = visit.app, visit.staff
    try:
        if what in ("up", "down"):
            await service.move_rule(app, me, id, up=what == "up")
        elif what in ("on", "off"):
            await service.switch_rule(app, me, id, on=what == "on")
        elif what == "delete":
            await service.delete_rule(app, me, id)
        else:
            raise Problem("status_other", 400)
    except Refused as refused:
        return await _show(visit, status=422, wrong=refusal_text(visit, refused))
    return visit.to(_BASE, f"rule_{what}", row=f"rule-{id}")


async def _known(visit: PageRequest) -> Rule:
    id = visit.number("id", 1)
    visit.subject = f"rule:{id}"
    for one in await service.rules(visit.app, visit.app.store):
        if one.id == id:
            return one
    raise Problem("status_404", 404)


def _typed(visit: PageRequest) -> Draft:
    """A rule as the form says it."""
    form = visit.form
    listed = {field: tuple(form.all(field)) for field in _LISTED}
    typed = {
        field: tuple(re.split(r"[\s,;]+", form.get(field).strip()) if form.get(field) else ())
        for field in _TYPED
    }
    lower = {field: tuple(one.lower() for one in values) for field, values in typed.items()}
    return Draft(
        form.get("name"),
        Conditions(
            **listed,
            **(lower | {"countries": tuple(country.upper() for country in typed["countries"])}),
            words=tuple(word for line in form.get("words").split("\n") if (word := line.strip())),
            urgency=form.number("urgency"),
        ),
        form.number("queue") or 0,
        form.number("owner") or 0,
        form.number("to_urgency"),
    )


async def _form(
    visit: PageRequest, known: Rule | None, *, status: int = 200, wrong: str = ""
) -> Response:
    given: Rule | Draft = _typed(visit) if visit.form.fields else known or Draft("")
    return visit.html(
        "routing_rule.html",
        status=status,
        known=known,
        given=given,
        conditions=given.conditions,
        kinds=law.kinds(law.load_law(visit.app)),
        categories=[(group.category, group.words) for group in categories.groups(visit.lang)],
        targets=TARGETS,
        channels=CHANNELS,
        queues=await service.queues(visit.app.store),
        people=await _people(visit),
        wrong=wrong,
    )


# ── queues ──────────────────────────────────────────────────────────────────────────────────────


@page(_BASE + "/queues", right=_RIGHT, methods=("POST",))
async def add_queue(visit: PageRequest) -> Response:
    """A new queue."""
    name, members = _queue(visit)
    try:
        await visit.app.store.write(service.add_queue, visit.app, visit.staff, name, members)
    except Refused as refused:
        return await _show(visit, status=422, wrong_queue=refusal_text(visit, refused))
    return visit.to(_BASE, "queue_added", row="queues")


@page(_BASE + "/queues/{id:int}", right=_RIGHT, methods=("POST",))
async def change_queue(visit: PageRequest) -> Response:
    """Another name, other members, or its end."""
    id = visit.number("id", 1)
    name, members = _queue(visit)
    write, app, me = visit.app.store.write, visit.app, visit.staff
    try:
        if visit.form.get("act") == "delete":
            await write(service.delete_queue, app, me, id)
            return visit.to(_BASE, "queue_deleted", row="queues")
        await write(service.change_queue, app, me, id, name, members)
    except Refused as refused:
        return await _show(visit, status=422, wrong_queue=refusal_text(visit, refused), editing=id)
    return visit.to(_BASE, "queue_changed", row="queues")


def _queue(visit: PageRequest) -> tuple[str, list[int]]:
    members = [
        int(member)
        for member in visit.form.all("member")
        if member.isdecimal() and len(member) < 18
    ]
    return visit.form.get("name"), members


@page("/desk/cases/{number}/queue", right="triage", methods=("POST",))
async def move(visit: PageRequest) -> Response:
    """Put a case into a queue by hand; rules leave it there until it is sorted anew."""
    state = await found(visit)
    app, queue = visit.app, visit.form.number("queue") or 0
    try:
        moved = await service.into(app, app.store, queue, state.kind)
    except Refused as refused:
        return await show(visit, state, status=422, wrong=refusal_text(visit, refused))
    await change(visit, state, moved)
    return visit.to(f"/desk/cases/{case_numbers.text(state.number)}", "moved")


# ── the test box ────────────────────────────────────────────────────────────────────────────────


@page(_BASE + "/test", right=_RIGHT, methods=("POST",), form_bytes=400_000)
async def test(visit: PageRequest) -> Response:
    """Hold the rules against a case, or a text as if it arrived; nothing happens to either."""
    form = visit.form
    written, text = form.get("case"), form.get("text")[:_TRIED]
    if written:
        number = case_numbers.parse(written)
        state = await reachable(visit, number) if number is not None else None
        if state is None:
            return await _show(visit, status=422, wrong_test=visit.t["route_no_case"])
        visit.subject = case_numbers.text(state.number)
    elif text:
        state = await intake.rehearse(visit.app, text)
    else:
        return await _show(visit, status=422, wrong_test=visit.t["route_nothing"])
    trial = await service.trial(visit.app, state)
    return await _show(visit, trial=await _trial(visit, state, trial))


async def _trial(visit: PageRequest, state: CaseState, trial: Trial) -> dict[str, Any]:
    queues = await service.queues(visit.app.store)
    seen = trial.seen
    return {
        "number": case_numbers.text(state.number) if state.number else "",
        "seen": [(visit.t[f"route_{name}"], _has(visit, seen, name)) for name in _SEEN],
        "tried": [
            {
                "rule": attempt.rule,
                "decides": attempt.decides,
                "unseen": attempt.unseen,
                "why": [
                    visit.t["route_has"].format(
                        what=visit.t[f"route_{name}"],
                        has=_has(visit, seen, name),
                        asked=dict(_when(visit, attempt.rule.conditions))[visit.t[f"route_{name}"]],
                    )
                    for name in attempt.lacking
                ],
                "then": _then(visit, attempt.rule, queues),
            }
            for attempt in trial.tried
        ],
    }


_SEEN: Mapping[str, str] = {
    "kinds": "kind",
    "categories": "category",
    "countries": "countries",
    "authorities": "authority",
    "languages": "language",
    "urgency": "urgency",
    "targets": "targets",
    "channels": "channel",
    "words": "text",
}
"""Condition -> what of a case it looks at."""


def _has(visit: PageRequest, seen: Seen, condition: str) -> str:
    """What a case has there, in words."""
    if condition == "urgency":
        return visit.t[f"urgency_{seen.urgency}"]
    value = getattr(seen, _SEEN[condition])
    values = (value,) if isinstance(value, str) else tuple(sorted(value))
    if condition == "words":
        return f"“{value[:80]}…”" if len(value) > 80 else f"“{value}”" if value else "–"
    return ", ".join(_words_of(visit, condition, tuple(one for one in values if one))) or "–"
