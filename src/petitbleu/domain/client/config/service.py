"""What clients are told about this server: data files, prepared once and hashed."""

from __future__ import annotations

import asyncio
import functools
import zlib
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from babel import Locale, UnknownLocaleError

from petitbleu import account_status
from petitbleu.app import App, Part
from petitbleu.resources import schema_text

NEVER = 2**31 - 1
"""The end of what has none."""
_AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


def digest(data: bytes) -> int:
    """A positive 31-bit hash of ``data`` (clients hold it in a signed int and hand it back)."""
    return zlib.crc32(data) & 0x7FFFFFFF or 1


class AppConfig(NamedTuple):
    """help.getAppConfig: plain values, and their hash."""

    hash: int
    values: dict[str, Any]


@functools.cache
def app_config() -> AppConfig:
    """``schema/app-config.json`` (core.telegram.org/api/config#client-configuration)."""
    text = schema_text("app-config.json").encode()
    return AppConfig(digest(text), msgspec.json.decode(text, type=dict[str, Any]))


def app_config_of(app: App, account: int) -> AppConfig:
    """:func:`app_config` as one account gets it: whoever is frozen is told so there
    (core.telegram.org/api/config#freeze-since-date). ``account`` 0: nobody is signed in.
    """
    common = app_config()
    standing = account_status.load_standing(app, account, app.clock.now())
    if standing is None or standing.kind != account_status.FROZEN:
        return common
    values = common.values | {
        "freeze_since_date": standing.since,
        "freeze_until_date": standing.until or NEVER,
        "freeze_appeal_url": app.config.moderation.appeal_url or app.config.public_url,
    }
    return AppConfig(digest(msgspec.json.encode(values)), values)


class Code(NamedTuple):
    """A calling code of a country: which digits follow it there, how numbers are spaced."""

    code: str
    prefixes: list[str]
    patterns: list[str]


class Country(NamedTuple):
    """A country with its names (``name`` only where it differs from the English one)."""

    iso2: str
    default_name: str
    name: str | None
    codes: list[Code]


class Countries(NamedTuple):
    """help.getCountriesList in one language, with its hash."""

    hash: int
    countries: list[Country]


WITHOUT_COUNTRY = {"FT": "Numbers without a telephone"}


@functools.lru_cache(maxsize=16)
def countries(lang: str) -> Countries:
    """All countries, named in English and in ``lang`` (any code that the locale data knows)."""
    english, local = locale("en"), locale(lang)
    assert english is not None
    by_code: dict[str, Country] = {}
    for line in schema_text("countries.tsv").splitlines()[1:]:
        iso2, code, prefixes, patterns = line.split("\t")
        one = Code(code, _listed(prefixes), _listed(patterns))
        if iso2 in by_code:
            by_code[iso2].codes.append(one)
            continue
        default = WITHOUT_COUNTRY.get(iso2) or english.territories.get(iso2, iso2)
        name = local.territories.get(iso2) if local is not None else None
        by_code[iso2] = Country(iso2, default, name if name != default else None, [one])
    listed = sorted(by_code.values(), key=lambda country: country.default_name)
    return Countries(digest(msgspec.json.encode(listed)), listed)


def _listed(cell: str) -> list[str]:
    return cell.split(",") if cell else []


def locale(lang: str) -> Locale | None:
    """The locale data of a language code (``pt-br``, ``zh-hans-raw``, ``fr``), None if unknown."""
    parts = [part for part in lang.replace("_", "-").split("-") if part != "raw"]
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (ValueError, UnknownLocaleError):
            parts.pop()
    return None


class Zone(NamedTuple):
    """A time zone; ``offset`` in seconds east of UTC, at present."""

    id: str
    name: str
    offset: int


class Zones(NamedTuple):
    """help.getTimezonesList, with its hash."""

    hash: int
    zones: list[Zone]


ZONES: Part[tuple[int, Zones] | None] = Part(lambda _: None)
"""The hour they were worked out, and the zones."""


async def timezones(app: App) -> Zones:
    """Every zone of the time zone data, by offset; worked out once an hour (summer time ends)."""
    now = app.clock.now()
    hour = int(now) // 3600
    kept = app.parts[ZONES]
    if kept is None or kept[0] != hour:
        kept = app.parts[ZONES] = (hour, await asyncio.to_thread(_timezones, now))
    return kept[1]


def _timezones(now: float) -> Zones:
    zones = [Zone("Etc/UTC", "UTC", 0)]
    for name in available_timezones():
        if name.startswith(_AREAS):
            offset = datetime.fromtimestamp(now, ZoneInfo(name)).utcoffset()
            city = name.rpartition("/")[2].replace("_", " ")
            zones.append(Zone(name, city, int(offset.total_seconds()) if offset else 0))
    zones.sort(key=lambda zone: (zone.offset, zone.id))
    return Zones(digest(msgspec.json.encode(zones)), zones)


def public_url(app: App, local: tuple[str, int]) -> str:
    """Base of links with a slash at its end: as configured, else the address the client dialled.

    On this machine by its name: a browser that signed in at ``localhost``, as the start says, is a
    stranger at 127.0.0.1.
    """
    configured = app.config.public_url
    if configured:
        return configured.rstrip("/") + "/"
    host = f"[{local[0]}]" if ":" in local[0] else local[0]
    if host in ("127.0.0.1", "[::1]"):
        host = "localhost"
    scheme = "https" if app.config.tls_cert else "http"
    return f"{scheme}://{host}:{local[1]}/"


def base_of_links(app: App) -> str:
    """:func:`public_url` where no call is at hand: without configuration, where we listen first."""
    host, _, port = app.config.listen[0].rpartition(":")
    return public_url(app, (host.strip("[]"), int(port)))
