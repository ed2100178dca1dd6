"""seccomp: a process gives up all system calls but those it needs, for good. A leaf.

A filter of classic BPF (docs.kernel.org/userspace-api/seccomp_filter.html), called through ctypes;
see docs/decisions/0036. Calls are allowed by name, so what a later kernel adds is denied. Of the
denied ones a worker could do most harm with socket, connect, io_uring, ptrace, process_vm_readv,
kill, unlink, rename, chmod, memfd_create, bpf, mount and unshare.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, Iterator

_PLATFORMS = {
    "x86_64": (0xC000003E, 0),
    "aarch64": (0xC00000B7, 1),
    "riscv64": (0xC00000F3, 1),
}
"""Machine -> its number in filters, and which of the two numbers of a call is its own."""

_WORK = {
    "read": (0, 63), "readv": (19, 65), "pread64": (17, 67), "preadv": (295, 69),
    "preadv2": (327, 286), "write": (1, 64), "writev": (20, 66), "close": (3, 57),
    "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, None), "lstat": (6, None),
    "statx": (332, 291), "lseek": (8, 62), "mmap": (9, 222), "mprotect": (10, 226),
    "munmap": (11, 215), "mremap": (25, 216), "brk": (12, 214), "madvise": (28, 233),
    "msync": (26, 227), "mincore": (27, 232), "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "sigaltstack": (131, 132), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72), "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158),
    "getpgrp": (111, None), "getpgid": (121, 155), "getsid": (124, 156), "getresuid": (118, 148),
    "getresgid": (120, 150), "umask": (95, 166), "uname": (63, 160), "sysinfo": (99, 179),
    "getcwd": (79, 17), "getrandom": (318, 278), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153), "getrusage": (98, 165),
    "setitimer": (38, 103), "getitimer": (36, 102), "alarm": (37, None),
    "getrlimit": (97, 163), "setrlimit": (160, 164), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "getcpu": (309, 168), "futex": (202, 98),
    "set_robust_list": (273, 99), "set_tid_address": (218, 96), "rseq": (334, 293),
    "arch_prctl": (158, None), "membarrier": (324, 283), "exit": (60, 93), "exit_group": (231, 94),
    "restart_syscall": (219, 128), "recvmsg": (47, 212), "fadvise64": (221, 223),
}  # fmt: skip
"""Computing, memory, time, reading and writing what is open, looking at names."""
_LOOKING = {
    "readlink": (89, None), "readlinkat": (267, 78), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "getdents64": (217, 61), "getdents": (78, None), "statfs": (137, 43),
    "fstatfs": (138, 44),
}  # fmt: skip
"""Opening files is looked at below; this belongs to it."""
_STARTING = {
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "wait4": (61, 260),
    "waitid": (247, 95), "pipe": (22, None), "pipe2": (293, 59),
}  # fmt: skip
"""Starting a program and waiting for it."""
_ASKED = {
    "open": (2, None), "openat": (257, 56), "clone": (56, 220), "clone3": (435, 435),
    "openat2": (437, 437), "fcntl": (72, 25), "ioctl": (16, 29), "tgkill": (234, 131),
    "prlimit64": (302, 261),
}  # fmt: skip
"""Allowed with some arguments only, or denied in a way of its own."""

_WRITING = 0o3 | 0o100 | 0o1000 | 0o10000000 | 0o20000000
"""Flags of open(2): write, read and write, O_CREAT, O_TRUNC, O_PATH, O_TMPFILE."""
_FCNTL = (0, 1, 2, 3, 4, 1030)
"""Copying a descriptor, its flags. Not: who gets its signals (F_SETOWN, F_SETSIG), leases."""
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX."""
_NAMESPACES = 0x7E020000
"""Flags of clone(2) that make one."""
_THREAD = 0x10000
"""Flag of clone(2) that makes a thread, not a process."""


_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
"""Where they stand in struct seccomp_data."""
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000
"""From here on: calls of another ABI of x86."""
_NO_NEW_PRIVS, _GET_SECCOMP, _SET_SECCOMP = 38, 21, 22
"""Of prctl(2)."""
_FILTER_MODE = 2

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, operand."""


def available() -> bool:
    """Whether this kernel filters system calls, and we know the numbers of this machine's."""
    if not sys.platform.startswith("linux") or platform.machine() not in _PLATFORMS:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # Without a program: EFAULT from a kernel that has filters, EINVAL from one that has not.
    return (
        sys.maxsize > 1 << 32
        and libc.prctl(_GET_SECCOMP, 0, 0, 0, 0) >= 0
        and libc.prctl(_SET_SECCOMP, _FILTER_MODE, 0, 0, 0) < 0
        and ctypes.get_errno() == errno.EFAULT
    )


def restrict(*, opens: bool, threads: bool, programs: bool) -> bool:
    """From now on make the calls that work on open descriptors need, and no other.

    ``opens``: files may be opened for reading; ``threads``: this process may have several;
    ``programs``: it may start others. The rest
    fails with EPERM. Returns whether the filter is in force: not where the kernel has none. Holds
    for the calling thread and what it starts: call it before there are others. Raises OSError where
    a kernel that has filters refuses.
    """
    if not available():
        return False
    install(program(opens=opens, threads=threads, programs=programs))
    return True


def install(filter_: Iterable[Instruction]) -> None:
    """Put a filter before all system calls of this thread, in addition to those in force."""
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in filter_)
    code = ctypes.create_string_buffer(packed, len(packed))
    header = struct.pack("@HP", len(packed) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _SET_SECCOMP, _FILTER_MODE, header, 0, 0
    ):
        number = ctypes.get_errno()
        raise OSError(number, f"the filter of system calls: {os.strerror(number)}")


def program(*, opens: bool, threads: bool, programs: bool) -> list[Instruction]:
    """The filter; see :func:`restrict`."""
    machine, column = _PLATFORMS[platform.machine()]
    plain = _WORK | (_LOOKING if opens else {}) | (_STARTING if programs else {})
    instructions: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),  # 32-bit calls have other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _DENY | errno.EPERM),
    ]
    for numbers in plain.values():
        if (number := numbers[column]) is not None:
            instructions += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for name, numbers in _ASKED.items():
        if (number := numbers[column]) is not None:
            judged = list(_judged(name, opens=opens, threads=threads, programs=programs))
            instructions += [(_EQUAL, 0, len(judged), number), *judged]
    instructions.append((_RETURN, 0, 0, _DENY | errno.EPERM))
    return instructions


def _judged(name: str, *, opens: bool, threads: bool, programs: bool) -> Iterator[Instruction]:
    """What becomes of a call that is allowed with some arguments only."""
    if name in ("clone3", "openat2"):
        # Their arguments lie in memory, where a filter does not look: the C library takes the older
        # call where a kernel does not know these.
        yield (_RETURN, 0, 0, _DENY | errno.ENOSYS)
    elif name in ("open", "openat") and opens:
        yield from _unless(1 if name == "open" else 2, _WRITING)
    elif name == "clone" and programs:
        yield from _unless(0, _NAMESPACES)
    elif name == "clone" and threads:
        yield (_LOAD, 0, 0, _ARGUMENTS)
        yield (_ANY_BIT, 1, 0, _NAMESPACES)
        yield (_ANY_BIT, 1, 0, _THREAD)
        yield (_RETURN, 0, 0, _DENY | errno.EPERM)
        yield (_RETURN, 0, 0, _ALLOW)
    elif name == "fcntl":
        yield from _only(1, _FCNTL)
    elif name == "ioctl":
        yield from _only(1, _IOCTL)
    elif name == "tgkill":
        yield from _only(0, (os.getpid(),))
    elif name == "prlimit64":
        yield from _only(0, (0, os.getpid()))
    else:
        yield (_RETURN, 0, 0, _DENY | errno.EPERM)


def _unless(argument: int, bits: int) -> Iterator[Instruction]:
    yield (_LOAD, 0, 0, _ARGUMENTS + 8 * argument)
    yield (_ANY_BIT, 0, 1, bits)
    yield (_RETURN, 0, 0, _DENY | errno.EPERM)
    yield (_RETURN, 0, 0, _ALLOW)


def _only(argument: int, values: tuple[int, ...]) -> Iterator[Instruction]:
    yield (_LOAD, 0, 0, _ARGUMENTS + 8 * argument)
    for value in values:
        yield (_EQUAL, 0, 1, value)
        yield (_RETURN, 0, 0, _ALLOW)
    yield (_RETURN, 0, 0, _DENY | errno.EPERM)
