"""Who is told of a disclosure: the authority at once, the person when the law allows it.

Under e-Evidence the issuing authority informs the person (Reg. (EU) 2023/1543 art. 13(1)); the
secrecy of an inquiry bars it under a requisition. Under DSA art. 10(5) we do, at the latest when
effect is given, or at the date the authority set. Nobody is told before somebody has answered that
they may be (the room ``secrecy``); who answered yes for another kind of order has them told too.
"""

from __future__ import annotations

from typing import Any

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.orders.disclosures import queries as q
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from petitbleu.typography import spaced, table

TELL = "desk.disclosure_tell"
WE_TELL = frozenset({"dsa_art10_order"})
"""Kinds under which the person is told by us."""

_TO_AUTHORITY = {
    "en": (
        "[{number}] Data are ready",
        "The data that your order {reference} names are ready under our number {number}.\n\n"
        "They are encrypted for your age key and can be fetched once, within 14 days:\n{link}\n\n"
        "SHA-256 of the archive before encryption: {sha}\n",
    ),
    "fr": (
        "[{number}] Données à disposition",
        "Les données visées par votre demande {reference} sont prêtes sous notre numéro {number}."
        "\n\nElles sont chiffrées pour votre clé age et peuvent être retirées une seule fois, sous"
        " 14 jours :\n{link}\n\nSHA-256 de l’archive avant chiffrement : {sha}\n",
    ),
}
_TO_PERSON = {
    "en": "Data about your account were given to an authority that ordered it ({number}). You can"
    " contest the order before the authority or court that issued it; write to us with this number"
    " to learn which.",
    "fr": "Des données de votre compte ont été communiquées à une autorité qui l’a ordonné"
    " ({number}). Vous pouvez contester cette décision devant l’autorité ou la juridiction qui l’a"
    " rendue ; écrivez-nous avec ce numéro pour savoir laquelle.",
}


async def to_authority(tx: Tx, app: App, state: CaseState, secret: str, plain_sha: bytes) -> None:
    """Queue the letter with the portal's address, where the case has an address to write to."""
    if not state.sender:
        return
    language = state.language if state.language in _TO_AUTHORITY else "en"
    subject, text = table(_TO_AUTHORITY)[language]
    number = case_numbers.text(state.number)
    link = f"{app.config.public_url.rstrip('/')}/divulgation/{secret}"
    letter = await letters.queue(
        tx,
        app,
        case=state.number,
        to=state.sender,
        purpose="disclosure",
        language=language,
        subject=subject.format(number=number),
        text=text.format(
            number=number, reference=state.reference or "-", link=link, sha=plain_sha.hex()
        ),
        key=f"disclosure {plain_sha.hex()}",
    )
    data = {"letter": letter, "purpose": "disclosure", "to": state.sender}
    await cases.append(tx, app, state.number, "system", CaseEvent("letter", data))


async def plan_person(tx: Tx, app: App, state: CaseState, disclosure: int) -> None:
    """Plan what the person is told: now or when it is allowed, or not by us."""
    verdict = secrecy.verdict(app, state)
    answered = state.telling is not None and state.telling.answer in _BY_US
    if not (state.kind in WE_TELL or answered) or not (verdict.open or verdict.until):
        return
    due = verdict.until or int(app.clock.now())
    data = {"case": state.number, "disclosure": disclosure}
    await jobs.schedule(tx, TELL, due=due, data=data, key=str(disclosure))


_BY_US = (cases.TELL_YES, cases.TELL_DATE)


@cases.on_change
async def answered(tx: Tx, app: App, state: CaseState, events: tuple[CaseEvent, ...]) -> None:
    """It was answered anew whether the person may be told: of what was handed over too."""
    if not any(one.kind == "telling" for one in events):
        return
    for row in await tx.rows(q.OF_CASE, number=state.number):
        if row.fetched_at and await cases.find(tx, f"told:{row.id}") is None:
            await plan_person(tx, app, state, row.id)


async def tell(app: App, case: int, account: int, disclosure: int) -> int | None:
    """The job: tell the person in the service chat, once; when to come back."""
    named = f"told:{disclosure}"
    if await cases.find(app.store, named) is not None:
        return None
    verdict = await secrecy.of_case(app.store, app, case)
    if not verdict.open:  # whoever answers anew plans it anew
        return verdict.until
    person = await accounts.get(app, account)
    if person is not None and person.deleted_at is None:
        lang = person.lang if person.lang in _TO_PERSON else app.config.languages[0]
        lang = lang if lang in _TO_PERSON else "en"
        text = spaced(lang, _TO_PERSON[lang]).format(number=case_numbers.text(case))
        await messages.send_service(app, account, text)
    await app.store.write(_told, app, case, disclosure, named)
    return None


async def _told(tx: Tx, app: App, case: int, disclosure: int, named: str) -> None:
    await cases.name(tx, case, named)
    data: dict[str, Any] = {"id": disclosure, "what": "person told"}
    done = CaseEvent("clock.done", {"clock": "dsa10.user_info"})
    await cases.append(tx, app, case, "system", CaseEvent("disclosure", data), done)
