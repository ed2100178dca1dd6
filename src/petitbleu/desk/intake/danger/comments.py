"""Guests' comments, read for danger whatever the spam filter makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake.classify.dangers import read
from petitbleu.desk.intake.classify.language import detect_language
from petitbleu.desk.intake.danger import alarms, helping
from petitbleu.desk.intake.danger.alarms import Told
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.comments.service import Advice, Words
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

_HELD = "comment"


@comments.on_written
async def written(tx: Tx, app: App, words: Words) -> Advice | None:
    """A comment that tells of danger is a case; the people of its channel, one of whom it may be
    about, are asked about it once somebody of the desk has opened that.
    """
    level = read(words.text).level
    if not level:
        return None
    row = words.row
    place = f"{row.channel}/{row.post}"
    told = Told(
        level, f"comment:{words.email}", False, (f"comment:{place}",), words.text, (_HELD, row.id)
    )
    found = detect_language(words.text)
    language = row.language if found == "und" else found
    number = await cases.find(tx, f"comment:{row.id}")
    state = await cases.get(tx, number) if number is not None else None
    if state is not None and state.closed_at is None:
        await cases.append(
            tx, app, state.number, "sender", *await alarms.raise_in(tx, app, state, told)
        )
    else:
        await _open(tx, app, words, told, language)
    return Advice(*helping.page(app, language, helping.country_of_address(words.email)))


async def _open(tx: Tx, app: App, words: Words, told: Told, language: str) -> None:
    row, now = words.row, int(app.clock.now())
    number = await case_numbers.take(tx, app.config, now)
    page = await pages.load_page(app, row.channel)
    base = app.config.public_url.rstrip("/")
    name = page.name if page is not None else str(row.channel)
    await cases.open_case(
        tx,
        app,
        actor="sender",
        number=number,
        kind=alarms.KIND[told.level],
        urgency=alarms.URGENCY[told.level],
        channel="comment",
        received_at=now,
        sender=words.email,
        language=language,
        targets=[f"{base}/{name}/{row.post}"],
        reasons=[f"tells_{told.level}"],
        moments=dict.fromkeys((alarms.SUSPECTED, alarms.SUSPICION), now),
        facts={"comment": row.id, "author": row.name, "text": words.text},
        then=await alarms.events(tx, app, number, told),
    )
    await cases.name(tx, number, f"comment:{row.id}")


@comments.on_calling
async def kept_back(app: App, numbers: Sequence[int]) -> set[int]:
    """Comments whose case nobody has opened."""
    kept = set()
    for number in numbers:
        case = await cases.find(app.store, f"comment:{number}")
        state = await cases.get(app.store, case) if case is not None else None
        if state is not None and state.looked_at is None and state.closed_at is None:
            kept.add(number)
    return kept


alarms.releases(_HELD)(comments.ask_people)
