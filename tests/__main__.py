"""Runs the test areas in order: ``python -m tests quick|full [AREA ...]``.

``quick`` is what ``make test`` runs, meant to take at most seven minutes on two cores; ``full``
holds the long runs. The first area, which computes, runs beside the others, which wait much of the
time: three areas at a time. The first shows how far it is, what another printed is shown when it
ends. The seconds of an area are a guard against hanging, several times what it takes, no measure of
speed; the summary prints the seconds it took, and those of the processor (of all its processes).

When all areas have ended and no more than :data:`MOST_AGAIN` tests have failed, all of them in
areas of :data:`AGAIN`, they are run again, alone, :data:`TIMES` times (with their whole files,
where the tests of a file share what they are about). Where they pass each
time, the run has passed, and the summary names the tests as unsteady: three areas beside each other
on two cores are slower than what real clients and browsers wait for. An unsteady test is a fault to
be mended. What must hold however busy a machine is (nothing lost under ``kill -9``, no answer 500,
the schema, the order of areas) gets no second run.
What an area needs and the machine lacks (client environments, Debian packages) is installed first
where that is possible; otherwise the area fails with one line that names it. Exit code 0 only if
everything passed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from petitbleu.cli import dev_client
from tests import exercised
from tests.clients import environments
from tests.kit import calls, engines, postgres
from tests.kit.trees import SOURCES

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "test-output"
CALLS = OUTPUT / "calls"
"""What the tests called, for :mod:`tests.exercised`."""
APART = ("clients", "crash", "schedule", "fuzz", "gateway", "browser", "deploy")
"""Folders of ``tests/`` that are areas of their own."""
CLIENT = "tests/appdoor/browser"
"""The web client: its own tests and its flows in Chromium."""
MEMORY = Path("/dev/shm")
"""A file system without a disk, where the machine has one."""
SCRATCH = "petitbleu"
"""Short, and so is the folder below it: a socket's path has 107 bytes."""
SCRATCH_BYTES = 4 << 30
"""What must be free there, for all areas together."""
LANES = 3
"""Areas at a time."""
AGAIN = ("unit and rooms", "clients", "pages", "web client", "gateway")
"""The areas whose tests may be run again."""
MOST_AGAIN = 3
"""More failed tests than that are no accident."""
_SHARED = re.compile(r"\bloop_scope=|\bscope=[\"'](module|package|session)")
"""What tests share beyond one of them."""
TIMES = 2
"""How often in a row a failed test must pass alone."""
NEEDS_A_MACHINE = "clients or browser or deploy"
"""Markers of tests that need more than Python."""


class Missing(Exception):
    """One line: what this machine lacks for an area, and how to get it."""


class Area(NamedTuple):
    """A part of the suite: pytest arguments, seconds until it is taken to hang (quick, full), its
    preparation.
    """

    name: str
    arguments: tuple[str, ...]
    seconds: tuple[int, int]
    prepare: Callable[[], None] = lambda: None
    live: bool = False
    """Whether what it prints is shown as it comes."""


class Fault(NamedTuple):
    """A test that failed."""

    file: str
    """From the project's root; empty where pytest names none."""
    name: str


class Outcome(NamedTuple):
    """What came of an area."""

    name: str
    passed: int
    failed: int
    seconds: float
    cpu: float
    """Seconds of the processor."""
    note: str
    faults: tuple[Fault, ...] = ()
    """The tests that failed."""
    unsteady: tuple[Fault, ...] = ()
    """Those of them that passed when they were run again."""


def debian(*programs: tuple[str, str]) -> None:
    """Install the packages of the missing ``(program, package)`` pairs, or say which are
    missing.
    """
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
    missing = sorted(
        {package for program, package in programs if not shutil.which(program, path=path)}
    )
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(f"missing: {names} (on Debian or Ubuntu: apt-get install {names})")
    _quietly("apt-get", "update", "-q")
    if _quietly("apt-get", "install", "-q", "-y", "--no-install-recommends", *missing):
        raise Missing(f"apt-get could not install: {names}")


def _quietly(*words: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(words, check=False, capture_output=True, env=environment, timeout=600)
    return done.returncode


def for_clients() -> None:
    debian(("node", "nodejs"), ("npm", "npm"))
    for client in environments.ALL + environments.LIBRARIES:
        environments.prepare(client)


def for_rooms() -> None:
    debian(("pgbouncer", "pgbouncer"), ("ffprobe", "ffmpeg"))


def for_pages() -> None:
    debian(("chromium", "chromium"), ("nginx", "nginx"), ("caddy", "caddy"), ("npm", "npm"))
    debian(("dovecot", "dovecot-imapd"), ("haproxy", "haproxy"))
    for tool in environments.TOOLS:
        environments.prepare(tool)


def for_the_client() -> None:
    debian(("chromium", "chromium"), ("npm", "npm"))
    environments.prepare("axe")
    environments.prepare("telethon")
    dev_client.prepare(tools=True)
    dev_client.build()


def areas(full: bool) -> list[Area]:
    """What runs: that whose failures are cheapest to learn of, then the longest first."""
    ignored = [f"--ignore=tests/{folder}" for folder in APART]
    usual = f"not ({NEEDS_A_MACHINE})" if full else f"not (long or {NEEDS_A_MACHINE})"
    rooms, sources = f"{usual} and not sources", f"{usual} and sources"
    pages = "browser or deploy" if full else "(browser or deploy) and not long"
    length = () if full else ("-m", "not long")
    found = [
        Area(
            "unit and rooms",
            ("tests", "-n2", "-m", rooms, *ignored),
            (2400, 3600),
            for_rooms,
            live=True,
        ),
        Area("clients", ("tests/clients", *length), (1200, 3600), for_clients),
        Area("pages", (*files_marked("browser", "deploy"), "-m", pages), (2400, 3600), for_pages),
        Area("web client", (CLIENT, *length), (1800, 5400), for_the_client),
        Area("gateway", ("tests/gateway", "-m", usual), (400, 600)),
        Area("schema and source", (*of_sources(), "-m", sources), (600, 900)),
        Area("crash", ("tests/crash", "-m", usual), (400, 1800)),
        Area("fuzz", ("tests/fuzz", "-m", usual), (300, 1800)),
        Area("schedule", ("tests/schedule", "-m", usual), (300, 3600)),
    ]
    return [area for area in found if (ROOT / area.arguments[0]).exists()]


def of_sources() -> list[str]:
    """Where tests of the area "schema and source" stand. The first need no syntax trees (while
    there are some, no garbage is collected), the last read a copy of the tree.
    """
    first, *others, last = SOURCES
    marked = [name for name in files_marked("sources") if not name.startswith(SOURCES)]
    return [first, *others, *marked, last]


def files_marked(*markers: str) -> list[str]:
    """The test files that name one of these markers: to collect all others takes long."""
    wanted = re.compile(rf"\bmark\.({'|'.join(markers)})\b")
    found = (path for path in sorted((ROOT / "tests").rglob("test_*.py")))
    names = (
        str(path.relative_to(ROOT)) for path in found if wanted.search(path.read_text("utf-8"))
    )
    return [name for name in names if not name.startswith(CLIENT)]


_preparing = threading.Lock()
_printing = threading.Lock()
_running: set[subprocess.Popen[bytes]] = set()


def run(area: Area, full: bool, seed: str) -> Outcome:
    """Prepare and run one area in a pytest process of its own."""
    began = time.monotonic()
    _say(f"── {area.name}: begun")
    try:
        with _preparing:
            area.prepare()
    except (
        Missing,
        environments.CannotPrepare,
        dev_client.CannotBuild,
        subprocess.SubprocessError,
    ) as missing:
        _say(str(missing))
        return Outcome(area.name, 0, 1, time.monotonic() - began, 0.0, str(missing))
    name = area.name.replace(" ", "-")
    report, said = OUTPUT / f"{name}.xml", OUTPUT / f"{name}.log"
    report.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", *area.arguments, f"--junitxml={report}"]
    words += ["-o", "junit_family=xunit1"]  # which says the file of each test
    # Pytest keeps its results of before in one file: two runs at a time would write it together.
    words += ["-p", "no:cacheprovider"]
    note = ""
    with said.open("wb") as file, scratch_folder() as scratch:
        environment = _environment("full" if full else "quick", "" if full else seed, scratch)
        words.append(f"--basetemp={scratch}/t")
        into = {} if area.live else {"stdout": file, "stderr": subprocess.STDOUT}
        # A process group of its own: what a test left behind ends with its area.
        process = subprocess.Popen(words, cwd=ROOT, env=environment, start_new_session=True, **into)
        _running.add(process)
        ended = _Ended(process)
        try:
            if not ended.within(area.seconds[full]):
                note = f"stopped after its {area.seconds[full]} s"
        finally:
            _end_group(process)
            _running.discard(process)
            ended.within(10)
    if not area.live:
        _say(f"\n── {area.name} ──\n{said.read_text(errors='replace')}")
    passed, failed = _counts(report)
    if process.returncode not in (0, 5) and not failed:
        failed, note = 1, note or f"pytest ended with {process.returncode}"
    seconds = time.monotonic() - began
    return Outcome(area.name, passed, failed, seconds, ended.cpu, note, _faults(report))


class _Ended:
    """Waits for the end of a process, and keeps what it and its children have used."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.cpu = 0.0
        self._process = process
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()

    def within(self, seconds: float) -> bool:
        """Whether it has ended after so long."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _wait(self) -> None:
        _, status, used = os.wait4(self._process.pid, 0)
        self.cpu = used.ru_utime + used.ru_stime
        self._process.returncode = os.waitstatus_to_exitcode(status)


def _environment(length: str, seed: str, scratch: str) -> dict[str, str]:
    """The environment of an area's process."""
    environment = {
        **os.environ,
        "TESTS_LENGTH": length,
        calls.FOLDER: str(CALLS),
        engines.SEED: seed,
        "TMPDIR": scratch,
        postgres.FOLDER: scratch,
        # Each area has several processes that import thousands of modules, tests among them. Where
        # the environment forbids bytecode, each would compile all of them.
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(OUTPUT / "bytecode")),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


@contextmanager
def scratch_folder() -> Iterator[str]:
    """A folder for what tests write, erased afterwards: in memory, if there is room for it."""
    for left in MEMORY.glob(f"{SCRATCH}-*-*"):  # by a run that was killed: it would fill the memory
        if not Path("/proc", left.name.split("-")[-2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    place = MEMORY if _has_room(MEMORY) else None
    with tempfile.TemporaryDirectory(
        prefix=f"{SCRATCH}-{os.getpid()}-", dir=place, ignore_cleanup_errors=True
    ) as folder:
        # A database server that runs as somebody else has its place here.
        Path(folder).chmod(0o711)
        yield folder


def _has_room(place: Path) -> bool:
    try:
        found = os.statvfs(place)
    except OSError:
        return False
    usable = not found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)
    return usable and found.f_bavail * found.f_frsize >= SCRATCH_BYTES


def _say(text: str) -> None:
    with _printing:
        print(text, flush=True)


def side_by_side(wanted: list[Area], full: bool, seed: str) -> list[Outcome]:
    """Run the areas, :data:`LANES` at a time."""
    lanes = ThreadPoolExecutor(LANES)
    begun = [lanes.submit(run, area, full, seed) for area in wanted]
    try:
        return [one.result() for one in begun]
    except BaseException:  # interrupted: what runs is in sessions of its own and would stay
        lanes.shutdown(wait=False, cancel_futures=True)
        for process in list(_running):
            _end_group(process)
        raise
    finally:
        lanes.shutdown()


def exercise() -> Outcome:
    """Whether the tests that ran show each method people use daily at work."""
    began = time.monotonic()
    missing = exercised.judge(CALLS)
    for row in missing:
        print(f"{row.method}: no test of {', '.join(row.lacks)}", flush=True)
    shown = len(exercised.wanted()) - len(missing)
    note = "see test-output/exercised.md"
    return Outcome("methods", shown, len(missing), time.monotonic() - began, 0.0, note)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return
        for _ in range(100):
            if process.returncode is not None:
                return
            time.sleep(0.1)


def _counts(report: Path) -> tuple[int, int]:
    if not report.is_file():
        return 0, 0
    suite = ET.parse(report).getroot()[0]
    total, failed = int(suite.get("tests", 0)), 0
    for kind in ("failures", "errors"):
        failed += int(suite.get(kind, 0))
    return total - failed - int(suite.get("skipped", 0)), failed


def _faults(report: Path) -> tuple[Fault, ...]:
    if not report.is_file():
        return ()
    return tuple(
        Fault(case.get("file", ""), case.get("name", ""))
        for case in ET.parse(report).getroot().iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    )


def worth_another_run(outcomes: list[Outcome]) -> bool:
    """Whether all that failed are a few tests that may be run again."""
    bad = [outcome for outcome in outcomes if outcome.failed]
    faults = [fault for outcome in bad for fault in outcome.faults]
    return 0 < len(faults) <= MOST_AGAIN and all(
        outcome.name in AGAIN
        and not outcome.note
        and outcome.failed == len(outcome.faults)
        and all(fault.file for fault in outcome.faults)
        for outcome in bad
    )


def run_again(area: Area, before: Outcome, full: bool, seed: str) -> Outcome:
    """Run the failed tests of an area alone: what its outcome is after that."""
    again = tuple(dict.fromkeys(_what_to_run_again(fault) for fault in before.faults))
    alone = area._replace(name=f"{area.name} again", arguments=(*again, *_marks(area)), live=False)
    cpu, seconds = before.cpu, before.seconds
    for _ in range(TIMES):
        after = run(alone, full, seed)
        cpu, seconds = cpu + after.cpu, seconds + after.seconds
        if after.failed or not after.passed:
            return before._replace(cpu=cpu, seconds=seconds, note="failed again")
    passed = before.passed + before.failed
    return before._replace(
        passed=passed, failed=0, cpu=cpu, seconds=seconds, unsteady=before.faults
    )


def _what_to_run_again(fault: Fault) -> str:
    """A failed test, or its file, where tests share something that lives longer than one of them:
    what one of them finds may depend on those before it.
    """
    shared = _SHARED.search((ROOT / fault.file).read_text("utf-8"))
    return fault.file if shared else f"{fault.file}::{fault.name}"


def _marks(area: Area) -> tuple[str, ...]:
    """The choice of tests by marker among an area's arguments."""
    if "-m" not in area.arguments:
        return ()
    place = area.arguments.index("-m")
    return area.arguments[place : place + 2]


def main(words: list[str]) -> int:
    """Entry point; the exit code."""
    if not words or words[0] not in ("quick", "full"):
        print(__doc__)
        return 2
    full, only = words[0] == "full", set(words[1:])
    OUTPUT.mkdir(exist_ok=True)
    wanted = [area for area in areas(full) if not only or area.name in only]
    shutil.rmtree(CALLS, ignore_errors=True)
    seed = engines.new_seed(ROOT)
    if not full:
        print(f"One engine for each test, by {engines.SEED}={seed}", flush=True)
    outcomes = side_by_side(wanted, full, seed)
    if worth_another_run(outcomes):
        again = {area.name: area for area in wanted}
        outcomes = [
            run_again(again[before.name], before, full, seed) if before.failed else before
            for before in outcomes
        ]
    if not only:
        outcomes.append(exercise())
    print("\n── summary ──")
    for one in outcomes:
        verdict = "FAILED" if one.failed else "ok"
        print(
            f"{one.name:<19}{verdict:<8}{one.passed:>5} passed{one.failed:>4} failed"
            f"{one.seconds:>7.0f} s{one.cpu:>7.0f} s CPU  {one.note}"
        )
    unsteady = [fault for outcome in outcomes for fault in outcome.unsteady]
    for fault in unsteady:
        print(f"unsteady: failed beside others and passed {TIMES} times alone: "
              f"{fault.file}::{fault.name}")  # fmt: skip
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
