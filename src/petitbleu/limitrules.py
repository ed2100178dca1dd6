"""The rules of ``schema/limits.toml``, with what the operator changed. A leaf.

Three kinds: ``memory`` (``rpc/limits.py``), ``durable`` and ``daily`` (``rates.py``). The
operator's changes stand in ``Config.limits``; :func:`check` says in one sentence what is wrong with
them, and :func:`page` writes ``docs/operate/limits.md``.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from typing import NamedTuple

from petitbleu.config import DailyLimit, DurableLimit, Limits, MemoryLimit
from petitbleu.resources import schema_text

KINDS = ("memory", "durable", "daily")
_HEADING = "# ── "


class Rule(NamedTuple):
    """``count`` events in ``seconds``, as GCRA's two numbers (milliseconds)."""

    interval: int
    tolerance: int

    def shared(self, by: int) -> Rule:
        """The rule of so many together."""
        if by == 1:
            return self
        whole = self.interval + self.tolerance
        interval = max(1, self.interval // by)
        return Rule(interval, whole - interval)


ONE_PERSON = 5
"""Calls that one person makes at once: asks for a code, mistypes it, enters it and the password."""


class MemoryRule(NamedTuple):
    """``1 / interval`` calls a second after a burst (seconds, both)."""

    interval: float
    tolerance: float
    by_ip: bool

    def divided(self, by: int) -> MemoryRule:
        """What one of so many workers allows: together they allow no more than one alone would,
        but that each takes the few calls of one person who signs in without a pause.
        """
        if by <= 1:
            return self
        whole = int(1 + self.tolerance / self.interval)
        burst = max(min(whole, ONE_PERSON), whole // by)
        interval = self.interval * by
        return MemoryRule(interval, (burst - 1) * interval, self.by_ip)


class Rules(NamedTuple):
    """All rules by name, as they apply to an instance."""

    memory: dict[str, MemoryRule]
    durable: dict[str, Rule]
    daily: dict[str, int]
    """The most in 24 hours."""


class Text(NamedTuple):
    """One rule for readers: what is counted, by what, how much, why."""

    kind: str
    name: str
    heading: str
    what: str
    whom: str
    amount: str
    why: str


@functools.cache
def _packaged() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads(schema_text("limits.toml"))


def load_rules(changed: Limits) -> Rules:
    """The rules, each with the numbers that ``changed`` gives for it."""
    rules = Rules({}, {}, {})
    for name, given in _packaged()["memory"].items():
        calls = changed.memory.get(name, MemoryLimit())
        rate = _number(given["rate"], calls.rate)
        burst = _number(given["burst"], calls.burst)
        rules.memory[name] = MemoryRule(1 / rate, burst / rate, given["key"] == "ip")
    for name, given in _packaged()["durable"].items():
        evenly = changed.durable.get(name, DurableLimit())
        count = int(_number(given["count"], evenly.count))
        whole = int(_number(given["seconds"], evenly.seconds)) * 1000
        interval = max(1, whole // count)
        rules.durable[name] = Rule(interval, whole - interval)
    for name, given in _packaged()["daily"].items():
        day = changed.daily.get(name, DailyLimit())
        rules.daily[name] = int(_number(given["count"], day.count))
    return rules


def _number(packaged: object, changed: float | None) -> float:
    value = packaged if changed is None else changed
    assert isinstance(value, (int, float))
    return value


def check(changed: Limits) -> None:
    """Raise ValueError, with a sentence for the operator, where a rule of ``changed`` does not
    exist."""
    every = {f"{kind}.{name}": kind for kind in KINDS for name in _packaged()[kind]}
    for kind in KINDS:
        for name in getattr(changed, kind):
            if f"{kind}.{name}" in every:
                continue
            other = [full for full in every if full.endswith(f".{name}")]
            close = other or difflib.get_close_matches(f"{kind}.{name}", every, n=1)
            hint = f" (did you mean limits.{close[0]}?)" if close else ""
            raise ValueError(f"limits.{kind}.{name}: there is no such rule{hint}")


# ── the page for operators ──────────────────────────────────────────────────────────────────────


def texts() -> list[Text]:
    """Every rule in the order of the file."""
    rows = []
    heading = kind_and_name = ""
    for line in schema_text("limits.toml").splitlines():
        if line.startswith(_HEADING):
            heading = line.removeprefix(_HEADING).rstrip("─ ")
        elif line.startswith("["):
            kind_and_name = line.strip("[]")
            kind, _, name = kind_and_name.partition(".")
            given = _packaged()[kind][name]
            whom = str(given.get("whom") or _WHOM[str(given["key"])])
            amount = _AMOUNT[kind].format(**given | _span(given))
            rows.append(
                Text(kind, name, heading, str(given["what"]), whom, amount, str(given["why"]))
            )
    return rows


_WHOM = {"user": "account", "ip": "address"}
_AMOUNT = {
    "memory": "{rate} a second after a burst of {burst}",
    "durable": "{count} in {span}",
    "daily": "{count} in 24 hours",
}
_SPANS = ((86_400, "day", "24 hours"), (3600, "hour", "an hour"), (60, "minute", "a minute"))


def _span(given: dict[str, object]) -> dict[str, object]:
    seconds = given.get("seconds", 0)
    assert isinstance(seconds, int)
    for size, name, single in _SPANS:
        if seconds == size:
            return {"span": single}
        if seconds and seconds % size == 0:
            return {"span": f"{seconds // size} {name}s"}
    return {"span": f"{seconds} seconds"}


_INTRODUCTION = """\
# Limits

How often something may be done, by whom, and why. Whoever goes beyond a limit is asked to wait
(apps show it, or wait by themselves); nothing else happens to them. This page is made of
`schema/limits.toml` by `petitbleu dev limits --write`.

Three kinds of rules:

* **memory**: counted in the process, before every call. It forgets at a restart.
* **durable**: counted in the database. So many are free at once; they come back evenly over the
  time that is named.
* **daily**: counted in the database, by the hour, in the same transaction as the deed: at most so
  many in 24 hours. What was refused or failed is not counted. (`stranger` is counted just before
  the message; `uploads_unused` is no count but looks at what lies on the disk and is shown
  nowhere.)

Where several rules apply to one deed, all are judged before any is charged: a refusal uses up
nothing. An **address** is an IPv4 address or the /64 of an IPv6 one; a /48 together may do what
eight of them may. Keys in the database are keyed digests: no telephone number and no address stands
there. The telephone numbers that somebody asked about are kept for 30 days, as keyed digests too.

The daily rules are made for an organiser who moves an association of 200 people in on one day: each
allows that, and none allows five times as much (an address book of up to 2,000 numbers goes up on
the first day of an account). Developer mode (`--dev`) lifts all limits for callers on the machine
itself.

## How to change a rule

In `petitbleu.toml`, by kind and name; what is left out stays as it is. Restart the server
afterwards.

```toml
[limits.daily.people_added]     # an event with a thousand guests
count = 3000

[limits.durable.signup_ip]      # a school behind one address
count = 500

[limits.memory.send]            # a bot that writes to many
rate = 50
burst = 500
```

`memory` rules take `rate` (a second) and `burst`, `durable` rules `count` and `seconds`, `daily`
rules `count`. As environment variables: `PETITBLEU_LIMITS__DAILY__PEOPLE_ADDED__COUNT=3000`. A name
that does not exist, or a number below 1 (`rate`: 0 and below), is refused at the start with a
sentence that says which. `connections`, `handshakes_per_ip` and the other settings of `[limits]`
are budgets of the connection: see [configuration.md](configuration.md).
"""


def page() -> str:
    """``docs/operate/limits.md``."""
    lines = [_INTRODUCTION]
    heading = None
    for text in texts():
        if text.heading != heading:
            heading = text.heading
            lines.append(f"## {heading[0].upper()}{heading[1:]}\n")
            lines.append("| Rule | What | Counted by | Default | Why |\n|---|---|---|---|---|")
        cells = (f"`{text.kind}.{text.name}`", text.what, text.whom, text.amount, text.why)
        lines.append(f"| {' | '.join(cells)} |")
        if text.name == _last(heading):
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _last(heading: str) -> str:
    return [text.name for text in texts() if text.heading == heading][-1]
