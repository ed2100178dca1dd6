"""Letters that belong to no decision, by the templates of decisions; the forms that go with them.

For the room ``correspondence``.
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import composing, kinds, numbers, printing, texts
from petitbleu.desk.adjudication.decisions import words as wording
from petitbleu.desk.adjudication.decisions.reversing import Writer
from petitbleu.desk.adjudication.decisions.texts import Letter
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.domain.safety.case_numbers import service as case_numbers


def letter_language(*wished: str) -> str:
    """The first of these languages that letters are written in."""
    return texts.language(*wished)


def _always(writer: Writer, state: CaseState, language: str, actor: str) -> dict[str, Any]:
    authority = state.authority
    named = (authority.name or authority.domain) if authority else ""
    return {
        "authority": named,
        "reference": state.reference or case_numbers.text(state.number),
        "received": writer.desk.words(language).moment(state.received_at),
        "signatory": composing.signatory(actor, language),
    }


async def loose_letter(
    app: App, actor: str, state: CaseState, kind: str, language: str, values: dict[str, Any]
) -> Letter:
    """A letter of ``kind`` about a case; ``values``: what the kind says besides whose case it is.

    Raises texts.Unfinished and texts.BadTemplate.
    """
    writer = await Writer.of(app)
    whole = _always(writer, state, language, actor) | values
    return writer.render(kind, language, numbers.number(state.number, 0), whole)


async def question_form(
    app: App,
    actor: str,
    state: CaseState,
    form: str,
    language: str,
    *,
    obstacle: str,
    detail: str,
    preserved: bool,
) -> bytes | None:
    """The form by which an authority is asked to mend its order, as PDF: 2021/784 Annex III
    (``annex3``) or 2023/1543 Annex III (``eevidence3``). None where nothing can be printed: the
    letter says the same in words.
    """
    writer = await Writer.of(app)
    said, number = writer.desk.words(language), numbers.number(state.number, 0)
    now = int(app.clock.now())
    known = wording.TCO_OBSTACLES if state.kind == kinds.TCO else tuple(wording.OBSTACLES)
    whole = writer.desk.always(language, number, now) | _always(writer, state, language, actor)
    whole |= {
        "country": (state.authority.country if state.authority else "") or "-",
        "effect": said.moment(now),
        "targets": state.targets,
        "unmet": [],
        "obstacles": [said.obstacle(obstacle)],
        "every": [{"yes": code == obstacle, "text": said.obstacle(code)} for code in known],
        "detail": detail,
        "preserved": preserved,
        "clarification": True,
        "form": said.order_form(state.kind),
    }
    return await printing.pdf(app, texts.page(form, language, whole))
