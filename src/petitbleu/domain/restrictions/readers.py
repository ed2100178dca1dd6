"""The country of somebody who reads on the web without an account."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from petitbleu.app import App

_UNKNOWN = frozenset({"", "XX", "T1", "ZZ"})
"""What proxies write where they do not know (T1: Tor)."""


def country(app: App, ip: str, told: str = "") -> str:
    """Where the reader at ``ip`` is taken to be (ISO 3166).

    ``told`` is what a trusted proxy said in ``moderation.country_header`` (the gateway hands it on
    as ``scope["petitbleu.country"]``); else the operator's MMDB file is asked; an unknown reader
    counts as being where the operator is.
    """
    if len(told) == 2 and told.isalpha() and told.isascii() and told.upper() not in _UNKNOWN:
        return told.upper()
    path = app.config.moderation.country_database
    return (_looked_up(path, ip) if path else None) or app.config.country


def _looked_up(path: str, ip: str) -> str | None:
    try:
        record: Any = _database(path).get(ip)
    except ValueError:  # not an address, or one of a family that the file does not know
        return None
    # "country" is where the address is used, "registered_country" who holds it.
    for field in ("country", "registered_country"):
        place = record.get(field) if isinstance(record, dict) else None
        code = place.get("iso_code") if isinstance(place, dict) else None
        if isinstance(code, str) and len(code) == 2:
            return code.upper()
    return None


@lru_cache(maxsize=4)
def _database(path: str) -> Any:
    import maxminddb  # only where the operator gave a file

    return maxminddb.open_database(path)
