"""One environment per client library, made from pinned lock files under ``.clients/``.

A client's own packages never meet petitbleu's: each Python library has a virtual environment,
each Node library a folder with its ``node_modules``. An environment is rebuilt when its lock file
changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCKS = HERE / "requirements"
ENVIRONMENTS = ROOT / ".clients"

PYTHON_CLIENTS = ("telethon", "telethon_old", "kurigram", "pyrogram", "tdlib", "tdlib_new")
LIBRARIES = ("akismet",)
"""Python packages of other protocols that the server answers too."""
NODE_CLIENTS = ("mtcute_node", "mtcute_web")
ALL = PYTHON_CLIENTS + NODE_CLIENTS
RECONNECTING = ("gramjs",)
"""Node libraries that only `test_web_reconnects.py` drives, not the matrix."""
TOOLS = ("axe",)
"""Node packages that tests of pages use; made like a client's environment."""

DRIVERS = {
    "telethon": "telethon_driver.py",
    "telethon_old": "telethon_driver.py",
    "kurigram": "pyrogram_driver.py",
    "pyrogram": "pyrogram_driver.py",
    "tdlib": "tdlib_driver.py",
    "tdlib_new": "tdlib_driver.py",
    "mtcute_node": "mtcute_driver.mjs",
    "mtcute_web": "mtcute_driver.mjs",
}


class CannotPrepare(Exception):
    """Says in one line what the machine lacks."""


def command(name: str) -> list[str]:
    """How to run the client's driver."""
    driver = HERE / "drivers" / DRIVERS[name]
    return [*interpreter(name), str(driver)]


def interpreter(name: str) -> list[str]:
    """The interpreter of the client's environment, with its flags."""
    if name in PYTHON_CLIENTS + LIBRARIES:
        return [str(ENVIRONMENTS / name / "bin/python"), "-W", "ignore"]
    node = shutil.which("node")
    if node is None:
        raise CannotPrepare("node (20 or newer) is missing: on Debian `apt-get install nodejs npm`")
    return [node]


def prepare(name: str) -> None:
    """Make the environment, unless it stands and its lock file has not changed."""
    python = name in PYTHON_CLIENTS + LIBRARIES
    lock = LOCKS / f"{name}.txt" if python else LOCKS / name / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    folder = ENVIRONMENTS / name
    ENVIRONMENTS.mkdir(exist_ok=True)
    with _alone(name):
        stamp = folder / ".lock-digest"
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        shutil.rmtree(folder, ignore_errors=True)
        if python:
            _python(folder, lock)
        else:
            _node(folder, lock.parent)
        stamp.write_text(wanted)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (ENVIRONMENTS / f".{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _python(folder: Path, lock: Path) -> None:
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", str(lock)], folder)


def _node(folder: Path, source: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotPrepare("npm is missing: on Debian `apt-get install nodejs npm`")
    folder.mkdir(parents=True)
    for file in source.glob("package*.json"):
        shutil.copy(file, folder / file.name)
    # No install scripts: the one package that has one (a native SQLite) is replaced by memory
    # storage.
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)


def _run(words: list[str], folder: Path) -> None:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise CannotPrepare(f"{' '.join(words[:4])} failed: {done.stderr.strip()[-500:]}")


if __name__ == "__main__":
    for client in sys.argv[1:] or ALL:
        prepare(client)
        print(f"{client}: ready")
