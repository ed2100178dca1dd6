"""Bots: accounts with a token instead of a number (core.telegram.org/api/bots)."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.devices.service import Begun, Where
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.registration.bots import queries as q
from petitbleu.domain.registration.bots.queries import (
    BotRow as BotRow,  # given on: what callers get
)
from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

_TOKEN = re.compile(r"(\d{1,12}):([A-Za-z0-9_-]{35})")
MAX_BOTS = 100_000
"""Bots that are looked at together."""
_SECRET_BYTES = 26
"""35 characters of base64, the length of Telegram's secrets."""


class Made(NamedTuple):
    """A new bot and its token."""

    id: int
    token: str


async def create(app: App, name: str, username: str, *, owner: int = 0) -> Made:
    """Make a bot, in privacy mode. Raises FIRSTNAME_INVALID, USERNAME_INVALID (must end in "bot"),
    USERNAME_OCCUPIED.
    """
    if not usernames.canonical(username).endswith("bot"):
        raise Fault("USERNAME_INVALID")
    bot = await app.store.write(_create, app, name, username, owner, _secret(app))
    accounts.bots_in_privacy_mode(app).add(bot.id)
    return bot


async def _create(tx: Tx, app: App, name: str, username: str, owner: int, secret: str) -> Made:
    now = int(app.clock.now())
    row = await accounts.create(tx, at=now, first_name=name, kind=accounts.BOT)
    await usernames.take(tx, row.id, username, now)
    sealed, digest = _kept(app, row.id, secret)
    await tx.run(q.INSERT, id=row.id, owner=owner, sealed=sealed, digest=digest, at=now)
    return Made(row.id, f"{row.id}:{secret}")


def _secret(app: App) -> str:
    return base64.urlsafe_b64encode(app.random(_SECRET_BYTES)).decode("ascii").rstrip("=")


def _kept(app: App, bot: int, secret: str) -> tuple[bytes, bytes]:
    """The secret sealed, and what logins are compared with."""
    plain = secret.encode("ascii")
    return app.secrets.seal(plain, b"bot %d" % bot), app.secrets.hmac("bot-token", plain)


async def get(app: App, bot: int) -> BotRow | None:
    """One bot."""
    return await app.store.row(q.GET, id=bot)


async def listed(app: App, limit: int) -> list[BotRow]:
    """Bots, the oldest first."""
    return await app.store.rows(q.ALL, limit=limit)


def token(app: App, row: BotRow) -> str:
    """The bot's token."""
    return f"{row.id}:{app.secrets.unseal(row.sealed, b'bot %d' % row.id).decode('ascii')}"


async def load(app: App) -> None:
    """Remember which bots are in privacy mode (at the start)."""
    rows = await listed(app, MAX_BOTS)
    people = await accounts.get_many(app, [row.id for row in rows])
    accounts.bots_in_privacy_mode(app).update(
        account for account, row in people.items() if not _hears_all(row)
    )


async def reread(app: App, bots: Iterable[int]) -> None:
    """Another worker made or changed some of ``bots``, or they are none."""
    for account in bots:
        row = await accounts.get(app, account)
        if row is not None and row.kind == accounts.BOT and not _hears_all(row):
            accounts.bots_in_privacy_mode(app).add(account)
        else:
            accounts.bots_in_privacy_mode(app).discard(account)


def _hears_all(row: accounts.AccountRow) -> bool:
    return bool(accounts.settings_of(row).get(accounts.HEARS_ALL))


async def hear(app: App, bot: int, *, everything: bool) -> None:
    """Let a bot hear all that is said in its groups, or only what concerns it (privacy mode)."""
    with accounts.changing(app, bot):
        await accounts.change_settings(app, bot, {accounts.HEARS_ALL: everything or None})
    if everything:
        accounts.bots_in_privacy_mode(app).discard(bot)
    else:
        accounts.bots_in_privacy_mode(app).add(bot)


async def renew(app: App, bot: int) -> str:
    """A new token; the old one and all logins with it end."""
    secret = _secret(app)
    sealed, digest = _kept(app, bot, secret)
    await app.store.write(_renew, bot, sealed, digest, int(app.clock.now()))
    await devices.end_all(app, bot, event="token")
    return f"{bot}:{secret}"


async def _renew(tx: Tx, bot: int, sealed: bytes, digest: bytes, at: int) -> None:
    await tx.run(q.SET_TOKEN, id=bot, sealed=sealed, digest=digest, at=at)


async def remove(app: App, bot: int) -> None:
    """Delete the bot: its token, its logins, its account."""
    await app.store.write(_remove, bot)
    await deletion.delete(app, bot)


async def _remove(tx: Tx, bot: int) -> None:
    await tx.run(q.DROP, id=bot)


async def sign_in(app: App, given: str, where: Where) -> int:
    """Sign the key in with a token; the bot. Raises ACCESS_TOKEN_INVALID."""
    match = _TOKEN.fullmatch(given)
    if match is None:
        raise Fault("ACCESS_TOKEN_INVALID")
    bot, secret = int(match[1]), match[2].encode("ascii")
    row = await get(app, bot)
    # Compared also where there is no such bot: the time tells nothing.
    known = row.digest if row is not None else bytes(32)
    right = [hmac.compare_digest(known, mac) for mac in app.secrets.hmacs("bot-token", secret)]
    if not any(right):
        raise Fault("ACCESS_TOKEN_INVALID")
    begun = await app.store.write(_sign_in, app, bot, where)
    devices.dropped(app, begun.ended)
    return bot


async def _sign_in(tx: Tx, app: App, bot: int, where: Where) -> Begun:
    return await devices.sign_in(tx, app, where, bot, event="token", trusted=True)
