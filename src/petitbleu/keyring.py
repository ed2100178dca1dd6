"""The keys (``DATA/keys``, or ``[cluster] keys``), checked against the database they belong to. A
leaf.

The database holds a check value for each key (``setting`` row ``keys.check``: JSON of names and
SHA-256 digests). A start compares before anything is made: with a key missing, damaged or of
another instance it refuses, because a fresh key opens nothing of what the database has sealed, and
devices and browsers do not know it. A database without check values (a new one, or one of an
earlier release) gets those of the keys it is started with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.durable import write_file
from petitbleu.errors import LocalFault
from petitbleu.keys import SERVED, RsaKeys, Secrets, unseal_auth_key
from petitbleu.store import settings
from petitbleu.store.api import Store, Tx
from petitbleu.store.migrate import Refused
from petitbleu.store.query import query

FOLDER = "keys"
SECRETS = "secrets.json"
KNOWN: Part[frozenset[str]] = Part(lambda _: frozenset())
_READ_FAILURES = (LocalFault, LookupError, OSError, TypeError, ValueError)
"""What reading a damaged key raises."""


class _Sealed(NamedTuple):
    id: int
    sealed: bytes


class _Account(NamedTuple):
    id: int


_CHECK = "keys.check"
FORGOTTEN = "keys.forgotten"
"""Row of ``setting``: keys that were given up since the last start (a JSON list)."""
_FIRST_ACCOUNT = query("select id from account where id > 0 order by id limit 1", _Account)
_ANY_SEALED = query(
    "select id, sealed from auth_key where id >= :least order by id limit 1", _Sealed
)


def digests(folder: Path) -> dict[str, str]:
    """The check value of each key in the folder, by its name: ``rsa-0001.pem``, ``secrets.json
    sealing 1``, … A file that cannot be read is left out.
    """
    by_name: dict[str, str] = {}
    for path in sorted(folder.glob("*")):
        try:
            if path.name == SECRETS:
                for part, numbered in json.loads(path.read_bytes()).items():
                    for number, key in numbered.items():
                        by_name[f"{SECRETS} {part} {number}"] = _digest(bytes.fromhex(key))
            elif path.suffix in (".pem", ".key"):
                # Whatever an editor or a transfer did to the ends of lines.
                by_name[path.name] = _digest(b"\n".join(path.read_bytes().split()))
        except (OSError, ValueError, AttributeError, TypeError):
            continue
    return by_name


def _digest(key: bytes) -> str:
    return hashlib.sha256(b"petitbleu key check\0" + key).hexdigest()


def problems(folder: Path, expected: dict[str, str]) -> list[str]:
    """One phrase for each file that is missing or differs from its check value."""
    present = digests(folder)
    missing, differing = set(), set()
    for name, digest in expected.items():
        if present.get(name, digest) != digest:
            differing.add(name.partition(" ")[0])
        elif name not in present and not _is_rotated_away(name, present):
            missing.add(name.partition(" ")[0])
    phrases = []
    for name in sorted(missing | differing):
        if not (folder / name).exists():
            phrases.append(f"{FOLDER}/{name} is missing")
        elif name in differing:
            phrases.append(f"{FOLDER}/{name} is damaged or belongs to another instance")
        else:
            phrases.append(f"{FOLDER}/{name} is damaged or older than the database")
    return phrases


def _is_rotated_away(name: str, found: Iterable[str]) -> bool:
    """An RSA key goes when as many newer ones are there as are served."""
    newer = [other for other in found if other.startswith("rsa-") and other > name]
    return name.startswith("rsa-") and len(newer) >= SERVED


async def check(store: Store, folder: Path) -> dict[str, str]:
    """Compare the keys of ``folder`` with the database, before anything is made: the check
    values the database holds. Raises Refused with what the operator must restore.
    """
    expected = await expected_by(store)
    if expected:
        phrases = problems(folder, expected)
    else:
        phrases = await _problems_unrecorded(store, folder)
    if phrases:
        raise Refused(
            f"The keys in {folder} are not those of this database: {', '.join(phrases)}."
            f" Nothing was changed. Restore the whole folder {folder} from the newest backup that"
            " belongs to this database (`petitbleu backup` saves the two together), then start"
            " again. docs/operate/backup.md says what to do where there is no backup."
        )
    return expected


async def _problems_unrecorded(store: Store, folder: Path) -> list[str]:
    """Where the database has no check values: can the keys be read, and do they open what is
    sealed? A database that nobody has used yet needs none.
    """
    used = await store.row(_FIRST_ACCOUNT) is not None
    sealed = await store.row(_ANY_SEALED, least=-(1 << 63))
    return _unreadable(folder, used, sealed)


def _unreadable(folder: Path, used: bool, sealed: _Sealed | None) -> list[str]:
    phrases = []
    present = any(folder.glob("rsa-*.pem"))
    if present or used:
        try:
            RsaKeys.load(folder)
        except _READ_FAILURES:
            phrases.append(f"{FOLDER}/rsa-….pem is {'damaged' if present else 'missing'}")
    present = (folder / SECRETS).exists()
    if present or used:
        try:
            secrets = Secrets.load(folder)
            if sealed is not None:
                unseal_auth_key(secrets, sealed.id, sealed.sealed)
        except _READ_FAILURES as failure:
            state = "damaged" if present else "missing"
            if isinstance(failure, LocalFault):
                state = "damaged or belongs to another instance"
            phrases.append(f"{FOLDER}/{SECRETS} is {state}")
    return phrases


async def expected_by(store: Store) -> dict[str, str]:
    """The check values that the database holds, by name."""
    row = await store.row(settings.LOAD, name=_CHECK)
    return {} if row is None else dict(json.loads(row.value))


async def record(app: App) -> list[str]:
    """Add check values of keys made since, and remember which keys exist; the phrases of
    :func:`problems` where a key has gone or changed meanwhile.
    """
    folder = app.config.keys_folder
    present = digests(folder)
    expected = await expected_by(app.store)
    phrases = problems(folder, expected)
    added = {name: digest for name, digest in present.items() if name not in expected}
    if added and not phrases:
        expected |= added
        await app.store.write(_store, expected)
    app.parts[KNOWN] = frozenset(expected)
    return phrases


async def forget(store: Store, name: str) -> bool:
    """Drop the check value of a key that is lost for good; whether there was one."""
    expected = await expected_by(store)
    if expected.pop(name, None) is None:
        return False
    await store.write(_forget, expected, name)
    return True


async def _forget(tx: Tx, expected: dict[str, str], name: str) -> None:
    """The desk reads the note at the next start, and writes the line."""
    await _store(tx, expected)
    row = await tx.row(settings.LOAD, name=FORGOTTEN)
    names = [*(json.loads(row.value) if row is not None else []), name]
    await tx.run(settings.SET, name=FORGOTTEN, value=json.dumps(names).encode())


async def _store(tx: Tx, expected: dict[str, str]) -> None:
    await tx.run(
        settings.SET, name=_CHECK, value=json.dumps(expected, sort_keys=True).encode("ascii")
    )


def contents(app: App, name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes of the key file ``name``; made with ``make`` where this instance has had none.

    Raises LocalFault where it had one, which is gone: a new one would be another key. One of
    several workers makes none: the others would not have it.
    """
    path = app.config.keys_folder / name
    if path.exists():
        return path.read_bytes()
    if name in app.parts[KNOWN]:
        raise LocalFault(f"{FOLDER}/{name} is missing: restore it from a backup")
    if app.worker:
        raise LocalFault(f"{path} is missing: `petitbleu keys init {path.parent}` makes it")
    data = make()
    write_file(path, data)
    return data
