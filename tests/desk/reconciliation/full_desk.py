"""A desk that holds a row of each kind, and comparing it with its log."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Any

from petitbleu.desk.intake import service as intake
from petitbleu.desk.orders.disclosures import service as disclosures
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.orders.holds.service import What
from petitbleu.desk.reconciliation import comparing
from petitbleu.desk.reconciliation.comparing import ADOPT, Found, Outside
from petitbleu.desk.reconciliation.scratch import Scratch
from petitbleu.desk.records.audit import heads, records
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.transparency import report
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.store.reading import reader
from tests.desk.adjudication.decisions.deciding import NOTICE, scene
from tests.desk.intake.mails import mail
from tests.desk.kit import agree, signer
from tests.desk.orders.disclosures.test_disclosures import ada_and_case, plan
from tests.kit.world import World

DAY = 86_400


async def fill(world: World) -> None:
    """One of each, by the services; then the log accounts for all kinds of rows."""
    await intake.deliver(world.app, mail("Me <me@home.example>", text="Bonjour"), channel="smtp")
    at = await scene(world)
    await at.decide(await at.open(NOTICE))
    at.post = await at.place.post(at.ada, "Encore")
    await at.decide(await at.open(NOTICE))
    undone = await at.decide(await at.open(NOTICE), at.form(outcome="no_action", measures=[]))
    assert undone.outcome == "no_action"
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    await agree(world, row.request, second)
    secret = await disclosures.make(world.app, row.id, first.staff.actor)
    assert await disclosures.fetch(world.app, secret, "192.0.2.1") is not None
    until = int(world.clock.now()) + 30 * DAY
    what = What("account", ada.user_id)
    kept = await holds.place(world.app, case, what, until=until, reason="EPOC-PR", by="staff:1")
    await holds.renew(world.app, kept.id, until=until + DAY, reason="Annex VI", by="staff:1")
    year = datetime.datetime.fromtimestamp(world.clock.now(), datetime.UTC).year
    await report.publish(world.app, report.period_of(str(year - 1)), "staff:1")
    await JobRunner(world.app).run_due()
    await world.app.store.write(audit.append, world.app, "system", ADOPT, "log", {"whole": True})


async def compared(world: World, *outside: Outside) -> Found:
    """What comparing finds now, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Scratch(str(Path(folder) / "scratch"))
        try:
            async with reader(world.app.store.dialect, world.app.store.place) as source:
                return await comparing.compare(
                    source,
                    scratch,
                    key=heads.key(world.app).public_key(),
                    unseal=world.app.secrets.unseal,
                    outside=outside,
                )
        finally:
            scratch.close()


def said(found: Found) -> list[str]:
    """All that is wrong, in English."""
    return [str(one) for one in [*found.problems, *found.differences]]


async def attack(tx: Tx, sql: str, **values: Any) -> None:
    """One statement that no service of ours makes."""
    await tx.run(query(sql), **values)


__all__ = ["attack", "compared", "fill", "records", "report", "said"]
