"""What people write to the service chat about decisions: a number, an answer to one, OBJECT."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions import suspensions
from petitbleu.desk.outside import objecting
from petitbleu.desk.outside.objecting import Told
from petitbleu.desk.outside.texts_objecting import TEXTS, WORDS, say
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation.queries import MeasureRow
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Answer, Said

DECISION, MEASURE, REPORT = objecting.DECISION, "measure", "report"
"""What answers are about: words of ``decisions.notifications`` and of ``moderation``."""
_TO_CONTEST = (DECISION, MEASURE, suspensions.SUSPENSION)
_OURS = ([DECISION], [MEASURE], [REPORT], [suspensions.SUSPENSION])


@servicechat.command(*WORDS, texts=TEXTS)
async def contest(app: App, said: Said) -> str | Answer:
    """Object to the decision that is named, that is answered to, or that was spoken of last."""
    about = said.about
    number = objecting.written(said.words[0]) if said.words else ""
    if not number and about[:1] not in _OURS:  # numbers among the reasons name nothing else
        number = objecting.written(said.text)
    if not number and about[:1] not in _OURS:
        about = await servicechat.newest_about(app, said.account, *_TO_CONTEST)
    if not number and not about:
        return say(said.lang, "which")
    decision = await _found(app, said.account, number, about)
    if isinstance(decision, MeasureRow):
        text = said.text.strip()
        return await objecting.lodge_plain(app, said.lang, said.account, decision, text)
    if decision is None:
        return say(said.lang, "unknown", number=number or _written(about))
    answer = await objecting.lodge(app, said.lang, said.account, decision, said.text.strip())
    return Answer(answer, decision.about)


@servicechat.otherwise
async def read(app: App, said: Said) -> str | Answer | None:
    """A message that names a decision, or answers to one: what it says, and how to object."""
    number = objecting.written(said.text)
    if not number and said.about[:1] not in _OURS:
        return None
    decision = await _found(app, said.account, number, said.about)
    if isinstance(decision, Told):
        return Answer(objecting.describe(app, said.lang, decision), decision.about)
    if decision is not None:
        return Answer(objecting.describe_measure(said.lang, decision), [MEASURE, decision.number])
    number = number or _written(said.about)
    status = await objecting.standing(app, said.lang, said.account, number)
    return status or say(said.lang, "unknown", number=number)


async def _found(
    app: App, account: int, number: str, about: list[object]
) -> Told | MeasureRow | None:
    """What is meant, as far as this person was told of it."""
    number = number or _written(about)
    told = await objecting.decision(app, account, number)
    told = told or await objecting.suspension(app, account, number)
    return told if told is not None else await objecting.measure(app, account, number)


def _written(about: list[object]) -> str:
    """The number that a message of ours is about, as people read it."""
    word = about[0]
    if word == suspensions.SUSPENSION:
        return str(about[1])
    number = int(str(about[1]))
    return decisions.number_text(number) if word == DECISION else case_numbers.text(number)
