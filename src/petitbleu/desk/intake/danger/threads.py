"""What has to be said before numpy is imported. A leaf."""

from __future__ import annotations

import os


def one_thread() -> None:
    """Have the libraries of numpy compute in the thread that calls them: heard at its import."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
