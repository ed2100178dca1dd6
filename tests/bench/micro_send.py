"""CPU of the hot batch alone on SQLite: ``micro_send.py [messages] [in_flight] [people]``.

The batch runs as the writer thread runs it (one transaction, ``synchronous=FULL``), without
sessions, crypto or TL. Prints microseconds of CPU per message.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from petitbleu.store import migrate
from petitbleu.store.hot import send
from petitbleu.store.hot.send import Copy, Outgoing, Sent


def _announce(item: Outgoing, sent: Sent) -> tuple[object, ...]:
    return (item, sent)


def _message(n: int, people: int) -> Outgoing:
    author, peer = n % people + 1, (n + people // 2) % people + 1
    copies = (Copy(author, peer, None, 0, 0), Copy(peer, author, None, 0, 1))
    return Outgoing(
        author, peer, 1_800_000_000 + n // 1000, n + 1, b"12345678", 0, "word " * 12, None, None,
        copies, None,
    )  # fmt: skip


def main() -> None:
    """Fill a database in a temporary folder and report."""
    given = [int(arg) for arg in sys.argv[1:]]
    messages, flight, people = given + [20_000, 64, 100][len(given) :]
    operation = send.operation(_announce)
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "db", isolation_level=None, cached_statements=512)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma cache_size = -16384")
        migrate.migrate_sqlite(db)
        for person in range(1, people + 1):
            db.execute("insert into account (id, created_at) values (?, 0)", (person,))
            db.execute("insert into account_state (owner) values (?)", (person,))
        batch = commit = 0.0
        for start in range(0, messages, flight):
            items = [_message(n, people) for n in range(start, start + flight)]
            before = time.process_time()
            db.execute("begin immediate")
            operation.sqlite(db, items)
            between = time.process_time()
            db.execute("commit")
            commit += time.process_time() - between
            batch += between - before
        print(f"CPU a message: batch {batch / messages * 1e6:.1f} µs, its share of the commit"
              f" {commit / messages * 1e6:.1f} µs")  # fmt: skip


if __name__ == "__main__":
    main()
