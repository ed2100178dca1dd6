"""Which telephone numbers an account asks about: each new one is counted, by whichever door.

Whoever may ask whether a number is a member's without end has the list of all members: there are
not many numbers. So every door that tells asks here first. A number is new once in
:data:`KEPT_SECONDS`; until then it is kept as a keyed digest. What stands in the address book was
asked about when it came there. Emptying the address book changes nothing of what was counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu import rates
from petitbleu.app import Actor, App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import queries as q
from petitbleu.rates import Charge, Claim
from petitbleu.store.api import Tx

KEPT_SECONDS = 30 * 86_400
FIRST_DAY = 86_400
"""Seconds from its beginning in which an account may upload a whole address book."""
YOUNG = 7 * 86_400
"""Age (seconds) from which an account is not counted with the others of its address."""


class _Asker(NamedTuple):
    """What new numbers of somebody count for: ``one`` for each of them, ``also`` for the call."""

    app: App
    me: Actor
    ip: str
    claims: list[Claim]
    also: Charge
    now: int

    def charge(self, amount: int) -> Charge:
        claims = [claim._replace(amount=amount) for claim in self.claims]
        return rates.charge_of(self.app, self.ip, *claims)

    def digest(self, number: str) -> str:
        return self.app.secrets.hmac(
            "asked_number", str(self.me.id).encode("ascii"), number.encode("ascii")
        )[:16].hex()


async def _asker(app: App, me: Actor, ip: str, also: Sequence[Claim]) -> _Asker:
    row = await accounts.get(app, me.id)
    now = int(app.clock.now())
    age = now - (row.created_at if row is not None else now)
    claims = [Claim("numbers_first_day" if age < FIRST_DAY else "numbers", (str(me.id),))]
    if age < YOUNG:
        claims += rates.at_address("numbers_address", ip)
    return _Asker(app, me, ip, claims, rates.charge_of(app, ip, *also), now)


async def admit(
    app: App, me: Actor, numbers: Sequence[str], *, ip: str | None, also: Sequence[Claim] = ()
) -> set[str]:
    """Count the new ones among ``numbers`` (canonical), in their order and as many as there is room
    for; those that may be looked at now. ``also`` is judged and charged with them.

    ``ip`` None: on behalf of the operator, not counted. Raises FLOOD_WAIT_X where none may be
    looked at (or ``also`` is too much); then nothing is counted.
    """
    wanted = list(dict.fromkeys(numbers))
    if ip is None or rates.lifted(app, ip) or not (wanted or also):
        return set(wanted)
    return await app.store.write(_admit, await _asker(app, me, ip, also), wanted)


async def _admit(tx: Tx, asker: _Asker, wanted: list[str]) -> set[str]:
    me, now = asker.me.id, asker.now
    await rates.take(tx, asker.also)
    if not wanted:
        return set()
    digests = {number: asker.digest(number) for number in wanted}
    asked = await tx.rows(
        q.ASKED, owner=me, numbers=list(digests.values()), after=now - KEPT_SECONDS
    )
    book = await tx.rows(q.OF_PHONES, owner=me, phones=wanted)
    before, known = {row.number for row in asked}, {line.phone for line in book}
    new = [number for number in wanted if digests[number] not in before and number not in known]
    if not new:
        return set(wanted)
    taken = new[: await rates.room(tx, asker.charge(1))]
    if taken or len(new) == len(wanted):  # none at all: the refusal says how long to wait
        await rates.take(tx, asker.charge(max(len(taken), 1)))
    await tx.many(q.ASK, [{"owner": me, "number": digests[number], "at": now} for number in taken])
    return {*wanted} - {*new} | {*taken}


async def prune(tx: Tx, now: int) -> int:
    """Forget what was asked long ago; how many numbers."""
    return await tx.run(q.PRUNE_ASKED, before=now - KEPT_SECONDS)
