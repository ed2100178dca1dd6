"""All statements of the tree that are written once for both engines."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import petitbleu
from petitbleu.store.query import Query

AREAS = (
    *("petitbleu.domain", "petitbleu.desk", "petitbleu.store", "petitbleu.rpc", "petitbleu.run"),
    *("petitbleu.appdoor", "petitbleu.gateway"),
    *("petitbleu.jobs", "petitbleu.recipients", "petitbleu.account_status"),
)


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(petitbleu.__path__, "petitbleu."):
        if found.name.startswith(AREAS):
            yield found.name


def all_queries() -> dict[str, Query[Any]]:
    """Name (module without the package, dot, variable) -> the statement."""
    found: dict[int, tuple[str, Query[Any]]] = {}
    for module in _modules():
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, Query):
                found.setdefault(id(value), (f"{module.removeprefix('petitbleu.')}.{name}", value))
    return dict(found.values())
