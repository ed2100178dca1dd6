"""A worker's module on a kernel that lacks something: ``older_kernel.py DENIED MODULE …``."""

from __future__ import annotations

import asyncio
import json
import runpy
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.kit.hostile_worker import deny


def lacking(monkeypatch: Any, *denied: str) -> None:
    """Have all workers start as on a kernel without these system calls."""
    from petitbleu import sandbox

    real = asyncio.create_subprocess_exec

    async def start(program: str, *args: str, **options: Any) -> Any:
        return await real(program, "-I", __file__, json.dumps(denied), *args[2:], **options)

    monkeypatch.setattr(sandbox.asyncio, "create_subprocess_exec", start)


if __name__ == "__main__":
    deny(json.loads(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
