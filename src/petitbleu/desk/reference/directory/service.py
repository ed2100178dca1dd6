"""The directory of authorities, and the operator's own particulars."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.directory import queries as q
from petitbleu.desk.reference.directory.queries import AuthorityRow as AuthorityRow
from petitbleu.store.api import Reader, Tx

OPERATOR = "operator"
"""The setting that holds what the operator says of itself."""
PRACTICE = "practice"
"""The setting of a practice desk."""
_PAGE = 1000
_MAX_EFFORT_MINUTES = 7 * 24 * 60
"""Minutes a case may need."""
_KNOWN = {"domain", "name", "country", "trusted_flagger", "phone", "language", "age_key"}

_ADDRESS = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-z\d-]+(?:\.[a-z\d-]+)+", re.ASCII | re.IGNORECASE)

_encode = msgspec.msgpack.Encoder().encode


class Invalid(Exception):
    """What was given cannot be kept; the text says why, in one sentence."""


class Operator(msgspec.Struct):
    """What the operator says of itself. ``more`` keeps what we do not know."""

    name: str = ""
    country: str = ""
    coordinator: str = ""
    declared_languages: list[str] = []
    authserv_id: str = ""
    """The name our own mail server writes into Authentication-Results and Received (RFC 8601)."""
    online_platform: bool = True
    micro_or_small: bool = False
    support: str = ""
    """Whom readers of hard things can turn to, as each page of the desk says it."""
    minutes_needed: dict[str, int] = {}
    """Kind of case -> minutes of work; what queues are ordered by (cases/ranking.py)."""
    more: dict[str, Any] = {}


# ── authorities ─────────────────────────────────────────────────────────────────────────────────


def parents(domain: str) -> list[str]:
    """A domain and what it lies under, nearest first; never a top-level domain alone."""
    labels = domain.lower().strip(".").split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)] or labels


async def authority(reader: Reader, domain: str) -> AuthorityRow | None:
    """The entry that covers ``domain``: its own, else that of the nearest parent."""
    names = parents(domain)
    by_domain = {row.domain: row for row in await reader.rows(q.OF_DOMAINS, domains=names)}
    return next((by_domain[name] for name in names if name in by_domain), None)


async def authorities(reader: Reader) -> list[AuthorityRow]:
    """All of them, by domain."""
    rows: list[AuthorityRow] = []
    page: list[AuthorityRow] = []
    while not rows or len(page) == _PAGE:
        after = rows[-1].domain if rows else ""
        page = await reader.rows(q.ALL, after=after, limit=_PAGE)
        rows += page
        if not page:
            break
    return rows


async def add(app: App, given: Sequence[Mapping[str, Any]], actor: str) -> int:
    """Take over a list of authorities; a domain that is there already is replaced. Their number.

    Raises Invalid; then nothing is taken over.
    """
    rows = [_row(index, one) for index, one in enumerate(given, 1)]
    await app.store.write(_add, app, rows, actor)
    return len(rows)


def _row(index: int, one: Any) -> dict[str, Any]:
    if not isinstance(one, Mapping):
        raise Invalid(f"entry {index} is no object with name, country and domain")
    domain = str(one.get("domain") or "").strip().lower().strip(".@")
    if "." not in domain or any(letter.isspace() or letter in "/@:" for letter in domain):
        raise Invalid(f"entry {index} has no usable domain (“{domain}”)")
    name = str(one.get("name") or "").strip()
    if not name:
        raise Invalid(f"entry {index} ({domain}) has no name")
    country = str(one.get("country") or "").strip().upper()
    if country and not (len(country) == 2 and country.isalpha()) and country != "EU":
        raise Invalid(f"entry {index} ({domain}): “{country}” is no two-letter country code")
    told = one.get("threat_email")
    if told and not (isinstance(told, str) and _ADDRESS.fullmatch(told)):
        raise Invalid(f"entry {index} ({domain}): “{told}” is no e-mail address")
    return {
        "domain": domain,
        "name": name,
        "country": country,
        "trusted_flagger": int(bool(one.get("trusted_flagger"))),
        "phone": str(one.get("phone") or ""),
        "language": str(one.get("language") or "").lower(),
        "age_key": str(one.get("age_key") or ""),
        "more": _encode({key: value for key, value in one.items() if key not in _KNOWN}),
    }


async def _add(tx: Tx, app: App, rows: list[dict[str, Any]], actor: str) -> None:
    now = int(app.clock.now())
    for row in rows:
        await tx.run(q.PUT, at=now, **row)
    named = [row["domain"] for row in rows]
    await audit.append(tx, app, actor, "directory.import", "directory", {"domains": named})


async def by_key(reader: Reader, key: str) -> list[AuthorityRow]:
    """The entries with this key."""
    return [row for row in await authorities(reader) if row.age_key.strip() == key.strip() != ""]


async def key_checked(
    tx: Tx, app: App, entry: AuthorityRow, actor: str, subject: str, spoke_with: str
) -> bool:
    """Note that the authority confirmed its key when its number was called; False where key or
    number have changed meanwhile. ``subject``: the case that it was done for.
    """
    done = await tx.run(
        q.CHECKED,
        at=int(app.clock.now()),
        by=actor,
        phone=entry.phone,
        domain=entry.domain,
        age_key=entry.age_key,
    )
    said = {
        "domain": entry.domain,
        "key": audit.digest(entry.age_key),
        "number": entry.phone,
        "with": audit.digest(spoke_with),
    }
    if done:
        await audit.append(tx, app, actor, "directory.key", subject, said)
    return bool(done)


def threat_email(row: AuthorityRow) -> str:
    """Where an authority wants to be told of threats to life; empty: nowhere. A trusted flagger is
    no authority.
    """
    more: dict[str, Any] = msgspec.msgpack.decode(row.more)
    return "" if row.trusted_flagger else str(more.get("threat_email") or "")


def as_json(row: AuthorityRow) -> dict[str, Any]:
    """An entry as it is exported; importing it again gives the same entry."""
    known = {name: value for name in sorted(_KNOWN) if (value := getattr(row, name)) != ""}
    known["trusted_flagger"] = bool(row.trusted_flagger)
    more: dict[str, Any] = msgspec.msgpack.decode(row.more)
    return known | more


# ── the operator ────────────────────────────────────────────────────────────────────────────────


async def operator(reader: Reader, app: App) -> Operator:
    """What the operator says of itself; where nothing was set, what the configuration knows."""
    row = await reader.row(q.SETTING, name=OPERATOR)
    if row is not None:
        return msgspec.msgpack.decode(row.value, type=Operator)
    config = app.config
    return Operator(
        name=config.name, country=config.country, declared_languages=list(config.languages)
    )


async def set_operator(app: App, given: Mapping[str, Any], actor: str) -> Operator:
    """Change what was given; the rest stays. Names we do not know are kept. Raises Invalid."""
    now = await operator(app.store, app)
    known = {name: value for name, value in msgspec.structs.asdict(now).items() if name != "more"}
    changed = {name: value for name, value in given.items() if name in known}
    more = now.more | {name: value for name, value in given.items() if name not in known}
    try:
        made = msgspec.convert(known | changed | {"more": more}, Operator)
    except msgspec.ValidationError as error:
        raise Invalid(f"the operator's particulars: {error}") from None
    made.country = made.country.upper()
    made.declared_languages = [language.lower() for language in made.declared_languages]
    if made.country and len(made.country) != 2:
        raise Invalid(f"“{made.country}” is no two-letter country code")
    for kind, minutes in made.minutes_needed.items():
        if not 1 <= minutes <= _MAX_EFFORT_MINUTES:
            raise Invalid(f"{kind}: a case needs between 1 and {_MAX_EFFORT_MINUTES} minutes")
    await app.store.write(_set, app, OPERATOR, _encode(made), actor, dict(given))
    return made


async def practise(tx: Tx, app: App, actor: str) -> None:
    """Say that this is a practice desk: letters to invented addresses leave it for nowhere."""
    await _set(tx, app, PRACTICE, _encode(True), actor, {})


async def practice(reader: Reader) -> bool:
    """Whether invented cases were put into this instance for training."""
    return await reader.row(q.SETTING, name=PRACTICE) is not None


async def _set(tx: Tx, app: App, name: str, value: bytes, actor: str, said: dict[str, Any]) -> None:
    await tx.run(q.SET, name=name, value=value, at=int(app.clock.now()))
    await audit.append(tx, app, actor, "setting.change", name, said)
