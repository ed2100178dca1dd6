"""Telling the police of a threat to somebody's life or safety, at once (Article 18 DSA).

From any case, in one step: a letter leaves immediately with what is known, the case says so, the
clock of Article 18 ends. Hosting services of every size have this duty.
"""

from __future__ import annotations

from typing import ClassVar

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import composing, numbers, resolve, texts, writing
from petitbleu.desk.adjudication.decisions.composing import Mail
from petitbleu.desk.adjudication.decisions.reversing import Writer
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Tx

PURPOSE = "threat"
_CLOCKS = frozenset({"dsa18.inform", "tco.threat"})


class Unsent(Refusal):
    """The report cannot be sent; one sentence says why."""

    SAID: ClassVar[Sentences] = {
        "facts": ("say what is known", "dites ce que l’on sait"),
        "to": ("no letter can be written to “{to}”", "on ne peut pas écrire à « {to} »"),
    }


async def inform(
    app: App, actor: str, case: int, *, to: str, facts: str, language: str = ""
) -> int:
    """Send what is known to an authority's address; the id of the letter. The same facts to the
    same address again are one letter.

    Raises Unsent, LookupError.
    """
    state = await cases.get(app.store, case)
    if state is None:
        raise LookupError(case_numbers.text(case))
    if not facts.strip():
        raise Unsent("facts")
    items = [await resolve.resolve(app, target) for target in state.targets]
    people = dict.fromkeys(one for item in items if item is not None for one in item.people)
    chosen = texts.language(language, *app.config.languages)
    writer = await Writer.of(app)
    number = numbers.number(case, 0)
    values: dict[str, object] = {
        "facts": facts.strip(),
        "items": state.targets or [case_numbers.text(case)],
        "people": [str(one) if one > 0 else f"comment:{-one:x}" for one in people] or ["-"],
        "to": to.strip(),
        "signatory": composing.signatory(actor, chosen),
    }
    letter = writer.render(PURPOSE, chosen, number, values)
    mail = Mail(to.strip(), PURPOSE, chosen, letter, 0)
    try:
        return await app.store.write(_inform, app, actor, case, mail, cases.clocks(app, state))
    except letters.Unsendable:
        raise Unsent("to", to=to.strip()[:200]) from None


async def _inform(
    tx: Tx, app: App, actor: str, case: int, mail: Mail, clocks: list[law.Clock]
) -> int:
    said = await writing.mail(tx, app, numbers.number(case, 0), mail)
    done = [
        CaseEvent("clock.done", {"clock": one.id})
        for one in clocks
        if one.done is None and one.id in _CLOCKS
    ]
    told = CaseEvent("threat", {"letter": said.data["letter"], "to": mail.to})
    await cases.append(tx, app, case, actor, told, said, *done)
    subject = case_numbers.text(case)
    await audit.append(tx, app, actor, "threat.inform", subject, {"to": mail.to})
    letter: int = said.data["letter"]
    return letter
