"""The yearly report: built from the desk's data at any time, frozen and signed when published.

Building reads and changes nothing: the same data give the same bytes. Publishing keeps every file
in the vault with a signed list; a correction is a further version that says what was corrected and
why, and all versions stay public for five years (Implementing Regulation (EU) 2024/2835, Annex II).
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import re
import zoneinfo
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.reference.law import template
from petitbleu.desk.transparency import figures, files, gathering, rows, signing
from petitbleu.desk.transparency import queries_report as q
from petitbleu.desk.transparency.figures import Period, Published, Service
from petitbleu.desk.transparency.files import File
from petitbleu.desk.transparency.queries_report import ReportRow
from petitbleu.desk.transparency.tables import Table
from petitbleu.desk.transparency.texts import DEFAULTS, Said
from petitbleu.store.api import Reader, Tx

_DAY = r"(\d{4}-\d{2}-\d{2})"
_MAX_DAYS = 366
LIST = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"

_encode = msgspec.msgpack.Encoder().encode


class BadPeriod(Exception):
    """What was given is no period of a report; one sentence."""


class CannotPublish(Exception):
    """The report cannot be published as it is; ``said`` is why."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said


class Report(NamedTuple):
    """A report as it would be published now. ``notes``: what a person should look at."""

    period: Period
    service: Service
    tables: tuple[Table, ...]
    files: tuple[File, ...]
    notes: tuple[Said, ...]


class Kept(NamedTuple):
    """A file of a published report."""

    name: str
    size: int
    sha256: str


def period_of(text: str) -> Period:
    """``2026`` or ``2026-01-01/2026-12-31``. Raises BadPeriod."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{4}", text):
            year = int(text)
            return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        match = re.fullmatch(f"{_DAY}/{_DAY}", text)
        if match is not None:
            period = Period(*(datetime.date.fromisoformat(day) for day in match.groups()))
            if 0 <= (period.last - period.first).days < _MAX_DAYS:
                return period
    except ValueError:
        pass
    raise BadPeriod(f"“{text[:60]}” is no period: say 2026, or 2026-01-01/2026-12-31")


async def service_of(app: App, *, publish_exempt: bool = False) -> Service:
    """Whose report it is, from the operator's particulars."""
    operator = await directory.operator(app.store, app)
    given = operator.more.get("transparency_texts")
    texts = {name: str(text) for name, text in given.items()} if isinstance(given, dict) else {}
    return Service(
        operator.name or app.config.name,
        app.config.name,
        operator.online_platform,
        operator.micro_or_small,
        bool(operator.more.get("very_large")),
        publish_exempt,
        DEFAULTS | {name: text for name, text in texts.items() if name in rows.TEXTS},
    )


async def build(
    app: App,
    period: Period,
    *,
    publish_exempt: bool = False,
    published_on: datetime.date | None = None,
) -> Report:
    """The report of a period as the data are now."""
    service, tables = await count(
        app, period, publish_exempt=publish_exempt, published_on=published_on
    )
    packed = await asyncio.to_thread(files.all_files, tables, prefix(app, period))
    return Report(period, service, tables, tuple(packed), tuple(notes(app, service, period)))


async def count(
    app: App,
    period: Period,
    *,
    publish_exempt: bool = False,
    published_on: datetime.date | None = None,
) -> tuple[Service, tuple[Table, ...]]:
    """Whose report it would be, and its tables; counted beside the event loop."""
    service = await service_of(app, publish_exempt=publish_exempt)
    dates = Published(published_on, await _published_before(app, period))
    shape = template.build(law.document(app, template.DOCUMENT))
    facts = await gathering.gather(app, period)
    tables = await asyncio.to_thread(figures.tables, shape, service, period, dates, facts)
    return service, tables


def prefix(app: App, period: Period) -> str:
    """How the files of a report begin: ``NAME_FIRST_LAST``."""
    name = re.sub(r"[^a-z0-9]+", "-", app.config.name.lower()).strip("-") or "report"
    return f"{name}_{period.first}_{period.last}"


def notes(app: App, service: Service, period: Period) -> list[Said]:
    """What a person should look at before the report is published."""
    remarks = []
    today = _today(app)
    if period.last >= today:
        remarks.append(Said("open", what=today.isoformat()))
    if service.small:
        remarks.append(Said("exempt_filled" if service.publish_exempt else "exempt_blank"))
    return remarks + _long(service)


def _long(service: Service) -> list[Said]:
    most = template.TEXT_MAX
    return [
        Said("long", what=name, most=most)
        for name, text in service.texts.items()
        if len(text) > most
    ]


def _today(app: App) -> datetime.date:
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return datetime.datetime.fromtimestamp(app.clock.now(), zone).date()


async def _published_before(app: App, period: Period) -> datetime.date | None:
    """When the newest report of an earlier period was published."""
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    earlier = [report for report in await published(app.store) if report.period < str(period)]
    if not earlier:
        return None
    newest = max(one.published_at for one in earlier)
    return datetime.datetime.fromtimestamp(newest, zone).date()


# ── publishing ──────────────────────────────────────────────────────────────────────────────────


async def publish(
    app: App, period: Period, actor: str, *, why: str = "", publish_exempt: bool = False
) -> ReportRow:
    """Freeze the report and make it public. Raises CannotPublish.

    ``why`` of a further version: what was corrected, and why.
    """
    if period.last >= _today(app):
        raise CannotPublish(Said("not_over"))
    versions = [one for one in await published(app.store) if one.period == str(period)]
    if versions and not why.strip():
        raise CannotPublish(Said("again"))
    report = await build(app, period, publish_exempt=publish_exempt, published_on=_today(app))
    if long := _long(report.service):
        raise CannotPublish(long[0])
    version = len(versions) + 1
    sums = next(file for file in report.files if file.name == LIST)
    signature = signing.key(app).sign(signed_text(str(period), version, sums.data))
    return await app.store.write(_publish, app, report, version, why.strip(), signature, actor)


def signed_text(period: str, version: int, sums: bytes) -> bytes:
    """What the signature of a published report is over."""
    return f"petitbleu transparency report\n{period}\n{version}\n".encode() + sums


async def _publish(
    tx: Tx, app: App, report: Report, version: int, why: str, signature: bytes, actor: str
) -> ReportRow:
    now = int(app.clock.now())
    kept = []
    for file in report.files:
        await vault.put(tx, app, file.data)
        kept.append([file.name, len(file.data), file.sha256])
    sums = next(file for file in report.files if file.name == LIST)
    row = ReportRow(
        str(report.period),
        version,
        now,
        why,
        _encode(kept),
        hashlib.sha256(sums.data).digest(),
        signature,
    )
    await tx.run(q.PUBLISH, **row._asdict())
    said: dict[str, Any] = {"version": version, "sha256": row.list.hex()}
    await audit.note_row(tx, app, "report", row.period, version)
    await audit.append(tx, app, actor, "transparency.publish", row.period, said)
    return row


async def published(reader: Reader) -> list[ReportRow]:
    """All published reports and versions, newest first."""
    return await reader.rows(q.ALL)


def files_of(row: ReportRow) -> list[Kept]:
    """The files of a published report."""
    return [
        Kept(*one) for one in msgspec.msgpack.decode(row.files, type=list[tuple[str, int, str]])
    ]


async def published_file(app: App, period: str, version: int, name: str) -> bytes | None:
    """One file of a published report, verified; None where there is none."""
    row = await app.store.row(q.GET, period=period, version=version)
    if row is None:
        return None
    if name == SIGNATURE:
        return row.signature.hex().encode("ascii") + b"\n"
    file = next((one for one in files_of(row) if one.name == name), None)
    return await vault.get(app, bytes.fromhex(file.sha256)) if file is not None else None
