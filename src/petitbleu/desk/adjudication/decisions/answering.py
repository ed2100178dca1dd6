"""Answers to complaints: letters of the room ``appeals``, by the templates of decisions."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import numbers, texts, writing
from petitbleu.desk.adjudication.decisions.composing import Told
from petitbleu.desk.adjudication.decisions.reversing import Writer
from petitbleu.desk.adjudication.decisions.texts import Letter
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

COMPLAINT = "complaint"


async def complaint_letter(
    app: App, number: int, lang: str, *, complaint: str, outcome: str, why: str, about: str = ""
) -> Letter:
    """The answer to a complaint against decision ``number``, with the redress that is left
    (Article 20(5) DSA). ``outcome``: maintained, question or omitted; ``about``: what is complained
    about, where that is no decision.

    Raises Unfinished and BadTemplate where the operator's template cannot be used.
    """
    writer = await Writer.of(app)
    language = texts.language(lang, *app.config.languages)
    now = int(app.clock.now())
    values: dict[str, object] = {
        "decision": about or numbers.text(number),
        "complaint": complaint,
        "outcome": outcome,
        "why": why,
    }
    values |= writer.desk.redress(language, "", now, "", order=False)
    return writer.render(COMPLAINT, language, number, values)


async def objection_letter(
    app: App, case: int, lang: str, *, suspension: str, complaint: int, ends: bool, why: str
) -> Letter:
    """The answer to an objection to a suspension of ``case`` (``PB-…-M1``): it stays, or it ends.

    Raises Unfinished and BadTemplate where the operator's template cannot be used.
    """
    if not ends:
        number, named = numbers.number(case, 0), case_numbers.text(complaint)
        return await complaint_letter(
            app, number, lang, complaint=named, outcome="maintained", why=why, about=suspension
        )
    writer = await Writer.of(app)
    language = texts.language(lang, *app.config.languages)
    values: dict[str, object] = {
        "decision": suspension,
        "why": why,
        "again": False,
        "remedies": "",
    }
    return writer.render("reversal", language, numbers.number(complaint, 0), values)


async def tell(
    tx: Tx, app: App, number: int, account: int, purpose: str, lang: str, letter: Letter
) -> None:
    """Have a letter about a decision said to a person in the service chat, once for a purpose."""
    now = int(app.clock.now())
    language = texts.language(lang, *app.config.languages)
    await writing.store_statement(
        tx, app, number, Told(account, purpose, language, letter, now), now
    )
