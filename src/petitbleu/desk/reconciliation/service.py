"""Asking for a comparison, and taking over what is older than the digests."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

import msgspec

from petitbleu.app import App, Part
from petitbleu.desk.casework.alerts import recipients
from petitbleu.desk.reconciliation import queries as q
from petitbleu.desk.reconciliation.comparing import ADOPT, Outside
from petitbleu.desk.reconciliation.process import ADOPTED, Order
from petitbleu.desk.reconciliation.process import Answer as Answer
from petitbleu.desk.reconciliation.queries import CheckRow as CheckRow
from petitbleu.desk.reconciliation.texts import DIFFERS
from petitbleu.desk.records.audit import heads, records
from petitbleu.desk.records.audit import service as audit
from petitbleu.eager import within
from petitbleu.errors import StoreUnavailable
from petitbleu.store.api import Tx

SECONDS = 6 * 3600.0
"""After how long a comparison is given up."""
IDLE_SECONDS = 600.0
"""After how long one that leaves the CPU to all others begins again as one that shares it: on a
machine that is never idle it would not end.
"""
_AT_ONCE = 500
"""Rows that one line takes over."""
TURN: Part[asyncio.Lock] = Part(lambda _: asyncio.Lock())
_SAID = 20
"""Sentences that are kept and mailed."""
_KEPT = 400 * 86_400


async def compare(app: App, outside: Sequence[Outside] = (), *, adopt: bool = False) -> Answer:
    """Compare log and tables in a process of its own. Raises StoreUnavailable where it fails."""
    order = Order(
        dialect=app.store.dialect,
        place=app.store.place,
        scratch="",
        key=heads.key(app).public_key().public_bytes_raw().hex(),
        sealing=app.secrets.sealing_keys(),
        outside=[(head.size, head.root.hex()) for head in outside],
        adopt=adopt,
    )
    async with app.parts[TURN]:
        try:
            return await _ask(app, order, IDLE_SECONDS)
        except TimeoutError:
            app.log.info("desk.comparison_waited", seconds=IDLE_SECONDS)
        order.idle = False
        return await _ask(app, order, SECONDS)


async def _ask(app: App, order: Order, seconds: float) -> Answer:
    """Raises TimeoutError after ``seconds``."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "petitbleu.desk.reconciliation.process"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    # Here, and not there: a process that is killed leaves its file behind.
    with tempfile.TemporaryDirectory(prefix="compare-", dir=app.config.data) as folder:
        order.scratch = folder
        try:
            async with within(seconds):
                out, errors = await worker.communicate(msgspec.json.encode(order))
        except BaseException:
            if worker.returncode is None:
                worker.kill()
                await worker.wait()
            raise
    if worker.returncode:
        app.log.error("desk.comparison_failed", reason=errors.decode("utf-8", "replace")[-2000:])
        raise StoreUnavailable("log and tables could not be compared; the server's log says why")
    return msgspec.json.decode(out, type=Answer)


async def keep(app: App, found: Answer) -> None:
    """Note what was found, for ``check`` and the health page."""
    await app.store.background(_keep, app, found)


async def _keep(tx: Tx, app: App, found: Answer) -> None:
    now = int(app.clock.now())
    problems = found.total
    await tx.run(
        q.KEEP,
        at=now,
        lines=found.size,
        older=found.older,
        problems=problems,
        said="\n".join(first(found, "en")),
        seconds=round(found.seconds),
    )
    await tx.run(q.PRUNE, before=now - _KEPT)


def first(found: Answer, language: str) -> list[str]:
    """The first sentences about what is wrong; none where nothing is."""
    return [*found.problems[language], *found.differences[language]][:_SAID]


async def newest(app: App) -> CheckRow | None:
    """What the newest comparison found."""
    return await app.store.row(q.NEWEST)


async def problems(app: App) -> list[str]:
    """What the newest comparison found, in sentences for ``check``; nothing where all fits."""
    row = await newest(app)
    if row is None or not row.problems:
        return []
    first = row.said.partition("\n")[0]
    return [
        f"The log and what the desk holds differ in {row.problems} places: {first}"
        " `petitbleu desk audit verify` names all."
    ]


async def tell(app: App, found: Answer) -> None:
    """Mail leads, directors and the data protection officer what differs."""
    count = found.total
    app.log.error("audit.differs", count=count, first=first(found, "en")[0])
    for person in await recipients.responsible(app):
        language = person.language
        subject, text = DIFFERS[language]
        words = {
            "instance": app.config.name,
            "count": count,
            "what": "\n".join(first(found, language)),
        }
        if app.mail is not None:
            await app.mail.send(person.to, subject.format(**words), text.format(**words))


def sound(found: Answer) -> bool:
    """Whether nothing is wrong."""
    return not found.total


async def take_over(app: App, found: Answer) -> int:
    """Have the log tell of rows that are older than its digests, once; how many of them. What
    became of them before cannot be proved.
    """
    if found.adopted or not sound(found):
        return 0
    rows = found.unknown
    for first in range(0, len(rows), _AT_ONCE):
        part = [[kind, json.loads(key), sha] for kind, key, sha in rows[first : first + _AT_ONCE]]
        await app.store.background(_say, app, {records.RECORDS: part})
    if len(rows) < ADOPTED:
        await app.store.background(_say, app, {"whole": True})
    return len(rows)


async def _say(tx: Tx, app: App, said: dict[str, Any]) -> None:
    await audit.append(tx, app, "system", ADOPT, "log", said)
