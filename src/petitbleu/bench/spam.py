"""How well the spam filter tells comments from spam: taught with one generated set through the
verdicts of people, measured on another with other sentences, names and addresses.

The same for a seed. ``python -m petitbleu.bench.spam FILE`` prints the confusion table for a test
set of somebody else (``spam_sets/README.md`` says its form).
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.bench.fill import behind
from petitbleu.bench.rig import Figures, Rig, percentile, rig
from petitbleu.domain.antispam import service
from petitbleu.domain.antispam.service import FORM, Submission

HAM, SPAM = "ham", "spam"
_SLOT = re.compile(r"\{(\w+)\}")


class Example(NamedTuple):
    """A text and what it is: ``ham`` or ``spam``."""

    kind: str
    what: Submission


def read(name: str) -> dict[str, Any]:
    """``train`` or ``test`` of the package."""
    return tomllib.loads((files("petitbleu.bench.spam_sets") / f"{name}.toml").read_text("utf-8"))


def examples(grammar: dict[str, Any], each: int, seed: int) -> Iterator[Example]:
    """``each`` texts of both kinds, by turns: one to four sentences of one topic."""
    chance = random.Random(seed)  # noqa: S311 - texts, not secrets
    for _ in range(each):
        for kind in (HAM, SPAM):
            yield Example(kind, _one(grammar, kind, chance))


def _one(grammar: dict[str, Any], kind: str, chance: random.Random) -> Submission:
    topic = chance.choice([one for one in grammar["topic"] if one["kind"] == kind])
    fewest = 1 if kind == HAM else 2
    picked = chance.sample(topic["text"], chance.randint(fewest, 4))
    text = _SLOT.sub(lambda slot: chance.choice(grammar["slots"][slot[1]]), " ".join(picked))
    name = chance.choice(grammar["names"][kind])
    domain = chance.choice(grammar["names"][f"{kind}_mail"])
    return Submission(
        text=text,
        author=name,
        email=f"{chance.randrange(10**6)}@{domain}",
        ip=f"198.51.{chance.randrange(256)}.{chance.randrange(1, 255)}",
        # People read first; programs wait a little because forms have learnt to look at haste.
        seconds=chance.randrange(10, 900) if kind == HAM else chance.randrange(3, 240),
    )


async def teach(app: App, grammar: dict[str, Any], each: int, seed: int = 1) -> None:
    """Have people judge ``each`` texts of both kinds."""
    for one in examples(grammar, each, seed):
        checked = await service.check(app, one.what, door=FORM)
        await service.judge(app, checked.id, spam=one.kind == SPAM, by="bench")


async def measure(
    app: App, grammar: dict[str, Any], each: int, seed: int = 2
) -> tuple[Counter[tuple[str, str]], list[float]]:
    """(kind, verdict) -> how often; seconds that each look took."""
    table: Counter[tuple[str, str]] = Counter()
    waits = []
    for one in examples(grammar, each, seed):
        began = time.perf_counter()
        verdict = await service.look(app, one.what)
        waits.append(time.perf_counter() - began)
        table[one.kind, verdict.verdict] += 1
    return table, waits


async def spam(rig: Rig, *, taught: int = 400, asked: int = 1000) -> Figures:
    """Shares in percent: spam that is not published, comments that are held or thrown away."""
    async with behind(rig) as app:
        began = time.perf_counter()
        await teach(app, read("train"), taught)
        learnt = time.perf_counter() - began
        table, waits = await measure(app, read("test"), asked)
    return {
        **rates(table),
        "look_p95_ms": percentile(waits, 0.95) * 1e3,
        "taught_per_second": 2 * taught / learnt,
    }


def rates(table: Counter[tuple[str, str]]) -> Figures:
    """The figures of a confusion table."""
    hams = sum(count for (kind, _), count in table.items() if kind == HAM)
    spams = sum(count for (kind, _), count in table.items() if kind == SPAM)
    passed = table[SPAM, "publish"]
    return {
        "catch_percent": 100 * (spams - passed) / spams,
        "false_hold_percent": 100 * (hams - table[HAM, "publish"]) / hams,
        "false_discards": table[HAM, "discard"],
        "spam_as_spam_percent": 100 * (table[SPAM, "spam"] + table[SPAM, "discard"]) / spams,
    }


async def _print(grammar: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory(prefix="petitbleu-bench-") as folder:
        async with rig("sqlite", Path(folder)) as made, behind(made) as app:
            await teach(app, read("train"), 400)
            table, _ = await measure(app, grammar, 1000)
    verdicts = ("publish", "hold", "spam", "discard")
    print(f"{'':<6}" + "".join(f"{name:>9}" for name in verdicts))
    for kind in (HAM, SPAM):
        print(f"{kind:<6}" + "".join(f"{table[kind, name]:>9}" for name in verdicts))
    for name, value in rates(table).items():
        print(f"{name:<24}{value:>8.2f}")


if __name__ == "__main__":
    asyncio.run(_print(tomllib.loads(Path(sys.argv[1]).read_text("utf-8"))))
