"""Where the data files are: ``schema/`` beside ``src/`` in a checkout, inside the package once
installed.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def schema_dir() -> Path:
    """The folder of schema data (TL, errors, methods, limits)."""
    checkout = _HERE.parents[1] / "schema"
    return checkout if checkout.is_dir() else _HERE / "schema"


def schema_text(name: str) -> str:
    """One data file as text."""
    return (schema_dir() / name).read_text("utf-8")
