"""``petitbleu …`` whose clock is ahead by the seconds in a file: 60 days are one write.

``python ahead.py FILE WORDS…``. The file holds one float of eight bytes, little-endian. Nothing
else differs from the command an operator runs, but that due jobs are looked for more often.
"""

from __future__ import annotations

import mmap
import struct
import sys
import time
from pathlib import Path

from petitbleu import clock
from petitbleu.cli import main
from petitbleu.run import jobs

_BY = struct.Struct("<d")


def write(file: Path, seconds: float) -> None:
    """Be ahead by ``seconds`` from now on."""
    with file.open("r+b" if file.exists() else "w+b") as out:
        out.write(_BY.pack(seconds))


def shift(file: Path) -> None:
    """Give this process the clock that ``file`` moves."""
    with file.open("rb") as opened:
        seen = mmap.mmap(opened.fileno(), _BY.size, access=mmap.ACCESS_READ)

    def now(_: clock.SystemClock) -> float:
        return time.time() + float(_BY.unpack_from(seen)[0])

    clock.SystemClock.now = now  # type: ignore[method-assign]
    jobs.POLL = 0.25


if __name__ == "__main__":
    shift(Path(sys.argv.pop(1)))
    main()
