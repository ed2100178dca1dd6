"""The operator's own versions of templates: kept in full, the newest counts, empty goes back."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.audit import service as audit
from petitbleu.desk.decisions import queries as q
from petitbleu.desk.decisions import texts
from petitbleu.desk.decisions.queries import TemplateRow
from petitbleu.store.api import Reader, Tx

MOST = 20_000
"""Characters of a template."""


async def overrides(reader: Reader) -> dict[tuple[str, str], str]:
    """(kind, language) -> the version in force, where the operator has one."""
    newest = {(row.kind, row.language): row.text for row in await reader.rows(q.TEMPLATES)}
    return {key: text for key, text in newest.items() if text}


async def versions(reader: Reader, kind: str, language: str) -> list[TemplateRow]:
    """All versions, newest first."""
    return await reader.rows(q.VERSIONS, kind=kind, language=language)


async def change(app: App, actor: str, kind: str, language: str, text: str) -> None:
    """Put a version in force; an empty text goes back to what comes with the program.

    Raises texts.BadTemplate.
    """
    if language not in texts.LANGUAGES:
        raise texts.BadTemplate(f"templates are in {', '.join(texts.LANGUAGES)}")
    if len(text) > MOST:
        raise texts.BadTemplate(f"a template has at most {MOST} characters")
    if kind not in texts.KINDS or text.strip():
        texts.check(kind, text)
    await app.store.write(_change, app, actor, kind, language, text.strip())


async def _change(tx: Tx, app: App, actor: str, kind: str, language: str, text: str) -> None:
    now = int(app.clock.now())
    await tx.run(q.INSERT_TEMPLATE, kind=kind, language=language, text=text, actor=actor, at=now)
    await audit.append(tx, app, actor, "template.change", f"template:{kind}.{language}")
