"""Spare the garbage collector what lives as long as the process.

After the collection of the tests a process holds some 700,000 objects (modules, tests, the schema)
that no test lets go of. The collector would walk through all of them again and again, while they
are made too.
"""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest

_THRESHOLDS = (5_000, 20, 20)
"""New objects, then runs of a generation, after which the collector looks through the next."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect no garbage while modules are imported and tests collected."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Take what is there out of the collector's view."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
