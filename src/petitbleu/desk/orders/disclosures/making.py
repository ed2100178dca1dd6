"""Reading what a plan names, and packing it: CSV and JSON files, a manifest, age encryption."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import zipfile
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.orders.disclosures.fields import FIELDS
from petitbleu.desk.orders.disclosures.refused import Refused
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames

_SIGN_INS = 100_000
_DEVICE = ("device", "platform", "system", "app_version", "ip", "country", "created_at")
_EPOCH_FIELDS = {"at", "date", "edit_date", "created_at", "active_at"}


class Made(NamedTuple):
    """An archive: before and after encryption, and its manifest (JSON)."""

    plain_sha: bytes
    encrypted: bytes
    manifest: bytes


def recipient(key: str) -> Any:
    """An age recipient (X25519, ``age1…``). Raises Refused."""
    import pyrage  # memory that only disclosures need

    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError:
        raise Refused("key") from None


async def read(
    app: App,
    why: Why,
    *,
    account: int,
    fields: tuple[str, ...],
    since: int,
    until: int,
    disclosure: int,
) -> dict[str, list[dict[str, Any]]]:
    """File name -> rows, of the fields named and no other."""
    files: dict[str, list[dict[str, Any]]] = {}
    subscriber = await _subscriber(app, account)
    given = {name: subscriber[name] for name in fields if FIELDS[name].file == "subscriber"}
    if given:
        files["subscriber"] = [{"account": account, **given}]
    if "sign_ins" in fields:
        files["sign_ins"] = [
            {"at": row.at, "event": row.event, "ip": row.ip, "port": row.port}
            for row in await devices.sign_ins(app, account, _SIGN_INS)
            if since <= row.at < until
        ][::-1]
    if "devices" in fields:
        files["devices"] = [
            {name: getattr(row, name) for name in _DEVICE}
            for row in await devices.devices(app, account)
        ]
    if "traffic" in fields or "messages" in fields:
        rows = [row async for row in access.said_by(app, why, account, since, until, disclosure)]
        if "traffic" in fields:
            files["traffic"] = [{"date": row.date, "chat": row.peer, "id": row.id} for row in rows]
        if "messages" in fields:
            files["messages"] = [
                {
                    "date": row.date,
                    "edit_date": row.edit_date,
                    "chat": row.peer,
                    "id": row.id,
                    "text": row.text,
                    "media": row.media is not None,
                }
                for row in rows
            ]
    return files


async def _subscriber(app: App, account: int) -> dict[str, Any]:
    person = await accounts.get(app, account)
    assert person is not None
    public = (await usernames.load_usernames(app.store, [account])).get(account, "")
    return {
        "name": f"{person.first_name} {person.last_name}".strip(),
        "username": public,
        "phone": person.phone or "",
        "email": person.email or "",
        "country": person.country or "",
        "created_at": person.created_at,
    }


def pack(found: dict[str, list[dict[str, Any]]], about: dict[str, Any], key: str) -> Made:
    """A ZIP with one CSV and one JSON for each file, and a manifest; encrypted for ``key``."""
    import pyrage

    files: dict[str, bytes] = {}
    for name, rows in found.items():
        dated = [_dated(row) for row in rows]
        files[f"{name}.json"] = json.dumps(dated, ensure_ascii=False, indent=1).encode()
        files[f"{name}.csv"] = _csv(dated)
    manifest = json.dumps(
        about
        | {
            "files": [
                {
                    "name": name,
                    "bytes": len(data),
                    "rows": len(found[name.partition(".")[0]]),
                    "sha256": hashlib.sha256(data).hexdigest(),
                }
                for name, data in files.items()
            ]
        },
        ensure_ascii=False,
        indent=1,
    ).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"manifest.json": manifest, **files}.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    plain = packed.getvalue()
    return Made(hashlib.sha256(plain).digest(), pyrage.encrypt(plain, [recipient(key)]), manifest)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """Times as UTC, as people read them."""
    return {
        name: _utc(value) if name in _EPOCH_FIELDS and value is not None else value
        for name, value in row.items()
    }


def _utc(at: int) -> str:
    return datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat()


def _csv(rows: list[dict[str, Any]]) -> bytes:
    """RFC 4180; empty where there is no row. A cell that a spreadsheet would run is quoted."""
    out = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode()


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
