"""What the classifiers know: counts in tables, a corpus for this instance and one for each key."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.safety.antispam import classifier
from petitbleu.domain.safety.antispam import queries as q
from petitbleu.domain.safety.antispam.classifier import NONE, Count, Opinion
from petitbleu.store.api import Reader, Tx

SHARED = 0
HAM, SPAM = -1, 1
DAY = 86_400


async def opinion(reader: Reader, found: Sequence[str], corpus: int = SHARED) -> Opinion | None:
    """What is thought of a text with the marks ``found`` by the shared classifier and that of
    ``corpus`` together; None while they have learnt too little.
    """
    corpora = sorted({SHARED, corpus})
    rows = await reader.rows(q.CORPORA, corpora=corpora)
    learnt = Count(sum(row.ham for row in rows), sum(row.spam for row in rows))
    if min(learnt) < classifier.NEEDED:
        return None
    known = await reader.rows(q.TOKENS, corpora=corpora, tokens=list(found))
    return classifier.opinion(found, {row.token: Count(row.ham, row.spam) for row in known}, learnt)


async def learnt(app: App, corpus: int = SHARED) -> Count:
    """Texts that a corpus has learnt from."""
    rows = await app.store.rows(q.CORPORA, corpora=[corpus])
    return Count(rows[0].ham, rows[0].spam) if rows else NONE


async def learn(tx: Tx, corpus: int, found: Sequence[str], *, was: int, now: int, at: int) -> None:
    """A text with the marks ``found`` was judged ``was`` (HAM, SPAM, 0: not yet) and is ``now``."""
    ham = (now == HAM) - (was == HAM)
    spam = (now == SPAM) - (was == SPAM)
    if not ham and not spam:
        return
    # The row of the corpus first: whoever learns into it at the same time waits here.
    await tx.run(q.LEARN_CORPUS, corpus=corpus, ham=ham, spam=spam)
    day = at // DAY
    await tx.many(
        q.LEARN_TOKEN,
        [
            {"corpus": corpus, "token": token, "ham": ham, "spam": spam, "day": day}
            for token in sorted(found)
        ],
    )
