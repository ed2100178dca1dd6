"""SQLite's checkpoints: its log is copied into the database in a thread of their own, so that a
commit does not wait for one.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

ROWS = 12_000
"""Row changes after which the thread copies the log into the database."""
LOG_PAGES = 8_192
"""Length of the log (32 MiB) at which the writer itself finishes a checkpoint, to start it anew."""
LOG_BYTES = 256 << 20
"""Bytes of the log's file that are kept when it starts anew: cutting it off costs a commit some
30 ms and makes it grow again, so only one that was swollen by something out of the ordinary is cut.
"""

log = logging.getLogger("petitbleu.store")

_sync = getattr(os, "fdatasync", os.fsync)


class Checkpoints:
    """The checkpoints of one database."""

    def __init__(self, path: Path, connect: Callable[[], sqlite3.Connection]) -> None:
        """``connect`` makes a connection that may write, for the thread."""
        self._connect = connect
        # Closing it would let go of SQLite's own locks on the file (POSIX locks belong to the
        # process), so it stays open as long as any connection.
        self._file = os.open(path, os.O_RDONLY)
        self._due = threading.Event()
        self._stopped = False
        self._rows = 0
        self._log_is_long = False
        self._thread = threading.Thread(target=self._run, name="petitbleu-checkpoint", daemon=True)

    @staticmethod
    def prepare(writer: sqlite3.Connection) -> None:
        """Leave checkpoints to this module."""
        writer.execute("pragma wal_autocheckpoint = 0")
        writer.execute(f"pragma journal_size_limit = {LOG_BYTES}")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; waits for the checkpoint that it is at."""
        self._stopped = True
        self._due.set()
        self._thread.join()

    def close(self) -> None:
        """After the last connection."""
        os.close(self._file)

    def replaced(self) -> None:
        """The writer's connection is a new one: it counts its changes from nothing."""
        self._rows = 0

    def after(self, writer: sqlite3.Connection) -> None:
        """In the writer, between groups: ask for a checkpoint, or end one that never catches up."""
        try:
            if self._log_is_long:
                self._log_is_long = False
                # Nobody appends now, so this one reaches the end and the next write starts the log
                # anew. (`restart` would wait for readers, and a backup reads for minutes.)
                writer.execute("pragma wal_checkpoint(passive)").fetchone()
            changed = writer.total_changes
        except sqlite3.Error as error:
            log.warning("checkpoint failed, it will be repeated: %s", error)
            return
        if changed - self._rows >= ROWS:
            self._rows = changed
            self._due.set()

    def _run(self) -> None:
        """The thread: copies the log while the writer goes on appending to it."""
        conn = self._connect()
        conn.execute("pragma synchronous = full")
        while True:
            self._due.wait()
            if self._stopped:
                break
            self._due.clear()
            try:
                _, pages, _ = conn.execute("pragma wal_checkpoint(passive)").fetchone()
                # Where the writer has appended meanwhile, SQLite leaves it to the next checkpoint
                # to sync what was copied: that one may be the writer's, which would wait for it.
                _sync(self._file)
            except (sqlite3.Error, OSError) as error:
                log.warning("checkpoint failed, it will be repeated: %s", error)
                continue
            # A busy writer never leaves a moment in which the log could start anew: see `after`.
            self._log_is_long = pages > LOG_PAGES
        conn.close()
