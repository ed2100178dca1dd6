"""Which modules send or show something, by their calls and imports, against the register."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from petitbleu.outgoing import Sender

SENDING = (
    *("send_service", "store_statement", "RestrictionReason", "client.create"),
    *("mail.send", "mail.post", "letters.queue", "webhooks.post", "push.send"),
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


@cache
def _seen(path: Path) -> tuple[frozenset[str], bool, bool]:
    """(calls by name, whether it knows of cases or measures, whether it writes such words)."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    calls = {ast.unparse(one.func) for one in ast.walk(tree) if isinstance(one, ast.Call)}
    knows = any(
        KNOWING.match(f"{one.module}.{alias.name}")
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom)
        for alias in one.names
    )
    return frozenset(calls), knows, any(word in text for word in WORDS)


def _ends(name: str, end: str) -> bool:
    return name == end or name.endswith("." + end)


def problems(package: Path, register: Mapping[str, Sender]) -> list[str]:
    """Senders that are not in the register, or do not ask; entries that nothing needs."""
    found: list[str] = []
    needed: set[str] = set()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        calls, knows, writes = _seen(path)
        sends = any(_ends(call, end) for call in calls for end in SENDING)
        entry = register.get(name)
        if sends or writes or (name.startswith(SHOWING) and knows):
            needed.add(name)
            if entry is None:
                found.append(f"{name} sends or shows and is not in the register (outgoing.py)")
        if entry is None:
            continue
        if entry.guard and not any(_ends(call, entry.guard) for call in calls):
            found.append(f"{name} does not ask {entry.guard} before it sends or shows")
        if bool(entry.guard) == bool(entry.because):
            found.append(f"{name}: either a guard, or why there is none")
    return found + [
        f"{name} stands in the register for nothing" for name in register.keys() - needed
    ]
