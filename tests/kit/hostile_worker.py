"""A worker that was taken over: it tries what its sandbox promises that it cannot do.

Run as ``python -I hostile_worker.py …`` in place of a worker's module. Each entry of :data:`TRICKS`
is one attempt; it answers what it got away with, "" where it was stopped. The last argument is
JSON: the system calls that the kernel is made to refuse before the worker starts, as on a machine
that lacks them, and how to call ``serve``.
"""

# Attackers call the system.
# ruff: noqa: PTH101, PTH102, PTH104, PTH105, PTH106, PTH108, PTH123, PTH208, PTH211

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src"
sys.path.insert(0, str(SOURCE))

from petitbleu import seccomp  # noqa: E402
from petitbleu.sandbox import serve  # noqa: E402

TRICKS: dict[str, Callable[[dict[str, Any]], str]] = {}
LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": {
        "pidfd_getfd": 438, "unshare": 272, "landlock_create_ruleset": 444, "prctl": 157,
        "seccomp": 317, "ptrace": 101,
        "process_vm_readv": 310, "io_uring_setup": 425, "memfd_create": 319, "pidfd_open": 434,
        "chmod": 90, "utimensat": 280, "userfaultfd": 323, "bpf": 321, "mount": 165, "shmget": 29,
        "add_key": 248, "setpriority": 141, "kill": 62, "tkill": 200, "rt_sigqueueinfo": 129,
        "perf_event_open": 298, "execveat": 322, "io_setup": 206, "mq_open": 240, "link": 86,
        "symlink": 88, "mknod": 133, "mkdir": 83, "rmdir": 84, "truncate": 76, "setxattr": 188,
        "clone": 56, "clone3": 435, "vfork": 58, "openat2": 437, "name_to_handle_at": 303,
    },
}[os.uname().machine]  # fmt: skip


def trick(name: str) -> Callable[[Callable[[dict[str, Any]], str]], Callable[..., str]]:
    def register(attempt: Callable[[dict[str, Any]], str]) -> Callable[..., str]:
        TRICKS[name] = attempt
        return attempt

    return register


def call(name: str, *args: Any) -> int:
    """The result of a system call, or minus its error."""
    wide = [ctypes.c_void_p(arg) if isinstance(arg, int) else arg for arg in args]
    found = LIBC.syscall(NUMBERS[name], *wide)
    return -ctypes.get_errno() if found < 0 else int(found)


def got(name: str, *args: Any) -> str:
    """What to answer for a call that should have been refused by permission."""
    found = call(name, *args)
    refused = found in (-errno.EPERM, -errno.EACCES, -errno.ENOSYS)
    return "" if refused else f"{name}: {found if found >= 0 else os.strerror(-found)}"


# ── files ───────────────────────────────────────────────────────────────────────────────────────


@trick("read the keys and the database")
def _(job: dict[str, Any]) -> str:
    read = []
    for path in job["secrets"]:
        for how in (os.O_RDONLY, os.O_RDONLY | os.O_NONBLOCK, os.O_PATH, os.O_RDWR):
            file = -1
            try:
                file = os.open(path, how)
                if how == os.O_PATH:
                    with open(f"/proc/self/fd/{file}", "rb") as again:
                        read.append(f"{path} again: {again.read(9)!r}")
                read.append(f"{path}: {os.read(file, 10)!r}")
            except OSError:
                pass
            if file >= 0:
                os.close(file)
    return "; ".join(read)


@trick("list the data folder")
def _(job: dict[str, Any]) -> str:
    return str(os.listdir(job["data"]))


@trick("read through a way around")
def _(job: dict[str, Any]) -> str:
    name = Path(job["secrets"][0])
    ways = (
        f"/proc/self/root{name}", f"/proc/{os.getppid()}/root{name}",
        f"/proc/{os.getppid()}/cwd/{name}", f"/dev/fd/../..{name}",
    )  # fmt: skip
    read = []
    for way in ways:
        try:
            with open(way, "rb") as file:
                read.append(f"{way}: {file.read(9)!r}")
        except OSError:
            continue
    how = ctypes.create_string_buffer(struct.pack("QQQ", 0, 0, 0))
    file = call("openat2", -100, os.fsencode(name), how, 24)
    if file >= 0:
        read.append(f"openat2: {os.read(file, 9)!r}")
    return "; ".join(read)


@trick("read other people's files")
def _(job: dict[str, Any]) -> str:
    with open(job["blob"], "rb") as file:
        return repr(file.read(9))


@trick("write and make in the data folder")
def _(job: dict[str, Any]) -> str:
    data, victim, done = job["data"], job["victim"], []
    attempts: dict[str, Callable[[], object]] = {
        "open": lambda: os.close(os.open(f"{data}/new", os.O_CREAT | os.O_WRONLY)),
        "append": lambda: os.close(os.open(victim, os.O_APPEND | os.O_WRONLY)),
        "cut": lambda: os.close(os.open(victim, os.O_TRUNC)),
        "unnamed": lambda: os.close(os.open(data, os.O_TMPFILE | os.O_RDWR)),
        "truncate": lambda: os.truncate(victim, 0),
        "mkdir": lambda: os.mkdir(f"{data}/folder"),
        "symlink": lambda: os.symlink("/", f"{data}/symlink"),
        "link": lambda: os.link(victim, f"{data}/link"),
        "fifo": lambda: os.mkfifo(f"{data}/fifo"),
        "rename": lambda: os.rename(victim, f"{data}/renamed"),
        "exchange": lambda: os.replace(job["secrets"][0], victim),
        "unlink": lambda: os.unlink(victim),
        "rmdir": lambda: os.rmdir(f"{data}/empty"),
        "elsewhere": lambda: os.close(os.open("/tmp/made-by-a-worker", os.O_CREAT | os.O_WRONLY)),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
            done.append(name)
        except OSError:
            continue
    return " ".join(done)


@trick("change rights, times and owners")
def _(job: dict[str, Any]) -> str:
    done = []
    attempts: dict[str, Callable[[], object]] = {
        "chmod": lambda: os.chmod(job["victim"], 0o777),
        "fchmod": lambda: os.fchmod(job["file"], 0o777),
        "utime": lambda: os.utime(job["victim"], (1, 1)),
        "futime": lambda: os.utime(job["file"], (1, 1)),
        "chown": lambda: os.chown(job["victim"], os.getuid(), -1),
        "xattr": lambda: os.setxattr(job["victim"], "user.x", b"x"),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
            done.append(name)
        except OSError:
            continue
    return " ".join(done)


@trick("write to the file that was given")
def _(job: dict[str, Any]) -> str:
    done = []
    attempts: dict[str, Callable[[], object]] = {
        "write": lambda: os.write(job["file"], b"x"),
        "cut": lambda: os.ftruncate(job["file"], 0),
        "again": lambda: os.open(f"/proc/self/fd/{job['file']}", os.O_RDWR),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
            done.append(name)
        except OSError:
            continue
    return " ".join(done)


@trick("use a descriptor that it was not given")
def _(job: dict[str, Any]) -> str:
    given = {0, 1, 2, int(sys.argv[4]), job["file"]}
    return " ".join(str(number) for number in job["open"] if number not in given)


def descriptors() -> list[int]:
    """Those that are open."""
    found = []
    for number in range(1024):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            continue
    return found


# ── sockets ─────────────────────────────────────────────────────────────────────────────────────


@trick("reach the control socket")
def _(job: dict[str, Any]) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect(job["control"])
        return repr(sock.recv(20))


@trick("reach an abstract socket")
def _(job: dict[str, Any]) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect("\0" + job["abstract"])
        return "connected"


@trick("open a connection")
def _(job: dict[str, Any]) -> str:
    done = []
    for family in (socket.AF_INET, socket.AF_INET6):
        host = "127.0.0.1" if family == socket.AF_INET else "::1"
        try:
            with socket.socket(family, socket.SOCK_STREAM) as sock:
                sock.connect((host, job["port"]))
                done.append(f"tcp {host}")
        except OSError:
            pass
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            if sock.sendto(b"x", ("127.0.0.1", job["udp"])):
                done.append("udp")
    except OSError:
        pass
    return " ".join(done)


@trick("have a socket of any family")
def _(job: dict[str, Any]) -> str:
    done = []
    for family in range(1, 46):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind).close()
                done.append(f"{family}/{kind}")
            except PermissionError:
                continue
            except OSError as error:
                if error.errno not in (errno.ENOSYS,):
                    done.append(f"{family}/{kind}: {error.strerror}")
    try:
        socket.socketpair()
        done.append("pair")
    except OSError:
        pass
    return " ".join(done)


@trick("send a descriptor back")
def _(job: dict[str, Any]) -> str:
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, int(sys.argv[4]))
    return str(socket.send_fds(channel, [b"x"], [job["file"]]))


@trick("use another way into the kernel")
def _(job: dict[str, Any]) -> str:
    params = ctypes.create_string_buffer(256)
    found = [
        got("io_uring_setup", 1, params),
        got("io_setup", 1, params),
        got("memfd_create", b"x", 0),
        got("userfaultfd", 1),
        got("bpf", 0, params, 72),
        got("mount", b"none", b"/mnt", b"tmpfs", 0, None),
        got("shmget", 0, 4096, 0o1600),
        got("add_key", b"user", b"x", b"x", 1, -3),
        got("perf_event_open", params, 0, -1, -1, 0),
        got("mq_open", b"x", 0o102, 0o600, None),
        got("unshare", 0x10000000),
        got("name_to_handle_at", -100, os.fsencode(job["victim"]), params, params, 0),
    ]
    return "; ".join(filter(None, found))


# ── processes ───────────────────────────────────────────────────────────────────────────────────


@trick("look into the server")
def _(job: dict[str, Any]) -> str:
    parent, found = os.getppid(), []
    for name in ("mem", "maps", "environ", "auxv", "syscall", "stack", "cmdline", "status"):
        try:
            with open(f"/proc/{parent}/{name}", "rb") as file:
                file.read(1) if name == "mem" else found.append(f"{name}: {file.read(9)!r}")
                found.append(name)
        except OSError as error:
            if error.errno == errno.EIO:  # opened, and nothing lies at address 0
                found.append(name)
    try:
        found.append(str(os.listdir(f"/proc/{parent}/fd")))
    except OSError:
        pass
    for number in range(40):
        try:
            os.open(f"/proc/{parent}/fd/{number}", os.O_RDONLY)
            found.append(f"descriptor {number}")
        except OSError:
            continue
    return " ".join(found)


@trick("trace the server or read its memory")
def _(job: dict[str, Any]) -> str:
    parent = os.getppid()
    local = ctypes.create_string_buffer(16)
    ours = (ctypes.c_uint64 * 2)(ctypes.addressof(local), 16)
    theirs = (ctypes.c_uint64 * 2)(job["address"], 16)
    found = [
        got("ptrace", 16, parent, None, None),
        got("ptrace", 0x4206, parent, None, None),
        got("process_vm_readv", parent, ours, 1, theirs, 1, 0),
        got("pidfd_getfd", call("pidfd_open", parent, 0), 0, 0),
    ]
    return "; ".join(filter(None, found))


@trick("send the server a signal")
def _(job: dict[str, Any]) -> str:
    # Signal 0 asks whether another would be delivered.
    parent = os.getppid()
    info = ctypes.create_string_buffer(struct.pack("iii", 0, 0, -1), 128)
    done = [got("kill", parent, 0), got("tkill", parent, 0)]
    done.append(got("rt_sigqueueinfo", parent, 0, info))
    return "; ".join(filter(None, done))


@trick("have the kernel send the server a signal")
def _(job: dict[str, Any]) -> str:
    """Whoever owns a pipe is told by signal what happens to it: let the server own one."""
    source, sink = os.pipe()
    for command, value in ((8, os.getppid()), (10, signal.SIGURG), (fcntl.F_SETFL, os.O_ASYNC)):
        with contextlib.suppress(OSError):
            fcntl.fcntl(source, command, int(value))
    os.write(sink, b"x")
    os.close(source)
    os.close(sink)
    return ""  # the server tells whether it came


@trick("change the server's limits and priority")
def _(job: dict[str, Any]) -> str:
    done = []
    try:
        resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))
        done.append("prlimit")
    except OSError:
        pass
    found = got("setpriority", 0, os.getppid(), 19)
    return " ".join([*done, *([found] if found else [])])


@trick("start a process, a program or a thread")
def _(job: dict[str, Any]) -> str:
    done = []
    try:
        if not (child := os.fork()):
            os._exit(0)
        os.waitpid(child, 0)
        done.append("fork")
    except OSError:
        pass
    try:
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
        done.append("thread")
    except (RuntimeError, OSError):
        pass
    arguments = ctypes.create_string_buffer(struct.pack("11Q", 0, 0, 0, 0, 17, *[0] * 6))
    for name, more in (("clone", (17, 0, None, None, 0)), ("clone3", (arguments, 88))):
        if (child := call(name, *more)) == 0:
            os._exit(0)
        if child > 0:
            done.append(name)
    try:
        os.execv("/nothing-lies-here", ["nothing"])
    except FileNotFoundError:
        done.append("program")
    except OSError:
        pass
    return " ".join(done)


@trick("start processes without end")
def _(job: dict[str, Any]) -> str:
    started = 0
    try:
        while started < 2000:
            if not os.fork():
                time.sleep(60)
                os._exit(0)
            started += 1
    except OSError:
        pass
    return str(started)


@trick("take more memory than it may")
def _(job: dict[str, Any]) -> str:
    resource_limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource_limit * 2, resource_limit * 2))
        return "raised"
    except (OSError, ValueError):
        pass
    try:
        bytearray(resource_limit)
    except MemoryError:
        return ""
    return "taken"


def attempt(job: dict[str, Any]) -> dict[str, Any]:
    job["open"] = descriptors()
    found = {}
    for name in job["tricks"]:
        try:
            found[name] = TRICKS[name](job)
        except OSError:
            found[name] = ""
    return found


def deny(names: list[str]) -> None:
    """Make the kernel refuse system calls, as one does that lacks them."""
    for name in names:
        filter_ = [
            (0x20, 0, 0, 0),
            (0x15, 0, 1, NUMBERS[name]),
            (0x06, 0, 0, 0x50000 | errno.ENOSYS),
        ]
        if name == "unshare":
            filter_[2] = (0x06, 0, 0, 0x50000 | errno.EPERM)
        if name == "prctl":  # of it only the setting of filters
            filter_ = [
                (0x20, 0, 0, 0), (0x15, 0, 3, NUMBERS[name]), (0x20, 0, 0, 16),
                (0x15, 0, 1, 22), (0x06, 0, 0, 0x50000 | errno.EINVAL),
            ]  # fmt: skip
        seccomp.install([*filter_, (0x06, 0, 0, 0x7FFF0000)])


if __name__ == "__main__":
    how = json.loads(sys.argv.pop())
    deny(how.pop("denied"))
    if user := how.pop("user", 0):
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    serve(attempt, **how)
