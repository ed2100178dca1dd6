"""The operator's other sites: their keys, and the calls of the Akismet protocol in plain values.

Each key has a classifier of its own beside the shared one: what its site says is learnt for it
alone, so that no site spoils another's. Nothing of a text is kept but a digest and the verdict.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.safety.antispam import features, service, verdicts
from petitbleu.domain.safety.antispam import queries as q
from petitbleu.domain.safety.antispam.learning import HAM, SPAM
from petitbleu.domain.safety.antispam.queries import KeyRow as KeyRow
from petitbleu.domain.safety.antispam.submission import Submission, print_of
from petitbleu.domain.safety.antispam.verdicts import Verdict
from petitbleu.store.api import Tx

KEY_BYTES = 6
"""Twelve hexadecimal digits, as plugins expect; guessing is limited by address."""
MONTH_LIMIT = 100_000
MAX_KEYS = 1000
_HOST = re.compile(r"\w[\w.-]{0,252}")
"""What a site is listed under; nothing that a spreadsheet would compute."""
MAX_SITES = 500


class Made(NamedTuple):
    """A new key; it is shown this once."""

    id: int
    key: str


# ── keys ────────────────────────────────────────────────────────────────────────────────────────


async def create(app: App, site: str, month_limit: int = MONTH_LIMIT) -> Made:
    """A key for a site (its address). ``month_limit``: calls a month, 0: any number."""
    key = app.random(KEY_BYTES).hex()
    number = int.from_bytes(app.random(6), "big") | 1 << 48
    await app.store.write(
        _create,
        {
            "id": number,
            "digest": app.secrets.hmac("akismet", key.encode())[:16],
            "hint": key[-4:],
            "site": site,
            "month_limit": month_limit,
            "made_at": int(app.clock.now()),
        },
    )
    return Made(number, key)


async def _create(tx: Tx, row: dict[str, Any]) -> None:
    await tx.run(q.INSERT_KEY, **row)


async def listed(app: App) -> list[KeyRow]:
    """All keys, revoked ones too."""
    return await app.store.rows(q.KEYS, limit=MAX_KEYS)


async def revoke(app: App, number: int) -> bool:
    """End a key; whether it was valid."""
    return await app.store.write(_revoke, number, int(app.clock.now()))


async def _revoke(tx: Tx, number: int, at: int) -> bool:
    return await tx.run(q.REVOKE_KEY, id=number, at=at) > 0


async def find(app: App, key: str) -> KeyRow | None:
    """The valid key that was given."""
    if not key or len(key) > 64:
        return None
    digests = [mac[:16] for mac in app.secrets.hmacs("akismet", key.encode())]
    for digest in digests:
        row = await app.store.row(q.KEY_OF, digest=digest)
        if row is not None and row.revoked_at is None:
            return row
    return None


# ── calls ───────────────────────────────────────────────────────────────────────────────────────


async def check(app: App, key: KeyRow, blog: str, what: Submission) -> Verdict:
    """``comment-check``. A test is neither kept nor counted."""
    verdict = await service.look(app, what, corpus=key.id)
    if what.test:
        return verdict
    row = service.row_of_site(app, what, verdict, key.id)
    counted = {"spam": int(not verdict.public), "ham": int(verdict.public)}
    await app.store.write(_checked, row, _usage(app, key, blog, calls=1, **counted))
    return verdict


async def _checked(tx: Tx, row: q.CheckRow, usage: dict[str, Any]) -> None:
    await service.insert(tx, row)
    await tx.run(q.COUNT_USAGE, **usage)


async def submit(app: App, key: KeyRow, blog: str, what: Submission, *, spam: bool) -> None:
    """``submit-spam``, ``submit-ham``: learnt once, whether or not the text was checked before."""
    if what.test:
        return
    verdict = Verdict(verdicts.SPAM if spam else verdicts.PUBLISH, float(spam), [])
    row = service.row_of_site(app, what, verdict, key.id)
    usage = _usage(app, key, blog)
    await app.store.write(
        _submit, row, print_of(what), features.extract_features(what), spam, usage
    )


async def _submit(
    tx: Tx, row: q.CheckRow, text: bytes, found: list[str], spam: bool, usage: dict[str, Any]
) -> None:
    before = await tx.row(q.OF_PRINT, corpus=row.corpus, print=text)
    if before is None:
        await service.insert(tx, row)
    elif (before.verdict == verdicts.PUBLISH) == spam and before.judged == 0:
        usage["missed" if spam else "wrong"] = 1
    number = row.id if before is None else before.id
    if await service.judge_in(tx, number, SPAM if spam else HAM, found, "site", row.at):
        await tx.run(q.COUNT_USAGE, **usage)


class Usage(NamedTuple):
    """Calls of a key this month; ``limit`` 0: none."""

    limit: int
    calls: int

    @property
    def over(self) -> bool:
        """Whether the key has to wait for the next month."""
        return 0 < self.limit <= self.calls


async def usage(app: App, key: KeyRow) -> Usage:
    """``usage-limit``"""
    row = await app.store.row(q.CALLS, key=key.id, month=month_of(app))
    return Usage(key.month_limit, row.number if row is not None else 0)


async def sites(app: App, key: KeyRow, month: int) -> list[q.UsageRow]:
    """``key-sites``: what each site asked with the key in a month (YYYYMM), most calls first."""
    return await app.store.rows(q.USAGE, key=key.id, month=month, limit=MAX_SITES)


def month_of(app: App) -> int:
    """The present month, as YYYYMM in UTC."""
    now = datetime.fromtimestamp(app.clock.now(), UTC)
    return now.year * 100 + now.month


def _usage(app: App, key: KeyRow, blog: str, **counted: int) -> dict[str, Any]:
    none = dict.fromkeys(("calls", "spam", "ham", "missed", "wrong"), 0)
    host = features.host_of(blog)
    site = host if _HOST.fullmatch(host) else key.site
    return {"key": key.id, "month": month_of(app), "site": site} | none | counted
