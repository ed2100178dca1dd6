"""The threads that read, write and hash files: system calls there give the GIL free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Args = TypeVarTuple("Args")

THREADS = 2


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="blobs")


async def in_thread(work: Callable[[*Args], T], *args: *Args) -> T:
    """Run ``work`` there; its result or exception."""
    return await asyncio.get_running_loop().run_in_executor(_executor(), work, *args)
