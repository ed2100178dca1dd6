"""Lists of cases: mail nobody has looked at, queues, one's own, orders, appeals, search, next."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from petitbleu import folding
from petitbleu.desk.adjudication.evidence import exposure
from petitbleu.desk.casework.cases import queues as lists
from petitbleu.desk.casework.cases import ranking
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.queues import CHILD, Filter
from petitbleu.desk.casework.cases.ranking import Mark
from petitbleu.desk.casework.cases.service import Brief, CaseState
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.casework.routing.conditions import ACCOUNT, CHAT, MESSAGE
from petitbleu.desk.casework.routing.seeing import ORDERS, may_change, may_see
from petitbleu.desk.casework.views import service as views
from petitbleu.desk.intake import canary
from petitbleu.desk.reference.law import categories, kinds
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.desk.workplace.pages import render
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

PAGE = 50
APPEALS = kinds.select(lambda one: one.family in ("complaint", "appeal"))
_FIELDS = ("kind", "urgency", "state", "owner", "due", "queue", "category", "language", "closed")
_BASE = "/desk/queues"


def _kinds(visit: PageRequest) -> list[str]:
    """The kinds of cases that this person may see, those that counsel added among them."""
    return [kind for kind in law.kinds(law.load_law(visit.app)) if may_see(visit.staff, kind)]


def visible(visit: PageRequest, wanted: Filter) -> Filter:
    """The filter within what this person may see: kinds of their queues, child abuse by role."""
    kinds = tuple(kind for kind in _kinds(visit) if not wanted.kinds or kind in wanted.kinds)
    return wanted._replace(kinds=kinds or ("-",))


async def reachable(
    visit: PageRequest, number: int, *, by: Callable[[Staff, str], bool] = may_see
) -> CaseState | None:
    """A case, if it is one that this person may see. Whatever hangs on a case asks this too."""
    state = await cases.get(visit.app.store, number)
    if state is None or not by(visit.staff, state.kind):
        return None
    if visit.request.method == "POST" and not may_change(visit.staff, state.kind):
        raise Problem("child_look", 403)
    about = state.facts.get("about") if state.kind in APPEALS else None
    if about is not None:  # an objection says what it is about: child abuse stays with its role
        first = await cases.get(visit.app.store, int(about))
        if first is not None and first.kind == CHILD and not visit.staff.may("child"):
            return None
    return state


def _asked(query: Mapping[str, str], visit: PageRequest) -> Filter:
    staff = visit.staff
    owner = query.get("owner", "")
    urgency = query.get("urgency", "")
    due_from, due_before = _due(query.get("due", ""), int(visit.app.clock.now()))
    return Filter(
        kinds=(query["kind"],) if query.get("kind") in law.load_law(visit.app).kinds else (),
        urgency=int(urgency) if urgency in ("0", "1", "2", "3") else None,
        state=query.get("state", "") if query.get("state") in cases.STATES else "",
        owner=staff.id if owner == "me" else _whole(owner),
        language=query.get("language", "")[:2].lower(),
        category=query.get("category", "")[:100],
        queue=_whole(query.get("queue", "")),
        open=None if query.get("closed") else True,
        due_from=due_from,
        due_before=due_before,
    )


DUES = ("late", "day")
"""When the leading clock ends: it has, or within a day."""


def _due(wanted: str, now: int) -> tuple[int | None, int | None]:
    """From when until when a clock ends, as the home strip counts it."""
    if wanted not in DUES:
        return None, None
    return (None, now) if wanted == "late" else (now, now + lists.SOON)


def encode_filter(query: Mapping[str, str]) -> str:
    """The filter of an address as a view keeps it: fields of the form that say something."""
    return urlencode([(name, query[name][:100]) for name in _FIELDS if query.get(name)])


def _whole(text: str) -> int | None:
    """A number somebody typed, that a database can hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _mark(request: Request) -> Mark | None:
    """Where a page goes on, as the link to it says."""
    match = _MARK.fullmatch(request.query_params.get("after", ""))
    if match is None:
        return None
    at, tier, due, number = (int(text) for text in match.groups()[:4])
    return Mark(at, tier, min(due, lists.NEVER), number, match[5])


_MARK = re.compile(r"(\d{1,12})-([012])-(\d{1,19})-(\d{1,17})-(\w{1,64})", re.ASCII)


async def _list(
    visit: PageRequest,
    title: str,
    wanted: Filter,
    *,
    status: int = 200,
    filters: bool = False,
    **more: Any,
) -> Response:
    """A page of cases. ``more``: what the template shows besides."""
    listing = await ranking.page(
        visit.app, visible(visit, wanted), after=_mark(visit.request), limit=PAGE + 1
    )
    following = ""
    asked = more.get("query", visit.request.query_params)
    if len(listing) > PAGE:
        listing = listing[:PAGE]
        mark = "-".join(str(number) for number in listing[-1][1])
        following = urlencode({**asked, "after": mark})
    rows = [row for row, _ in listing]
    return visit.html(
        "queue.html",
        status=status,
        title=title,
        rows=rows,
        first=urlencode({name: value for name, value in asked.items() if name != "after"}),
        following=following,
        kinds=_kinds(visit),
        states=cases.STATES,
        dues=DUES,
        number=case_numbers.text,
        newest=await lists.newest(visit.app) if not rows else 0,
        doors=[canary.well(visit.app, row) for row in await canary.health(visit.app)]
        if not rows
        else [],
        topics={group.category: group.words for group in categories.groups(visit.lang)},
        target=_target,
        queues={queue.id: queue.name for queue in await routing.queues(visit.app.store)},
        base=_BASE if filters else visit.request.url.path,
        picks=visit.staff.may("take") and any(row.closed_at is None for row in rows),
        back=f"{visit.request.url.path}?{visit.request.url.query}",
        filters=filters,
        **{"query": asked, "lead": "queue_lead", **more},
    )


def _target(row: Brief) -> str:
    """What the first target is: message, account or chat."""
    return MESSAGE if row.item else ACCOUNT if row.target > 0 else CHAT


@page("/desk/mail", right="mail", rail="mail")
async def mail(visit: PageRequest) -> Response:
    """What arrived and nobody has looked at."""
    return await _list(visit, "rail_mail", Filter(unread=True), lead="mail_lead")


@page(_BASE, right="cases", rail="queues")
async def queues(visit: PageRequest) -> Response:
    """All open cases one may see, filtered, but for categories one opted out of."""
    return await _queues(visit, visit.request.query_params)


async def _queues(
    visit: PageRequest, query: Mapping[str, str], *, status: int = 200, **more: Any
) -> Response:
    avoided = await exposure.avoided(visit.app.store, visit.staff.id)
    wanted = _asked(query, visit)._replace(without=tuple(sorted(avoided)))
    return await _list(
        visit,
        "rail_queues",
        wanted,
        status=status,
        filters=True,
        query=query,
        filter=encode_filter(query),
        categories=[(group.category, group.words) for group in categories.groups(visit.lang)],
        views=await views.visible_views(visit.app.store, visit.staff),
        **{"wrong": "", "name_typed": "", **more},
    )


@page("/desk/views", right="cases", methods=("POST",))
async def keep(visit: PageRequest) -> Response:
    """Keep the filter under a name."""
    form = visit.form
    query = dict(parse_qsl(form.get("filter")[:2000]))
    name, shared = form.get("name"), form.flag("shared")
    try:
        await visit.app.store.write(
            views.keep, visit.app, visit.staff, name, encode_filter(query), shared=shared
        )
    except views.Refused as refused:
        said = refused.say(visit.lang)
        return await _queues(visit, query, status=422, wrong=said, name_typed=name)
    return visit.to(_BASE, "view_kept", **dict(parse_qsl(encode_filter(query))))


@page("/desk/views/{id:int}/delete", right="cases", methods=("POST",))
async def delete(visit: PageRequest) -> Response:
    """A view less."""
    try:
        await visit.app.store.write(views.delete, visit.app, visit.staff, visit.number("id", 1))
    except views.Refused as refused:
        return await _queues(visit, {}, status=404, wrong=refused.say(visit.lang))
    return visit.to(_BASE, "view_deleted")


@page("/desk/mine", right="cases", rail="mine")
async def mine(visit: PageRequest) -> Response:
    """One's own cases."""
    return await _list(visit, "rail_mine", Filter(owner=visit.staff.id))


@page("/desk/orders", right="orders", rail="orders")
async def orders(visit: PageRequest) -> Response:
    """Orders and requisitions."""
    return await _list(visit, "rail_orders", Filter(kinds=ORDERS))


@page("/desk/appeals", right="appeals", rail="appeals")
async def appeals(visit: PageRequest) -> Response:
    """Complaints against decisions."""
    return await _list(visit, "rail_appeals", Filter(kinds=APPEALS))


@page("/desk/next", right="take", action="")
async def following(visit: PageRequest) -> Response:
    """The next case that nobody has and this person may take, but for categories they opted out
    of or had enough of, graphic ones as a shift begins or ends, and queues that others work on.
    """
    wanted = Filter(
        owner=0,
        without=await exposure.left_out(visit.app, visit.staff.id),
        put_off=await exposure.put_off(visit.app, visit.staff.id),
        not_queues=await routing.closed_off(visit.app, visit.staff),
    )
    rows = await ranking.page(visit.app, visible(visit, wanted), limit=1)
    if not rows:
        return visit.to("/desk/queues", "none_next_calm" if wanted.put_off else "none_next")
    return visit.to(f"/desk/cases/{case_numbers.text(rows[0][0].number)}")


_CLOCK = re.compile(r"<(\d{1,4})([hd])")


def searched(text: str, visit: PageRequest) -> Filter:
    """What somebody typed as a filter: ``kind:``, ``assigned:``, ``state:``, ``language:``,
    ``category:``, ``from:``, ``due:<24h``, ``has:order``; the rest are words. ``owner:`` and
    ``clock:`` are the former names of ``assigned:`` and ``due:``.
    """
    staff, now = visit.staff, int(visit.app.clock.now())
    kinds, states = _written(visit)
    conditions: dict[str, Any] = {"open": None}
    words: list[str] = []
    for part in text[:500].split():
        name, colon, value = part.partition(":")
        clock = _CLOCK.fullmatch(value)
        if (
            name == "kind"
            and (kind := kinds.get(slug(value), value)) in law.load_law(visit.app).kinds
        ):
            conditions["kinds"] = (kind,)
        elif name == "has" and value == "order":
            conditions["kinds"] = ORDERS
        elif name in ("assigned", "owner") and colon:
            conditions["owner"] = staff.id if value == "me" else _whole(value) or 0
        elif name == "state" and value:
            conditions[name] = states.get(slug(value), value)
        elif name in ("language", "category") and value:
            conditions[name] = value
        elif name in ("due", "clock") and clock is not None:
            span = int(clock[1]) * (3600 if clock[2] == "h" else 86_400)
            conditions |= {"due_before": now + span, "open": True}
        else:
            words.append(value if name == "from" and value else part)
    return Filter(words=" ".join(words), senders=staff.may("notifiers"), **conditions)


def slug(words: str) -> str:
    """Words as one that can be typed: Décidé -> decide, production order -> production-order."""
    return "-".join(re.findall(r"[^\W_]+", folding.fold(words)))


def _written(visit: PageRequest) -> tuple[dict[str, str], dict[str, str]]:
    """How kinds and states may be written in a search: by their words in either language."""
    known = law.load_law(visit.app)
    kinds = {
        slug(law.kind(known, kind, lang)): kind for kind in _kinds(visit) for lang in render.TEXTS
    }
    states = {
        slug(texts[f"cs_{state}"]): state
        for state in cases.STATES
        for texts in render.TEXTS.values()
    }
    return kinds, states


@page("/desk/search", right="search", action="search", rail="search")
async def search(visit: PageRequest) -> Response:
    """Find cases. That somebody searched, and for what, is logged."""
    text = visit.request.query_params.get("q", "").strip()
    visit.said = {"words": text[:200]}
    number = case_numbers.parse(text)
    if number is not None and await reachable(visit, number) is not None:
        # One that this person may not see is not found, as one that there is not.
        return visit.to(f"/desk/cases/{case_numbers.text(number)}")
    wanted = searched(text, visit)
    if not text:
        wanted = Filter(kinds=("-",))
    return await _list(visit, "rail_search", wanted, lead="search_lead", search=text, slug=slug)
