"""SQL of ``desk_report``: reports as they were published."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ReportRow(NamedTuple):
    """A published version; ``files``: msgpack of ``[[name, size, SHA-256 in hexadecimal]]``."""

    period: str
    version: int
    published_at: int
    why: str
    files: bytes
    list: bytes
    signature: bytes


_REPORT = "period, version, published_at, why, files, list, signature"
PUBLISH = query(
    f"insert into desk_report ({_REPORT}) values (:period, :version, :published_at, :why, :files,"
    " :list, :signature)"
)
ALL = query(
    f"select {_REPORT} from desk_report order by period desc, version desc limit 1000", ReportRow
)
GET = query(
    f"select {_REPORT} from desk_report where period = :period and version = :version", ReportRow
)
