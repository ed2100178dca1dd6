"""What is served, refused on purpose, and still to come: facts for ``docs/coverage.md``.

Reads ``schema/methods.tsv`` (every method: tier, stage, who may call, documented errors; old names
beside their present one), ``schema/refused.tsv``, and the registry, which must be loaded before.
"""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterator
from typing import NamedTuple

from petitbleu.errors import Fault
from petitbleu.resources import schema_text
from petitbleu.rpc.registry import METHODS
from petitbleu.rpc.wrappers import WRAPPERS, is_served_as_json
from petitbleu.tl.schema import load, load_service

SERVED, EMPTY, REFUSED, LATER = "served", "served empty", "refused", "later"
STATES = (SERVED, EMPTY, REFUSED, LATER)


class MethodFacts(NamedTuple):
    """One line of ``methods.tsv``."""

    name: str
    tier: str
    """T0 (nothing works without it) to T3."""
    stage: str
    """When clients call it: login, startup, routine, feature."""
    minimum: str
    """``stub-ok``: a correct empty answer is enough at first."""
    who: str
    """user, bot, both, or anyone (also before login)."""
    present: str
    """The name in the newest layer: its own, or the one that has taken its place, or ``""``."""
    errors: tuple[str, ...]

    @property
    def is_old(self) -> bool:
        """True for a name that only older layers have."""
        return self.present != self.name


@functools.cache
def methods() -> dict[str, MethodFacts]:
    """Every method by name."""
    facts = {}
    for line in schema_text("methods.tsv").splitlines()[1:]:
        name, tier, stage, minimum, who, present, errors = line.split("\t")
        documented = tuple(errors.split(",")) if errors else ()
        facts[name] = MethodFacts(name, tier, stage, minimum, who, present, documented)
    return facts


@functools.cache
def documented(name: str) -> frozenset[str]:
    """The errors that are documented for a method or for another of its names."""
    facts = methods()
    present = facts[name].present or name
    names = {name, present} | {fact.name for fact in facts.values() if fact.present == present}
    return frozenset().union(*(facts[name].errors for name in names if name in facts))


_REFUSED = (400, 403, 406)
"""Codes of errors about the request itself (core.telegram.org/api/errors)."""


def fitting(method: str, fault: Fault, *instead: str) -> Fault:
    """``fault`` where ``method`` documents it, else the first of ``instead`` that it documents."""
    known = documented(method) if method else frozenset()
    if fault.name in known or fault.code not in _REFUSED:
        return fault
    return next((Fault(name) for name in instead if name in known), fault)


@functools.cache
def refusals() -> dict[str, str]:
    """Method, or namespace with ``.*``, -> why it is refused."""
    rows = (line.partition("\t") for line in schema_text("refused.tsv").splitlines()[1:])
    return {what: reason for what, _, reason in rows}


def refusal(name: str) -> str | None:
    """Why a method is refused on purpose, or None."""
    rules = refusals()
    return rules.get(name) or rules.get(name.partition(".")[0] + ".*")


@functools.cache
def _service_methods() -> frozenset[str]:
    schema = load_service()
    return frozenset(name for name in schema.by_name if schema.newest(name).function)


def state(name: str) -> str:
    """The state of one name, old or new, by itself."""
    method = METHODS.get(name)
    if method is not None:
        return EMPTY if method.stub else SERVED
    if refusal(name) is not None:
        return REFUSED
    return SERVED if name in WRAPPERS or name in _service_methods() else LATER


def shown_state(facts: MethodFacts) -> str:
    """The state that the list shows: an old name is refused for the reason of its present name,
    and served only where it is served by itself.
    """
    own = state(facts.name)
    if own == LATER and facts.present and state(facts.present) == REFUSED:
        return REFUSED
    return own


def place(name: str) -> str:
    """Who serves a method: a room, ``mtproto``, ``rpc``, or ``""``."""
    method = METHODS.get(name)
    if method is not None:
        return method.room
    if name in _service_methods():
        return "mtproto"
    return "rpc" if name in WRAPPERS else ""


def table(header: str, rows: list[str]) -> list[str]:
    """Lines of a Markdown table, and the empty one after it."""
    bar = "|---" * (header.count("|") - 1) + "|"
    return [header, bar, *rows, ""]


def _summary(current: list[MethodFacts]) -> list[str]:
    count = collections.Counter((m.tier, shown_state(m)) for m in current)
    rows = []
    for tier in ("T0", "T1", "T2", "T3"):
        cells = [str(count[tier, s]) for s in STATES]
        rows.append(f"| {tier} | {' | '.join(cells)} |")
    total = [str(sum(count[tier, s] for tier in ("T0", "T1", "T2", "T3"))) for s in STATES]
    rows.append(f"| all | {' | '.join(total)} |")
    return table(f"| tier | {' | '.join(STATES)} |", rows)


def _spaces(current: list[MethodFacts]) -> Iterator[tuple[str, list[MethodFacts]]]:
    spaces: dict[str, list[MethodFacts]] = {}
    for facts in current:
        spaces.setdefault(facts.name.rpartition(".")[0], []).append(facts)
    yield from sorted(spaces.items())


def refused_as_json() -> list[str]:
    """Served methods that sessions in JSON may not call."""
    served = [name for name, facts in methods().items() if state(name) in (SERVED, EMPTY)]
    api = load()
    return [name for name in served if name in api.by_name and not is_served_as_json(name)]


def document() -> str:
    """The text of ``docs/coverage.md``."""
    everything = sorted(methods().values())
    current = [m for m in everything if not m.is_old]
    old = [m for m in everything if m.is_old]
    lines = [
        "# Coverage",
        "",
        "Generated by `petitbleu dev coverage --write`. Do not edit.",
        "",
        f"The {len(current)} methods of the newest layer and of MTProto itself, then the "
        f"{len(old)} names that only older layers have.",
        "*served*: the rules are there. *served empty*: a correct empty answer, so that clients go "
        "on. *refused*: on purpose, 400 METHOD_INVALID. *later*: not yet, the same error. Tiers: "
        "T0 nothing works without it, T1 what people use daily, T2 and T3 the rest. The fields of "
        "what is served: [coverage-fields.md](coverage-fields.md).",
        "",
        *_summary(current),
    ]
    for space, listed in _spaces(current):
        lines += [f"## {space or 'Wrappers and MTProto'}", ""]
        rows = [
            f"| `{m.name}` | {m.tier} | {m.who} | {shown_state(m)} | {place(m.name)} |"
            for m in listed
        ]
        lines += table("| method | tier | who | state | room |", rows)
    lines += ["## Names that only older layers have", ""]
    rows = [
        f"| `{m.name}` | {f'`{m.present}`' if m.present else '-'} | {shown_state(m)} |" for m in old
    ]
    lines += table("| old name | present name | state |", rows)
    lines += ["## What is not served as JSON", ""]
    lines += [
        "The web client calls the same methods as JSON, but for these: wrappers are fields of its "
        "frames, files have addresses, and it has neither keys nor bots "
        "([web-door.md](developers/web-door.md)).",
        "",
        " · ".join(f"`{name}`" for name in sorted(refused_as_json())),
        "",
    ]
    lines += ["## Why methods are refused", ""]
    lines += table("| method | reason |", [f"| `{m}` | {why} |" for m, why in refusals().items()])
    return "\n".join(lines).rstrip("\n") + "\n"
