"""The spam filter: looking at a text, keeping what was decided, learning from what people say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu import acts, jobs, rates
from petitbleu.app import App, Part
from petitbleu.domain.safety.antispam import (
    features,
    hooks,
    learning,
    outside,
    seed,
    sentences,
    verdicts,
)
from petitbleu.domain.safety.antispam import queries as q
from petitbleu.domain.safety.antispam import tokens as tokens
from petitbleu.domain.safety.antispam.articles import load_article as load_article
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.explaining import sentence as sentence
from petitbleu.domain.safety.antispam.hooks import on_left_open as on_left_open
from petitbleu.domain.safety.antispam.learning import HAM, SHARED, SPAM
from petitbleu.domain.safety.antispam.queries import CheckRow as CheckRow
from petitbleu.domain.safety.antispam.rules import Finding
from petitbleu.domain.safety.antispam.submission import Submission as Submission
from petitbleu.domain.safety.antispam.submission import packed, plain, print_of, unpacked
from petitbleu.domain.safety.antispam.verdicts import Verdict as Verdict
from petitbleu.jobs import Job
from petitbleu.networks import mailbox, network
from petitbleu.stamps import ROOMS_HERE, room
from petitbleu.store.api import Tx

FORM, GROUP, SITE = "form", "group", "site"
"""Doors a text comes through: a page's form, a chat, another site of the operator."""
MAX_WORDS = 5000
GOOD_NEEDED = 2
"""Texts found good after which an author's texts are not looked at any more."""
PAGE = 50
_WORDS_SECONDS = 30

_encode = msgspec.msgpack.Encoder().encode
_reasons = msgspec.msgpack.Decoder(list[tuple[str, float, str]]).decode


class Feedback(Job, tag="antispam.feedback", frozen=True):
    """The outside service hears what somebody said of a text."""

    check: int
    spam: bool


class Checked(NamedTuple):
    """A verdict, and the id under which it can be judged; 0: it was not kept."""

    id: int
    verdict: Verdict


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


async def admit(app: App, ip: str, email: str = "") -> None:
    """Count a form of a network and of an address; FLOOD_WAIT_X where there were too many."""
    claims = [rates.Claim("spam_network", (network(ip),))]
    if email:
        claims.append(rates.Claim("spam_mail", (mailbox(plain(email)),)))
    await rates.charge(app, claims, ip=ip)


async def look(
    app: App, what: Submission, *, corpus: int = SHARED, proven: str = "", whole: bool = False
) -> Verdict:
    """What this instance thinks of a text. ``proven``: whose it is beyond doubt (an account, an
    address that was confirmed), '' where nothing is. ``whole``: the encoder of sentences is asked,
    too, where the first model leaves it open.
    """
    settled = verdicts.certain(what)
    if settled is not None:
        return settled
    if proven and not verdicts.door(what) and await known_good(app, proven):
        return verdicts.decide(what, known_good=True)
    extracted = features.extract_features(what)
    begun = seed.opinion(what, extracted) if app.config.antispam.seed else None
    if begun is not None and whole:
        begun = await _reconsidered(app, what, begun)
    asked = seed.left(extracted) if begun is not None else extracted
    return verdicts.decide(
        what,
        words=await _words(app),
        languages=app.config.antispam.languages,
        opinion=await learning.opinion(app.store, asked, corpus),
        seed=begun,
    )


async def _reconsidered(app: App, what: Submission, first: Opinion) -> Opinion:
    """What both models think; the first one alone where it is sure or nobody can be asked."""
    second = sentences.shipped()
    if not second.leaves_open(first):
        return first
    said = await hooks.ask(app, sentences.as_read(what))
    return first if said is None else second.both(first, said)


async def check(
    app: App,
    what: Submission,
    *,
    door: str,
    proven: str = "",
    ask_outside: bool = False,
) -> Checked:
    """Look at a text, ask the outside service where one is set, and keep what was decided.

    A text for a test is not kept.
    """
    verdict = await look(app, what, proven=proven, whole=True)
    sent = False
    if ask_outside and verdict.score < verdicts.SPAM_AT and not _is_settled(verdict):
        answer = await outside.ask(app, what)
        if answer is not None:
            verdict, sent = verdicts.outside(verdict, answer), answer != "down"
    if what.test:
        return Checked(0, verdict)
    row = _row(app, what, verdict, door=door, proven=proven)
    row = row._replace(sent=int(sent))
    await app.store.write(insert, row)
    return Checked(row.id, verdict)


async def keep(
    app: App, what: Submission, verdict: Verdict, *, proven: str, peer: int, message: int
) -> int:
    """Keep what was decided about a message of a chat; its id."""
    row = _row(app, what, verdict, door=GROUP, proven=proven)._replace(peer=peer, message=message)
    await app.store.write(insert, row)
    return row.id


def _is_settled(verdict: Verdict) -> bool:
    return bool(verdict.reasons) and verdict.reasons[0].name in (
        "guaranteed",
        "administrator",
        "known",
    )


async def known_good(app: App, proven: str) -> bool:
    """Whether somebody's texts were found good before, and none of them spam."""
    row = await app.store.row(q.AUTHOR, who=_who(app, proven))
    return row is not None and row.ham >= GOOD_NEEDED and row.spam <= 0


# ── keeping ─────────────────────────────────────────────────────────────────────────────────────


def _row(
    app: App, what: Submission, verdict: Verdict, *, door: str, proven: str = "", corpus: int = 0
) -> CheckRow:
    """A row as it is kept. What another site sent is not: it stays there."""
    number = int(app.clock.now() * 1000) << 20 | int.from_bytes(app.random(3), "big") >> 4
    kept = {} if door == SITE else {"what": packed(what._replace(ip="")), "proven": proven}
    return CheckRow(
        id=number,
        corpus=corpus,
        door=door,
        print=print_of(what),
        at=int(app.clock.now()),
        verdict=verdict.verdict,
        score=round(verdict.score * 1_000_000),
        reasons=_encode([tuple(reason) for reason in verdict.reasons]),
        fields=app.secrets.seal(_encode(kept), b"spam_check %d" % number),
        ip="" if door == SITE else what.ip,
        sent=0,
        judged=0,
        judged_by="",
        peer=0,
        message=0,
    )


def row_of_site(app: App, what: Submission, verdict: Verdict, corpus: int) -> CheckRow:
    """A row for a text of another site (``sites.py``)."""
    return _row(app, what, verdict, door=SITE, corpus=corpus)


async def insert(tx: Tx, row: CheckRow) -> None:
    """Keep a row."""
    await tx.run(q.INSERT_CHECK, **row._asdict())


class Kept(NamedTuple):
    """A decision as it is shown to whoever judges it. ``judged``: -1 ham, 0 not yet, 1 spam."""

    id: int
    at: int
    door: str
    verdict: str
    score: float
    reasons: list[Finding]
    what: Submission
    judged: int
    judged_by: str


async def get(app: App, number: int) -> Kept | None:
    """One decision."""
    row = await app.store.row(q.CHECK, id=number)
    return _kept(app, row) if row is not None else None


async def get_many(app: App, numbers: Sequence[int]) -> dict[int, Kept]:
    """Decisions by id."""
    rows = await app.store.rows(q.CHECKS, ids=list(numbers)) if numbers else []
    return {row.id: _kept(app, row) for row in rows}


async def waiting(app: App, *, below: int = 0, limit: int = PAGE) -> list[Kept]:
    """What was kept back and nobody has judged, newest first; ``below``: the last id seen."""
    rows = await app.store.scan(
        q.UNJUDGED,
        verdicts=[verdicts.HOLD, verdicts.SPAM, verdicts.DISCARD],
        below=below or 1 << 62,
        limit=max(1, min(limit, 500)),
    )
    return [_kept(app, row) for row in rows]


def _fields(app: App, row: CheckRow) -> tuple[Submission, str]:
    """What was looked at, and whose it is beyond doubt."""
    kept = msgspec.msgpack.decode(app.secrets.unseal(row.fields, b"spam_check %d" % row.id))
    if not kept:
        return Submission(""), ""
    return unpacked(kept["what"])._replace(ip=row.ip), kept["proven"]


def _kept(app: App, row: CheckRow) -> Kept:
    reasons = [Finding(*reason) for reason in _reasons(row.reasons)]
    what, _ = _fields(app, row)
    return Kept(
        row.id, row.at, row.door, row.verdict, row.score / 1e6, reasons, what, row.judged,
        row.judged_by,
    )  # fmt: skip


Judging = Callable[[Tx], Awaitable[bool]]
"""Judges a text inside a transaction; whether anything changed."""

# ── judging ─────────────────────────────────────────────────────────────────────────────────────


async def judge(app: App, number: int, *, spam: bool, by: str) -> bool:
    """Somebody says what a text was: the classifier learns, and so does the outside service if it
    was asked. Said again it changes nothing; a changed mind is unlearnt first.

    Whether anything changed; False where the decision is not there any more.
    """
    ready = await prepared(app, number, spam=spam, by=by)
    return ready is not None and await app.store.write(ready)


async def prepared(app: App, number: int, *, spam: bool, by: str) -> Judging | None:
    """:func:`judge` for somebody else's transaction; None where the decision is not there."""
    row = await app.store.row(q.CHECK, id=number)
    if row is None or row.door == SITE:
        return None
    what, proven = _fields(app, row)
    who = _who(app, proven) if proven else None
    extracted, at = features.extract_features(what), int(app.clock.now())

    async def ready(tx: Tx) -> bool:
        return await judge_in(tx, number, SPAM if spam else HAM, extracted, by, at, who)

    return ready


async def judge_in(
    tx: Tx, number: int, now: int, found: Sequence[str], by: str, at: int, who: bytes | None = None
) -> bool:
    """:func:`judge` inside a transaction. ``now``: HAM or SPAM."""
    row = await tx.row(q.LOCK_CHECK, id=number)
    if row is None or row.judged == now:
        return False
    await tx.run(q.JUDGE, id=number, judged=now, by=by)
    await learning.learn(tx, row.corpus, found, was=row.judged, now=now, at=at)
    if who is not None:
        ham = (now == HAM) - (row.judged == HAM)
        spam = (now == SPAM) - (row.judged == SPAM)
        await tx.run(q.LEARN_AUTHOR, who=who, ham=ham, spam=spam, day=at // learning.DAY)
    if row.sent:
        work = Feedback(check=number, spam=now == SPAM)
        await jobs.schedule(tx, work, due=at, key=str(number))
    return True


async def report(app: App, number: int, *, spam: bool) -> None:
    """Tell the outside service what somebody said, with the fields it was asked with.

    Raises :class:`outside.Down` where it does not take it: the job comes again.
    """
    row = await app.store.row(q.CHECK, id=number)
    if row is not None:
        what, _ = _fields(app, row)
        await outside.submit(app, what, spam=spam)


async def of_message(app: App, peer: int, message: int) -> int | None:
    """The id of the decision about a message of a group."""
    row = await app.store.row(q.OF_MESSAGE, peer=peer, message=message)
    return row.id if row is not None else None


def _who(app: App, proven: str) -> bytes:
    return app.secrets.hmac("antispam.author", plain(proven).encode())[:16]


# ── the operator's words ────────────────────────────────────────────────────────────────────────


ROOM = room("spam_words", spam_word=())


def _nothing_yet(app: App) -> None:
    app.parts[ROOMS_HERE].hear(ROOM, lambda _: forget_words(app))


def forget_words(app: App) -> None:
    """The operator's list was changed."""
    app.parts[OWN_WORDS] = None


OWN_WORDS: Part[tuple[float, dict[str, float]] | None] = Part(_nothing_yet)
"""When the operator's list was looked up, and its words."""


async def _words(app: App) -> dict[str, float]:
    """The operator's list; looked up again after half a minute."""
    kept = app.parts[OWN_WORDS]
    now = app.clock.now()
    if kept is None or not 0 <= now - kept[0] < _WORDS_SECONDS:
        rows = await app.store.rows(q.WORDS, limit=MAX_WORDS)
        kept = now, {row.word: row.weight / 100 for row in rows}
        app.parts[OWN_WORDS] = kept
    return kept[1]


async def words(app: App) -> list[q.WordRow]:
    """The operator's list."""
    return await app.store.rows(q.WORDS, limit=MAX_WORDS)


async def put_word(app: App, word: str, weight: int | None) -> bool:
    """Add a word (``weight`` in hundredths, 1..100) or take it away (None); whether that changed
    anything. A word may be a host name, an address or a few words.
    """
    app.parts[OWN_WORDS] = None
    return await app.store.write(_put_word, " ".join(plain(word).split()), weight)


async def _put_word(tx: Tx, word: str, weight: int | None) -> bool:
    if weight is None:
        return await tx.run(q.DROP_WORD, word=word) > 0
    return await tx.run(q.PUT_WORD, word=word, weight=weight) > 0


# ── keeping no longer than needed ───────────────────────────────────────────────────────────────

IP_DAYS, DISCARD_DAYS, CHECK_DAYS, LEARNT_DAYS = 30, 15, 180, 400


async def tidy(app: App) -> dict[str, Any]:
    """Forget addresses after 30 days, what was thrown away after 15, decisions after 180, marks
    and authors that did not come again for 400. How many of each.
    """
    return await app.store.write(_tidy, app, int(app.clock.now()))


async def _tidy(tx: Tx, app: App, now: int) -> dict[str, Any]:
    day = learning.DAY
    dropped = {
        "discarded": await tx.run(q.DROP_DISCARDED, before=now - DISCARD_DAYS * day),
        "addresses": await tx.run(q.FORGET_IPS, before=now - IP_DAYS * day),
        "decisions": await tx.run(q.DROP_CHECKS, before=now - CHECK_DAYS * day),
        "marks": await tx.run(q.DROP_TOKENS, day=now // day - LEARNT_DAYS),
        "authors": await tx.run(q.DROP_AUTHORS, day=now // day - LEARNT_DAYS),
    }
    if dropped["discarded"] or dropped["decisions"]:
        await acts.log(tx, app, acts.Act("job.spam.tidy", acts.SYSTEM, data=dropped))
    return dropped
