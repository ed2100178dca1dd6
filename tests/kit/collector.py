"""Spare the garbage collector what lives as long as the process.

After the collection of the tests a process holds some 700,000 objects (modules, tests, the schema)
that no test lets go of. The collector would walk through all of them again and again.
"""

from __future__ import annotations

import gc

_THRESHOLDS = (5_000, 20, 20)
"""New objects, then runs of a generation, after which the collector looks through the next."""


def pytest_collection_finish() -> None:
    """Take what is there out of the collector's view."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
