"""The operator's own versions of templates: kept in full, the newest counts, empty goes back.

Where there is a desk a change needs two people: one asks (:func:`propose`; ``by`` None: the command
line), and what the other agrees to is in force from that transaction on.
"""

from __future__ import annotations

import difflib
from typing import Any

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions import texts
from petitbleu.desk.adjudication.decisions.queries import TemplateRow
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.approvals.service import NotYou, Request
from petitbleu.desk.staffing.staff.service import Signed
from petitbleu.store.api import Reader, Tx

MAX_TEMPLATE_CHARACTERS = 20_000
"""Characters of a template."""
SECOND = "template"
"""The kind of the question put to a second person."""


async def overrides(reader: Reader) -> dict[tuple[str, str], str]:
    """(kind, language) -> the version in force, where the operator has one."""
    newest = {(row.kind, row.language): row.text for row in await reader.rows(q.TEMPLATES)}
    return {key: text for key, text in newest.items() if text}


async def newest(reader: Reader) -> dict[tuple[str, str], TemplateRow]:
    """(kind, language) -> the operator's newest version, an empty one too."""
    return {(row.kind, row.language): row for row in await reader.rows(q.TEMPLATES)}


async def versions(reader: Reader, kind: str, language: str) -> list[TemplateRow]:
    """All versions, newest first."""
    return await reader.rows(q.VERSIONS, kind=kind, language=language)


async def in_force(reader: Reader, kind: str, language: str) -> str:
    """The text that letters are written with."""
    rows = await versions(reader, kind, language)
    return (rows[0].text if rows else "") or texts.shipped(kind, language)


def check(kind: str, language: str, text: str) -> str:
    """The text as it would be kept; empty goes back to the shipped one. Raises BadTemplate."""
    if language not in texts.LANGUAGES:
        raise texts.BadTemplate("language", what=", ".join(texts.LANGUAGES))
    text = text.replace("\r\n", "\n").strip()
    if len(text) > MAX_TEMPLATE_CHARACTERS:
        raise texts.BadTemplate("long", what=MAX_TEMPLATE_CHARACTERS)
    if kind not in texts.KINDS or text:
        texts.check(kind, text)
    return text


async def change(app: App, actor: str, kind: str, language: str, text: str) -> None:
    """Put a version in force; an empty text goes back to what comes with the program.

    Raises texts.BadTemplate.
    """
    await app.store.write(_change, app, actor, kind, language, check(kind, language, text))


async def _change(tx: Tx, app: App, actor: str, kind: str, language: str, text: str) -> None:
    now = int(app.clock.now())
    await tx.run(q.INSERT_TEMPLATE, kind=kind, language=language, text=text, actor=actor, at=now)
    await audit.append(tx, app, actor, "template.change", f"template:{kind}.{language}")


# ── by two people ───────────────────────────────────────────────────────────────────────────────


async def propose(
    app: App, by: Signed | None, kind: str, language: str, text: str, why: str
) -> int:
    """Ask a second person to put a version in force; the number of the request.

    What is signed names the version it takes the place of. Raises BadTemplate, seconds.NotYou.
    """
    text = check(kind, language, text)
    return await app.store.write(_propose, app, by, kind, language, text, why.strip())


async def _propose(
    tx: Tx, app: App, by: Signed | None, kind: str, language: str, text: str, why: str
) -> int:
    before, after = await in_force(tx, kind, language), text or texts.shipped(kind, language)
    data: dict[str, Any] = {
        "letter": kind,
        "language": language,
        "after": await _version(tx, kind, language),
        "text": text,
    }
    return await approvals.ask(
        tx,
        app,
        kind=SECOND,
        subject=f"template:{kind}.{language}",
        digest=bytes.fromhex(audit.digest(["template", data])),
        by=by,
        shown={
            "letter": kind,
            "language": language,
            "reason": why,
            "changes": difference(before, after),
        },
        data=data,
    )


async def _version(reader: Reader, kind: str, language: str) -> int:
    rows = await versions(reader, kind, language)
    return rows[0].version if rows else 0


def difference(before: str, after: str) -> list[str]:
    """Lines that go begin with ``-``, lines that come with ``+``, lines around with a space."""
    lines = difflib.unified_diff(
        before.strip().splitlines(), after.strip().splitlines(), lineterm="", n=2
    )
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


@approvals.effect(SECOND)
async def agreed(tx: Tx, app: App, request: Request) -> dict[str, Any]:
    """A second person has agreed: the version is in force. Raises NotYou where it is outdated."""
    data = request.data
    kind, language = data["letter"], data["language"]
    if await _version(tx, kind, language) != data["after"]:
        raise NotYou("outdated")
    try:
        text = check(kind, language, data["text"])
    except texts.BadTemplate:  # the program knows other variables since
        raise NotYou("outdated") from None
    await _change(tx, app, request.first, kind, language, text)
    return {"template": f"{kind}/{language}"}
