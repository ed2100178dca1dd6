"""Having heads of the log cosigned by the witnesses of the settings, and what they have signed.

A head is sent once it is in the database for good, with the proof that it continues the one that
the witness signed last. A head that a witness knows and that this log does not continue makes the
desk stand still, as a head file does (``audit/resuming.py``); what a witness only claims is said by
``petitbleu check``.
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.records.audit import heads, outside, resuming, standing
from petitbleu.desk.records.audit.heads import SignedHead
from petitbleu.desk.records.witnesses import client, cosignatures, requests
from petitbleu.desk.records.witnesses import queries as q
from petitbleu.desk.records.witnesses.client import NoAnswer, Said
from petitbleu.desk.records.witnesses.cosignatures import BadCosignature, Cosignature, Key
from petitbleu.desk.records.witnesses.queries import WitnessRow
from petitbleu.store.api import Tx

START_SECONDS = 3.0
"""How long a start waits for all witnesses together."""
PATIENCE = 7200
"""Seconds that a head may be without a witness's signature until ``check`` fails."""
_ANSWERS = {
    400: "it does not understand the request",
    403: "it does not take the key of this log",
    404: "it does not know this log",
}


class Witness(NamedTuple):
    """One of ``[desk] witnesses``: the prefix of its address, and its key."""

    url: str
    key: Key


class _Refused(Exception):
    """The witness did not sign; the text says why."""


class _Disputed(_Refused):
    """It says that it has signed another log."""


def read(entry: str) -> Witness:
    """An entry of the settings: ``https://HOST/PREFIX NAME+HASH+KEY``. Raises BadKey."""
    url, _, key = entry.strip().partition(" ")
    if not url.startswith(("https://", "http://")):
        raise cosignatures.BadKey(f"“{entry[:80]}” is not the address of a witness and its key")
    return Witness(url, cosignatures.read_key(key))


def configured(app: App) -> list[Witness]:
    """The witnesses of the settings."""
    return [read(entry) for entry in app.config.desk.witnesses]


async def _rows(app: App) -> dict[str, WitnessRow]:
    rows = await app.store.rows(q.WITNESSES, origin=heads.origin(app))
    return {row.name: row for row in rows}


# ── sending heads ───────────────────────────────────────────────────────────────────────────────


async def submit(app: App) -> bool:
    """Have the newest head signed by every witness that has not; whether all have. Nothing is sent
    while the desk stands still.
    """
    head = await heads.newest(app)
    if head is None or standing.held(app) is not None:
        return True
    known = await _rows(app)
    late = [
        (address, known.get(address.key.name))
        for address in configured(app)
        if address.key.name not in known or known[address.key.name].size != head.size
    ]
    done = await asyncio.gather(*(_submit(app, witness, row, head) for witness, row in late))
    return all(done)


async def _submit(app: App, one: Witness, row: WitnessRow | None, head: SignedHead) -> bool:
    try:
        signature = await _obtain(app, one, row.size if row is not None else 0, head)
    except (NoAnswer, _Refused, BadCosignature) as error:
        app.log.warning("audit.not_cosigned", witness=one.key.name, reason=str(error))
        disputed = isinstance(error, _Disputed)
        await app.store.background(_failed, app, one.key.name, str(error), disputed)
        return False
    await app.store.background(_signed, app, one.key.name, head.size, signature)
    note = await heads.with_cosignatures(app, [head])
    await asyncio.to_thread(outside.write, app, head.size, note[0])
    return True


async def _obtain(app: App, one: Witness, old: int, head: SignedHead) -> Cosignature:
    """The cosignature of one witness. Raises NoAnswer, _Refused, BadCosignature."""
    said = await _ask(one, app, old if old <= head.size else 0, head)
    if said.status == 409:
        knows = _size(said)
        if knows != old and knows <= head.size:  # it has signed another head than we know of
            said = await _ask(one, app, knows, head)
    if said.status == 200:
        return cosignatures.find(said.body, one.key, head.note, app.clock.now())
    if said.status in (409, 422):
        await confront(app, one)
    if said.status == 409:
        knows = _size(said)
        raise _Disputed(
            f"it says that it has signed {knows} lines, and the log has {head.size}"
            if knows > head.size
            else f"it says that it has signed other {knows} lines"
        )
    if said.status == 422:
        raise _Disputed("it says that the log does not continue what it has signed")
    raise _Refused(_ANSWERS.get(said.status, f"it answers {said.status}"))


def _size(said: Said) -> int:
    try:
        return requests.number(said.body.removesuffix("\n"))
    except requests.Malformed:
        raise _Refused("it answers 409 without a size") from None


async def _ask(one: Witness, app: App, old: int, head: SignedHead) -> Said:
    proof = await heads.growth(app, old, head)
    if proof is None:  # no head of ours has so many lines: it is to say what it has signed
        await confront(app, one)
        raise _Disputed(f"it says that it has signed a head of {old} lines that is not known here")
    return await client.add(one.url, requests.write(old, proof, head.note))


async def _signed(tx: Tx, app: App, name: str, size: int, found: Cosignature) -> None:
    await tx.run(q.KEEP, size=size, name=name, at=found.at, line=found.line)
    origin, now = heads.origin(app), int(app.clock.now())
    await tx.run(q.SIGNED, origin=origin, name=name, size=size, at=found.at, now=now)


async def _failed(tx: Tx, app: App, name: str, problem: str, disputed: bool) -> None:
    said = {"problem": problem[:500], "disputed": int(disputed)}
    await tx.run(q.FAILED, origin=heads.origin(app), name=name, now=int(app.clock.now()), **said)


# ── heads that witnesses know ───────────────────────────────────────────────────────────────────


async def confront(app: App, one: Witness, seconds: float = client.SECONDS) -> None:
    """Compare the log with the newest head that a witness knows, as far as it tells and the head
    verifies under the key of this log; where the log does not go on from it, the desk stands still.
    """
    try:
        note = await client.newest(one.url, heads.origin(app), seconds)
    except NoAnswer as error:
        app.log.info("audit.witness_is_silent", witness=one.key.name, reason=str(error))
        return
    known = outside.read(app, note) if note is not None else None
    if known is not None:
        await resuming.confront(app, known)


async def ask_all(app: App, seconds: float = START_SECONDS) -> None:
    """At a start: compare with what the witnesses know, for a few seconds at most."""
    await asyncio.gather(*(confront(app, address, seconds) for address in configured(app)))


# ── what they have signed ───────────────────────────────────────────────────────────────────────


async def published(app: App) -> dict[str, Any]:
    """What ``/transparence/journal`` says: key, witnesses, newest head, and earlier ones."""
    rows = await heads.signed(app, limit=48)
    notes = await heads.with_cosignatures(app, rows)
    return {
        "origin": heads.origin(app),
        "key": heads.verifier(app),
        "witnesses": [cosignatures.written(*address.key[:2]) for address in configured(app)],
        "heads": [
            {"size": row.size, "at": row.at, "root": row.root.hex(), "note": note}
            for row, note in zip(rows, notes, strict=True)
        ],
    }


class Late(NamedTuple):
    """A witness that has not signed the newest head. ``size`` 0: it has signed none."""

    name: str
    size: int
    seconds: int
    """Since the first head was there that it has not signed."""
    problem: str
    disputed: bool

    def is_wrong(self) -> bool:
        """Whether somebody must look at it."""
        return self.disputed or self.seconds > PATIENCE


async def late(app: App) -> list[Late]:
    """The witnesses that have not signed what is there to sign."""
    rows, now = await _rows(app), int(app.clock.now())
    missing = []
    for address in configured(app):
        row = rows.get(address.key.name) or WitnessRow(address.key.name, 0, 0, "", 0, now)
        since = await app.store.row(q.UNSIGNED_SINCE, size=row.size)
        if since is not None and since.at is not None:
            seconds = max(now - max(since.at, row.since), 0)
            missing.append(Late(row.name, row.size, seconds, row.problem, bool(row.disputed)))
    return missing


def _sentence(one: Late) -> str:
    minutes = one.seconds // 60
    hours = f"{minutes // 60} hours" if minutes >= 120 else f"{minutes} minutes"
    signed = f"The last it has signed has {one.size} lines" if one.size else "It has signed none"
    why = f"; the last try: {one.problem}" if one.problem else ""
    return f"The witness {one.name} has not signed the log for {hours}. {signed}{why}."


async def problems(app: App) -> list[str]:
    """Witnesses that have not signed for too long, or claim another log, in sentences for
    ``check``.
    """
    return [_sentence(delay) for delay in await late(app) if delay.is_wrong()]


async def health(app: App) -> list[str]:
    """Who has not signed the newest head yet, for the health page."""
    return [_sentence(delay) for delay in await late(app) if not delay.is_wrong()]
