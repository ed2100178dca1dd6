"""The shipped kinds of cases, and what each means for those who work on it. Pure.

One record for each kind stands in ``schema/law/kinds.json``; its fields are those of ``data.Kind``.
No other module lists kinds: it selects them by what their records say. A kind that the operator's
counsel adds has the default of every field that only the shipped table sets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from petitbleu import resources
from petitbleu.desk.reference.law import data
from petitbleu.desk.reference.law.data import Deed, Kind, Rule

FILE = "kinds.json"


def shipped() -> dict[str, Any]:
    """The shipped data as plain values: laws, kinds and their clocks."""
    return data.parse(resources.schema_text(f"law/{FILE}"), FILE)


TABLE: Mapping[str, Kind] = data.build(shipped(), FILE).kinds
"""Name of a kind -> its record, in the order of the file."""


def record(kind: str) -> Kind:
    """The record of a kind; one with defaults alone where it is not a shipped one."""
    return TABLE.get(kind) or Kind(kind=kind, title=kind)


def select(wanted: Callable[[Kind], object]) -> tuple[str, ...]:
    """The names of the kinds whose record meets ``wanted``, in the order of the table."""
    return tuple(name for name, kind in TABLE.items() if wanted(kind))


def _clocks(wanted: Callable[[Rule], bool]) -> tuple[str, ...]:
    rules = (rule for kind in TABLE.values() for rule in kind.clocks)
    return tuple(dict.fromkeys(rule.id for rule in rules if wanted(rule)))


def clocks_ended_by(act: Deed) -> tuple[str, ...]:
    """The clocks that an act of ours ends, in the order of the table."""
    return _clocks(lambda rule: act in rule.ended_by)


def clocks_about(what: Literal["danger", "person", "decision"]) -> tuple[str, ...]:
    """The clocks that are about danger, about telling the person, about a decision."""
    return _clocks(lambda rule: rule.about == what)


FROM_AUTHORITIES = frozenset(select(lambda one: one.family in ("order", "request")))
"""Orders to act and orders or requests for information: an authority answers for them."""
OFFICIAL_ONLY = frozenset(select(lambda one: one.official_only))
"""Kinds that only an authority can send."""
E_EVIDENCE = frozenset(select(lambda one: one.regime == "e-evidence"))
"""Orders of Regulation (EU) 2023/1543."""
OFFICIAL_TCO = frozenset(kind for kind in OFFICIAL_ONLY if TABLE[kind].regime == "tco")
"""What an authority sends by Regulation (EU) 2021/784: its orders, and the information before."""
PRODUCTION = frozenset(kind for kind in E_EVIDENCE if TABLE[kind].disclosure)
"""Those by which data are given."""
NOTICES = frozenset(select(lambda one: one.family == "notice"))
DANGERS = frozenset(select(lambda one: one.danger))
"""Kinds that are danger by themselves: always heard, never put off."""
NOTHING_BUT_DANGER: Mapping[str, str] = {
    kind.nothing_but: name for name, kind in TABLE.items() if kind.nothing_but
}
"""Level of danger -> the kind of a case that is nothing else."""
