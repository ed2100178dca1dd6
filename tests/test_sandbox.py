"""Workers for hostile input: limits of time, memory and files; one job's trouble is its own."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import psutil
import pytest

from petitbleu import landlock, sandbox, seccomp
from petitbleu.sandbox import JobFailed, Sandbox
from tests.kit.waiting import guarded, until

WORKER = """
import os, sys, time
sys.path.insert(0, {source!r})
from petitbleu.sandbox import serve

def _is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True

def handle(job):
    do = job["do"]
    if do == "sleep":
        time.sleep(600)
    if do == "eat":
        return {{"size": len(bytearray(job["bytes"]))}}
    if do == "write":
        os.write(os.open(job["path"], os.O_WRONLY | os.O_CREAT), b"x" * 100)
    if do == "start":
        import subprocess
        subprocess.run([job["program"], "61.5"])
    if do == "connect":
        import socket
        try:
            socket.create_connection(("127.0.0.1", job["port"]), 5).close()
        except OSError:
            return {{"reached": False}}
        return {{"reached": True}}
    if do == "read":
        os.fstat(job["file"])
        found = [n for n in range(64) if _is_open(n)]
        return {{"text": os.read(job["file"], 10).decode(), "open": len(found)}}
    if do == "die":
        os._exit(3)
    if do == "shout":
        sys.stdout.buffer.write((1 << 30).to_bytes(4, "little"))
        sys.stdout.buffer.flush()
    return {{"pid": os.getpid(), "env": sorted(os.environ), "cwd": os.getcwd()}}

serve(handle, programs={programs})
"""


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Makes the pool run the program above: the module runner is told its path."""
    source = str(Path(sandbox.__file__).parents[1])
    path = tmp_path / "worker_program.py"
    path.write_text(WORKER.format(source=source, programs=False), "utf-8")
    real = asyncio.create_subprocess_exec

    async def start(program: str, *args: str, **options: object) -> object:
        assert args[:2] == ("-I", "-m")
        return await real(program, "-I", str(path), *args[3:], **options)  # type: ignore[arg-type]

    monkeypatch.setattr(sandbox.asyncio, "create_subprocess_exec", start)
    return str(path)


async def test_jobs_share_a_worker_that_knows_nothing_of_the_server(worker: str) -> None:
    os.environ["SECRET_OF_THE_SERVER"] = "x"
    pool = Sandbox("unused", workers=1, seconds=10, memory=256 << 20)
    first = await pool.run({"do": "tell"})
    second = await pool.run({"do": "tell"})
    await pool.close()
    del os.environ["SECRET_OF_THE_SERVER"]
    assert first == second and first["pid"] != os.getpid()
    assert not any("SECRET" in name for name in first["env"])
    assert first["cwd"] == "/"


@pytest.mark.sometimes(2)
@pytest.mark.parametrize(
    "job",
    [
        {"do": "sleep"},
        {"do": "eat", "bytes": 1 << 30},
        {"do": "die"},
        {"do": "shout"},
        {"do": "write", "path": "/tmp/never-written-by-a-worker"},
    ],
    ids=lambda job: job["do"],
)
async def test_trouble_fails_one_job_and_the_next_one_works(worker: str, job: dict) -> None:
    pool = Sandbox("unused", workers=1, seconds=5, memory=256 << 20)
    with guarded(f"a job that is to {job['do']}"), pytest.raises(JobFailed):
        await pool.run(job)
    assert (await pool.run({"do": "eat", "bytes": 1 << 20}))["size"] == 1 << 20
    await pool.close()
    written = Path("/tmp/never-written-by-a-worker")
    assert not written.exists() or written.stat().st_size == 0
    written.unlink(missing_ok=True)


async def test_what_a_worker_started_ends_with_it(worker: str) -> None:
    text = WORKER.format(source=str(Path(sandbox.__file__).parents[1]), programs=True)
    Path(worker).write_text(text, "utf-8")

    def left() -> list[psutil.Process]:
        return [
            one
            for one in psutil.process_iter(["cmdline"])
            if (one.info["cmdline"] or [])[-1:] == ["61.5"]
        ]

    pool = Sandbox("unused", workers=1, seconds=30, memory=256 << 20)
    job = asyncio.create_task(pool.run({"do": "start", "program": "/bin/sleep"}))
    await until(left)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    await until(lambda: not left())


async def test_a_cancelled_job_ends_its_worker(worker: str) -> None:
    pool = Sandbox("unused", workers=1, seconds=30, memory=256 << 20)
    task = asyncio.create_task(pool.run({"do": "sleep"}))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await pool.run({"do": "tell"}))["cwd"] == "/"
    await pool.close()


async def test_workers_without_work_end(worker: str) -> None:
    pool = Sandbox("unused", workers=1, seconds=10, memory=256 << 20, rests=0)
    pid = (await pool.run({"do": "tell"}))["pid"]
    await until(lambda: not psutil.pid_exists(pid))
    assert (await pool.run({"do": "tell"}))["pid"] != pid
    await pool.close()


async def test_a_worker_reaches_no_network(worker: str) -> None:
    door = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    pool = Sandbox("unused", workers=1, seconds=10, memory=256 << 20)
    port = door.sockets[0].getsockname()[1]
    answer = await pool.run({"do": "connect", "port": port})
    await pool.close()
    door.close()
    assert answer == {"reached": False}


async def test_a_file_comes_as_a_descriptor_and_is_closed_after_its_job(
    worker: str, tmp_path: Path
) -> None:
    pool = Sandbox("unused", workers=1, seconds=10, memory=256 << 20, data=tmp_path)
    for text in ("one", "two"):
        path = tmp_path / text
        path.write_text(text, "utf-8")
        with path.open("rb") as file:
            answer = await pool.run({"do": "read", "file": True}, file.fileno())
        assert answer == {"text": text, "open": 5}
    await pool.close()


async def test_the_walls_are_those_of_this_machine() -> None:
    pool = Sandbox("petitbleu.sandbox", workers=1, seconds=30, memory=256 << 20)
    assert await pool.walls() == (landlock.version(), seccomp.available())
    await pool.close()
