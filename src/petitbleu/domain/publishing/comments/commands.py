"""What the people of a channel answer about held comments: ``ok``, ``no``, ``spam``."""

from __future__ import annotations

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.publishing.comments import calling, service
from petitbleu.domain.publishing.comments import calling_texts as texts
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said
from petitbleu.store.api import Tx

AT_ONCE = 20
_REFUSED = frozenset({"no", "non", "nein"})


@servicechat.command("ok", "no", "non", "nein", "spam", texts=texts.TEXTS)
async def verdict(app: App, said: Said) -> str:
    """Decide about the comments that are named, or that stand in the message answered to."""
    numbers = _numbers(said)
    if not numbers and said.about[:1] == [calling.ABOUT] and len(said.about) == 3:
        _, at, channel = said.about
        numbers = await calling.in_message(app, int(channel), int(at))
        told = [
            line for number in numbers if (line := await _decide(app, said, number, silent=True))
        ]
        return "\n".join(told) or texts.say(said.lang, "nothing")
    if not numbers:
        return texts.say(said.lang, "which").format(word=said.command)
    return "\n".join([await _decide(app, said, number) for number in numbers])


def _numbers(said: Said) -> list[int]:
    words = said.rest.replace(",", " ").replace("#", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) < 16 for word in words):
        return []
    return list(dict.fromkeys(map(int, words)))[:AT_ONCE]


async def _decide(app: App, said: Said, number: int, *, silent: bool = False) -> str:
    """One verdict; ``silent``: nothing is said where somebody else came first."""
    call = await calling.by_number(app, said.account, number)
    if call is None:
        return texts.say(said.lang, "unknown").format(number=number)
    by = f"{calling.USER}{said.account}"
    publish, spam = said.command == "ok", said.command == "spam"
    row, chat = call

    async def check(tx: Tx, _: q.GuestRow) -> None:
        await calling.check(tx, app, chat, said.account)

    act = acts.Act("chat.comment", f"person:{said.account}", subject=f"comment:{row.id}")
    acting = acts.performing(app, act)
    try:
        done = await service.decide(
            acting, row.id, publish=publish, spam=spam, by=by, seen=row.spam_check, also=check,
            only_held=True,
        )  # fmt: skip
    except calling.NotYours:
        return texts.say(said.lang, "unknown").format(number=number)
    now = await app.store.row(q.GET, id=row.id)
    if now is None:
        return texts.say(said.lang, "unknown").format(number=number)
    # A repeated message (after a crash) finds its own verdict: it is answered like the first.
    mine = done or (now.decided_by == by and _is(now, said.command))
    if silent and not mine:
        return ""
    key = "done" if mine else "late"
    outcome = await calling.outcome(app, now, said.lang)
    return texts.say(said.lang, key).format(
        number=number, name=texts.plain(row.name), outcome=outcome
    )


def _is(row: q.GuestRow, word: str) -> bool:
    """Whether a comment ended as the word says."""
    if word == "ok":
        return row.state in ("approved", "published")
    return row.state == "refused" and row.ending == ("no" if word in _REFUSED else "spam")
