"""What a move (``move.py``) left in a database, and who may serve it.

A source that was moved is refused, so that people never write to two copies of one instance; so is
a target that is not whole. Rows of ``setting``, each a JSON object.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from petitbleu.store import settings
from petitbleu.store.api import Store, Tx
from petitbleu.store.migrate import Refused

BEGUN = "move.begun"
"""In a source: ``id`` of the move that runs or was killed. The next start of a server drops it:
what was copied before is old then."""
MOVED = "move.to"
"""In a source whose move has ended: ``id``, ``at`` (Unix seconds), ``to`` (where to)."""
PROGRESS = "move.progress"
"""In a target that is not whole: ``id``, ``done`` (table -> rows and digest)."""
ARRIVED = "move.from"
"""In a target that is whole: ``id``, ``served`` (Unix seconds of the first start, 0: none yet)."""
STATES = (BEGUN, MOVED, PROGRESS, ARRIVED)
LINE = "move.line"
"""What the next start writes into the desk's log."""


async def begin(store: Store, now: int, *, return_to: bool = False) -> None:
    """At a start. ``return_to``: serve a source that was moved, if its target never was.

    Raises Refused where the database was moved away, or is not whole.
    """
    if await store.row(settings.LOAD, name=PROGRESS) is not None:
        raise Refused(
            "This database is the target of a move that did not end. Run `petitbleu move` again: it"
            " goes on where it stopped. Or empty the database and begin anew."
        )
    row = await store.row(settings.LOAD, name=MOVED)
    if row is not None:
        moved: dict[str, Any] = json.loads(row.value)
        if not return_to:
            raise Refused(_left(moved))
        await _give_up(moved)
    arrived = await store.row(settings.LOAD, name=ARRIVED)
    begun = await store.row(settings.LOAD, name=BEGUN)
    state = json.loads(arrived.value) if arrived is not None else None
    if row is None and begun is None and (state is None or state["served"]):
        return
    await store.write(_started, None if state is None else {**state, "served": now})


async def _started(tx: Tx, state: dict[str, Any] | None) -> None:
    """This database is the one that is served."""
    for name in (BEGUN, MOVED):
        await tx.run(settings.DROP, name=name)
    if state is not None:
        await tx.run(settings.SET, name=ARRIVED, value=json.dumps(state).encode())


def _left(moved: dict[str, Any]) -> str:
    from datetime import UTC, datetime

    from petitbleu.store.move_sides import without_password

    when = datetime.fromtimestamp(moved["at"], UTC)
    where = without_password(moved["to"])
    return (
        f"This database was moved to {where} on {when:%Y-%m-%d at %H:%M} UTC, and is not served any"
        f' more. Set `database = "{where}"` (with the password) in petitbleu.toml, or start with'
        " --database. If the move was a mistake and the new database has never been served, start"
        " once with --i-know."
    )


async def _give_up(moved: dict[str, Any]) -> None:
    """See that the target of a move was never served, and that it never will be. Raises Refused."""
    from petitbleu.errors import StoreUnavailable
    from petitbleu.store.move_sides import PostgresSide, Side, SqliteSide

    side: Side
    where = moved["to"]
    try:
        if where.startswith("sqlite:"):
            path = Path(where.removeprefix("sqlite:"))
            if not path.exists():  # noqa: ASYNC240 - a start, nothing waits
                return
            side = SqliteSide(path)
        else:
            side = await PostgresSide.open(where)
    except StoreUnavailable as error:
        raise Refused(
            f"Whether the new database has been served cannot be asked: {error}. Nothing was"
            " changed."
        ) from error
    try:
        value = None if await side.is_empty() else await side.setting(ARRIVED)
        state = json.loads(value) if value is not None else {}
        if state.get("id") != moved["id"]:
            return  # emptied, or filled by somebody else since
        if state["served"]:
            raise Refused(
                f"{side.name} has been served since the move: what people did there is not in this"
                " database. Move it back with `petitbleu move` instead."
            )
        await side.change({ARRIVED: None, PROGRESS: json.dumps({"id": "given up"}).encode()})
    finally:
        await side.close()
