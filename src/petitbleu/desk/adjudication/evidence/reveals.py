"""Media of sealed copies: opened one by one, with a reason, within a budget.

Opening writes the ledger's line (``content.media``) and counts the look in one transaction, then
gives a token; the token fetches the picture once, within a minute, for the same person. Playing a
recording is another opening (``content.playback``), whose token fetches its pieces for an hour.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.evidence import access, exposure, media
from petitbleu.desk.adjudication.evidence.access import NotOfThisCase, Why
from petitbleu.desk.adjudication.evidence.exposure import Place
from petitbleu.desk.adjudication.evidence.media import Medium, Still
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.queues import CHILD, category_of
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import holds, options, reports, sealing
from petitbleu.store.api import Tx

_ABUSE = frozenset(
    {
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
    }
)


_REASONS = frozenset({"childAbuse"})
"""Reasons of reports without a keyword that say the same."""


class Reserved(Exception):
    """Child sexual abuse material: only for those who have the right ``child``."""


class Revealed(NamedTuple):
    """A picture that may be fetched, or a recording that may be played, with ``token`` now."""

    medium: Medium
    token: bytes


async def play(app: App, who: Staff, where: Place, reason: str) -> Revealed:
    """Open a recording to be played; raises what :func:`reveal` does."""
    return await _open(app, who, where, reason, plays=True)


async def reveal(app: App, who: Staff, where: Place, reason: str) -> Revealed:
    """Open one of the media of a report's, measure's or target's copy.

    Raises NotOfThisCase, Reserved, ``exposure.Spent``, ``media.Gone`` (no picture of it is there;
    then nothing was counted), ValueError without a reason.
    """
    return await _open(app, who, where, reason, plays=False)


async def _open(app: App, who: Staff, where: Place, reason: str, *, plays: bool) -> Revealed:
    if not reason.strip():
        raise ValueError("a look at content needs a reason")
    state = await cases.get(app.store, where.number)
    if state is None:
        raise NotOfThisCase(case_numbers.text(where.number))
    copy = await access.copy_in(app, state, where.copy)
    if not who.may("child") and await _abuse(app, state):
        raise Reserved
    token = app.random(exposure.TOKEN)
    why = Why(who.actor, state.number, reason)
    kept = exposure.PLAY + token if plays else token
    await app.store.write(_reserve, app, who, why, state, where, kept)
    try:
        medium = _medium(copy.open(app), where)
        if not who.may("child") and await _reported_as_abuse(app, medium.id):
            raise Reserved
        await (media.piece(app, medium, 0, 1) if plays else media.still(app, medium))
    except (NotOfThisCase, Reserved, media.Gone):
        await app.store.write(exposure.give_back, kept)
        raise
    return Revealed(medium, token)


async def _reserve(
    tx: Tx, app: App, who: Staff, why: Why, state: CaseState, where: Place, token: bytes
) -> None:
    what = exposure.Look(category_of(state.kind, state.category), state.urgency)
    await exposure.reserve(tx, app, who.id, what, where, token)
    said = {"copy": case_numbers.text(where.copy), "medium": where.place}
    action = "content.playback" if exposure.plays(token) else "content.media"
    await access.line(tx, app, why, action, said)


async def picture(app: App, who: Staff, where: Place, token: bytes) -> Still:
    """What the token stands for, once. Raises ``exposure.Ended``, NotOfThisCase, ``media.Gone``."""
    await app.store.write(exposure.fetch, app, who.id, where, token)
    state = await cases.get(app.store, where.number)
    if state is None:
        raise NotOfThisCase(case_numbers.text(where.number))
    copy = await access.copy_in(app, state, where.copy)
    return await media.still(app, _medium(copy.open(app), where))


async def piece(
    app: App, who: Staff, where: Place, token: bytes, start: int, count: int
) -> tuple[Medium, media.Piece]:
    """A part of the recording that the token plays. Raises ``exposure.Ended``, NotOfThisCase,
    ``media.Gone``.
    """
    await app.store.write(exposure.playing, app, who.id, where, exposure.PLAY + token)
    state = await cases.get(app.store, where.number)
    if state is None:
        raise NotOfThisCase(case_numbers.text(where.number))
    medium = _medium((await access.copy_in(app, state, where.copy)).open(app), where)
    return medium, await media.piece(app, medium, start, count)


async def look(app: App, who: Staff, where: Place, token: bytes) -> None:
    """An opened picture is uncovered. Raises ``exposure.Ended``, ``exposure.Spent``."""
    await app.store.write(exposure.look, app, who.id, where, token)


def _medium(copy: dict[str, object], where: Place) -> Medium:
    for one in media.of_copy(copy):
        if one.place == where.place:
            return one
    raise NotOfThisCase(case_numbers.text(where.copy))


async def _abuse(app: App, state: CaseState) -> bool:
    """Whether the case is about child sexual abuse material, by its kind or any of its reports."""
    if state.kind == CHILD or state.facts.get("keyword") in _ABUSE:
        return True
    numbers = {*state.reports, state.number}
    return any([await _names_abuse(app, number) for number in sorted(numbers)])


async def _reported_as_abuse(app: App, number: int) -> bool:
    """Whether any report, or case about child abuse that copied it, says so of this medium."""
    if not number:
        return False
    return any([await _names_abuse(app, holder) for holder in await holds.holders(app, number)])


async def _names_abuse(app: App, report: int) -> bool:
    row = await reports.get(app, report)
    if row is None and (kept := await sealing.get(app, report)) is not None:
        about = await cases.get(app.store, kept.file)
        return about is not None and about.kind == CHILD
    leaf = options.leaf(row.reason) if row is not None else None
    if row is None or leaf is None:
        return False
    return leaf.keyword in _ABUSE or row.reason in _REASONS
