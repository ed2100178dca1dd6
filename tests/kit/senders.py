"""Which modules send or show something, by their calls and imports, against the register."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from petitbleu.outgoing import Sender
from tests.kit.trees import nodes

SENDING = (
    *("send_service", "store_statement", "RestrictionReason", "client.create"),
    *("mail.send", "mail.post", "letters.queue", "webhooks.post", "webpush.send"),
)
"""Ends of the names of calls by which something leaves."""
SHOWING = (
    *("web/", "desk/outside/", "desk/transparency/gathering", "desk/transparency/report"),
    *("desk/orders/disclosures/portal.py", "desk/adjudication/decisions/public_notice.py"),
    *(
        "domain/communities/adminlog/",
        "domain/transfer/exports/",
        "domain/transfer/takeout/",
        "domain/publishing/pages/",
    ),
    *(
        "domain/publishing/websub/",
        "domain/publishing/newsletter/",
        "domain/publishing/comments/",
        "domain/servicechat/",
        "domain/restrictions/",
    ),
)
"""Where things are shown, or handed out, to others than staff."""
KNOWING = re.compile(
    r"petitbleu\.(?:desk\.(?:\w+\.)?(?:cases|decisions|letters|appeals|vault|disclosures|evidence|holds)"
    r"|domain\.(?:\w+\.)?moderation)(?:\.|$)"
)
"""What knows of cases and measures."""
WORDS = ("shown=wanted.shown",)
"""Where a measure gets words that stand in the place of content."""


class _Module(NamedTuple):
    """What a module does, by its source."""

    calls: frozenset[str]
    """The names of what it calls."""
    sends: bool
    knows: bool
    """Whether it knows of cases or measures."""
    writes: bool
    """Whether it writes words in the place of content."""


@cache
def _seen(path: Path) -> _Module:
    text = path.read_text("utf-8")
    found = nodes(path)
    calls = {ast.unparse(node.func) for node in found if isinstance(node, ast.Call)}
    knows = any(
        KNOWING.match(f"{node.module}.{alias.name}")
        for node in found
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )
    sends = any(_ends(call, end) for call in calls for end in SENDING)
    return _Module(frozenset(calls), sends, knows, any(word in text for word in WORDS))


@cache
def _modules(package: Path) -> list[tuple[str, _Module]]:
    """(name, what it does) of each module."""
    paths = sorted(package.rglob("*.py"))
    return [(path.relative_to(package).as_posix(), _seen(path)) for path in paths]


def _ends(name: str, end: str) -> bool:
    return name == end or name.endswith("." + end)


def problems(package: Path, register: Mapping[str, Sender]) -> list[str]:
    """Senders that are not in the register, or do not ask; entries that nothing needs."""
    found: list[str] = []
    needed: set[str] = set()
    for name, module in _modules(package):
        entry = register.get(name)
        if module.sends or module.writes or (name.startswith(SHOWING) and module.knows):
            needed.add(name)
            if entry is None:
                found.append(f"{name} sends or shows and is not in the register (outgoing.py)")
        if entry is None:
            continue
        if entry.guard and not any(_ends(call, entry.guard) for call in module.calls):
            found.append(f"{name} does not ask {entry.guard} before it sends or shows")
        if bool(entry.guard) == bool(entry.because):
            found.append(f"{name}: either a guard, or why there is none")
    return found + [
        f"{name} stands in the register for nothing" for name in register.keys() - needed
    ]
