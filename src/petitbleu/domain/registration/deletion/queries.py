"""SQL of deletion: a look at the devices of an account that is to be deleted."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Due(NamedTuple):
    """When a planned deletion is to happen (Unix seconds)."""

    due: int


PLANNED = query("select due from job where kind = :kind and key = :key and key <> ''", Due)
