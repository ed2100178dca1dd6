"""``python -m tests.fuzz --minutes N``: all targets in turn, until the time is up."""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
import traceback

from tests.fuzz.targets import TARGETS, play

SLICE = 2.0
"""Seconds a target is played before the next one's turn."""
GROWTH = 64 << 10
"""KiB of resident memory a run may gain after its first turn."""


def resident() -> int:
    """Peak resident memory, KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def turn(name: str, seed: int, seconds: float) -> tuple[int, int]:
    """(rounds, faults) of one target for a while. A failure is printed with how to repeat it."""
    end, rounds, faults = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        try:
            faults += play(name, seed + rounds)
        except Exception:
            traceback.print_exc()
            print(f"repeat with: python -m tests.fuzz --target {name} --seed {seed + rounds}")
            sys.exit(1)
        rounds += 1
    return rounds, faults


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--seed", type=int, help="play one round of --target")
    options = parser.parse_args()
    if options.seed is not None and options.target:
        print("fault" if play(options.target, options.seed) else "nothing to find")
        return
    names = [options.target] if options.target else list(TARGETS)
    seed = time.time_ns() % 1_000_000_000 * 1_000_000
    end = time.monotonic() + 60 * options.minutes
    sums = {name: [0, 0] for name in names}
    turns, base = 0, 0
    while time.monotonic() < end:
        for name in names:
            left = max(0.1, min(SLICE, end - time.monotonic()))
            rounds, faults = turn(name, seed, left)
            seed += rounds
            sums[name][0] += rounds
            sums[name][1] += faults
        turns += 1
        gc.collect()
        base = base or resident()
    for name, (rounds, faults) in sums.items():
        print(f"{name:20} {rounds:9} rounds {faults:9} ended in their fault")
    grown = resident() - base
    print(f"{turns} turns, memory grew by {grown} KiB after the first")
    if grown > GROWTH:
        sys.exit("memory grows without end")


if __name__ == "__main__":
    main()
