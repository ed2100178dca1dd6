"""Where the server's event loop spends its time: a run under cProfile, summed by part of the tree.

The profiler slows every Python call, so only the shares mean something; the SQLite writer and the
workers for modular powers are threads of their own and are not in it.
"""

from __future__ import annotations

import pstats
from pathlib import Path

RUN_PROFILED = (
    "import cProfile, sys; from petitbleu.cli import main; p = cProfile.Profile();"
    " path = sys.argv.pop()\ntry: p.runcall(main)\nfinally: p.dump_stats(path)"
)
"""A program that runs the command line under the profiler; the last argument is the output."""

STAGES = (
    ("petitbleu/mtproto/transport", "framing"),
    ("petitbleu/mtproto/crypto", "encryption"),
    ("cryptg", "encryption"),
    ("sha256", "encryption"),
    ("petitbleu/mtproto", "MTProto session"),
    ("petitbleu/gateway", "gateway"),
    ("petitbleu/tl", "TL codec"),
    ("petitbleu/rpc", "dispatch and limits"),
    ("petitbleu/store", "store (event loop side)"),
    ("petitbleu/domain/updates", "updates and fan-out"),
    ("petitbleu/domain", "rooms"),
    ("petitbleu", "other parts of petitbleu"),
)
"""Fragment of a file or function name -> stage; the first that fits counts."""


def stages(path: Path) -> list[tuple[str, float]]:
    """(stage, share of the profiled time in percent), largest first."""
    totals: dict[str, float] = {}
    entries = pstats.Stats(str(path)).stats  # type: ignore[attr-defined]
    for (file, _, name), (_, _, own, _, _) in entries.items():
        where = f"{file.replace(chr(92), '/')}:{name}"
        stage = next((title for fragment, title in STAGES if fragment in where), "Python, uvloop")
        totals[stage] = totals.get(stage, 0.0) + own
    whole = sum(totals.values()) or 1.0
    return sorted(
        ((stage, own / whole * 100) for stage, own in totals.items()), key=lambda row: -row[1]
    )
