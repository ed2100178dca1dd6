"""Answers to complaints: letters of the room ``appeals``, by the templates of decisions."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.decisions import numbers, texts, writing
from petitbleu.desk.decisions.composing import Told
from petitbleu.desk.decisions.reversing import Writer
from petitbleu.desk.decisions.texts import Letter
from petitbleu.store.api import Tx

COMPLAINT = "complaint"


async def complaint_letter(
    app: App, number: int, lang: str, *, complaint: str, outcome: str, why: str
) -> Letter:
    """The answer to a complaint against decision ``number``, with the redress that is left
    (Article 20(5) DSA). ``outcome``: maintained, question or omitted.

    Raises Unfinished and BadTemplate where the operator's template cannot be used.
    """
    writer = await Writer.of(app)
    language = texts.language(lang, *app.config.languages)
    now = int(app.clock.now())
    values: dict[str, object] = {
        "decision": numbers.text(number),
        "complaint": complaint,
        "outcome": outcome,
        "why": why,
    }
    values |= writer.desk.redress(language, "", now, "", order=False)
    return writer.render(COMPLAINT, language, number, values)


async def tell(
    tx: Tx, app: App, number: int, account: int, purpose: str, lang: str, letter: Letter
) -> None:
    """Have a letter about a decision said to a person in the service chat, once for a purpose."""
    now = int(app.clock.now())
    language = texts.language(lang, *app.config.languages)
    await writing.told(tx, number, Told(account, purpose, language, letter, now), now)
