"""Numbers of the form ``PB-YYYY-NNNNNN`` from one durable counter a year."""

from __future__ import annotations

import datetime
import re
import zoneinfo

from petitbleu.config import Config
from petitbleu.store import settings
from petitbleu.store.api import Tx

_YEAR = 1_000_000_000
_FORM = re.compile(r"\s*PB-(\d{4})-(\d{6,9})\s*", re.IGNORECASE)


async def take(tx: Tx, config: Config, now: int) -> int:
    """The next number of the year that ``now`` (Unix seconds) falls in at the operator's place."""
    year = datetime.datetime.fromtimestamp(now, zoneinfo.ZoneInfo(config.timezone)).year
    following = await tx.row(settings.TAKE, name=f"reference.{year}")
    assert following is not None
    return year * _YEAR + int(following.value) - 1


def text(number: int) -> str:
    """A stored number as people read it."""
    return f"PB-{number // _YEAR}-{number % _YEAR:06}"


def parse(written: str) -> int | None:
    """What somebody wrote as a stored number; None where it is none."""
    match = _FORM.fullmatch(written)
    return int(match[1]) * _YEAR + int(match[2]) if match else None
