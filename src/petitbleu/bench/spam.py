"""How well the spam filter tells comments from spam, on the older sets in French and English.

Measured on comments of authors that nothing was learnt from (``STRANGERS``,
``tests/data/README.md``) and on texts of a generator. Beside them stands the first author's set:
its half called ``look`` may be studied and learnt from; of the half called ``sealed`` only counts
are looked at. These comments have no articles, and many are easy: what to expect of strangers is
measured with the corpus of comments under articles (``spam_authors.py``).
``python -m petitbleu.bench.spam [FILE]`` prints the tables, or one for a file of the same form.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.bench import spam_texts
from petitbleu.bench.fill import behind
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.domain.safety.antispam import features, seed, service, verdicts
from petitbleu.domain.safety.antispam.service import FORM, Submission, Verdict

COMMENTS = Path(__file__).parents[3] / "tests" / "data" / "comments_by_another_author.jsonl"
"""In a checkout; an installation does without."""
STRANGERS = {
    "usual mix": COMMENTS.with_name("comments_of_the_usual_mix.jsonl"),
    "tester": COMMENTS.with_name("comments_of_a_tester.jsonl"),
    "second tester": COMMENTS.with_name("comments_of_a_second_tester.jsonl"),
    "third tester": COMMENTS.with_name("comments_of_a_third_tester.jsonl"),
}
"""Of authors nothing is learnt from, and whose texts nobody read to make the filter better."""
LOOK, SEALED = "look", "sealed"
LEFT = 9
"""The generator's seed."""
TAUGHT = 50
"""Verdicts an instance has learnt from in the last table."""
_VERDICTS = (verdicts.PUBLISH, verdicts.HOLD, verdicts.SPAM, verdicts.DISCARD)

Table = Counter[tuple[bool, str]]
"""(whether it is spam, verdict) -> how often."""


class Comment(NamedTuple):
    """A text, whether it is spam, its language, and a label for reports."""

    what: Submission
    spam: bool
    language: str = ""
    kind: str = ""

    @property
    def half(self) -> str:
        """``look`` or ``sealed``, by a digest of the text."""
        digest = blake2b(self.what.text.encode(), digest_size=8).digest()
        return LOOK if digest[0] % 2 == 0 else SEALED


class _Line(msgspec.Struct):
    """A line of the file."""

    language: str
    name: str
    email: str
    site: str
    text: str
    seconds_on_form: int
    is_spam: bool
    kind: str


def comments(path: Path = COMMENTS) -> list[Comment]:
    """The comments of a file, one JSON object a line (``tests/data/README.md``)."""
    lines = msgspec.json.Decoder(_Line).decode_lines(path.read_bytes())
    return [
        Comment(
            Submission(
                line.text,
                author=line.name,
                email=line.email,
                site=line.site,
                seconds=line.seconds_on_form,
            ),
            line.is_spam,
            line.language,
            line.kind,
        )
        for line in lines
    ]


def of_strangers() -> list[Comment]:
    """All comments of authors nothing is learnt from."""
    return [comment for path in STRANGERS.values() for comment in comments(path)]


def leftovers(each: int = 250) -> list[Comment]:
    """Texts of the generator."""
    return [
        Comment(example.what, example.kind == spam_texts.SPAM)
        for example in spam_texts.examples(each, LEFT)
    ]


def fresh(what: Submission) -> Verdict:
    """What a fresh instance thinks of a text."""
    return verdicts.decide(what, seed=seed.opinion(what, features.extract_features(what)))


def table(texts: Iterable[Comment], think: Callable[[Submission], Verdict] = fresh) -> Table:
    """The confusion table of some texts."""
    return Counter((text.spam, think(text.what).verdict) for text in texts)


def rates(found: Table) -> Figures:
    """The figures of a confusion table; whatever is not published counts as caught, or as held."""
    hams = sum(count for (spam, _), count in found.items() if not spam)
    spams = found.total() - hams
    return {
        "catch_percent": 100 * (spams - found[True, verdicts.PUBLISH]) / max(spams, 1),
        "false_hold_percent": 100 * (hams - found[False, verdicts.PUBLISH]) / max(hams, 1),
        "false_discards": found[False, verdicts.DISCARD],
    }


# ── the work of the bench ───────────────────────────────────────────────────────────────────────


async def spam(rig: Harness, *, taught: int = TAUGHT, left: int = 250) -> Figures:
    """Shares in percent: of strangers, of leftovers, of the sealed half, and of that after verdicts
    on the other half.
    """
    texts = comments()
    sealed = [text for text in texts if text.half == SEALED]
    async with behind(rig) as app:
        found, waits = await measure(app, of_strangers())
        before, _ = await measure(app, sealed)
        rest, _ = await measure(app, leftovers(left))
        began = time.perf_counter()
        await teach(app, _drawn(texts, taught))
        learnt = time.perf_counter() - began
        after, _ = await measure(app, sealed)
    return {
        **rates(found),
        **{f"sealed_half_{name}": value for name, value in rates(before).items()},
        **{f"leftovers_{name}": value for name, value in rates(rest).items()},
        **{f"after_{taught}_verdicts_{name}": value for name, value in rates(after).items()},
        "look_p95_ms": percentile(waits, 0.95) * 1e3,
        "taught_per_second": taught / learnt,
    }


async def teach(app: App, texts: Iterable[Comment]) -> None:
    """Have people judge texts."""
    for text in texts:
        checked = await service.check(app, text.what, door=FORM)
        await service.judge(app, checked.id, spam=text.spam, by="bench")


async def measure(app: App, texts: Iterable[Comment]) -> tuple[Table, list[float]]:
    """The confusion table of an instance, and the seconds that each look took."""
    found: Table = Counter()
    waits = []
    for text in texts:
        began = time.perf_counter()
        verdict = await service.look(app, text.what)
        waits.append(time.perf_counter() - began)
        found[text.spam, verdict.verdict] += 1
    return found, waits


def _drawn(texts: Sequence[Comment], count: int) -> list[Comment]:
    """As many of the half that may be looked at, of both kinds."""
    chance = random.Random(count)  # noqa: S311 - a draw, not a secret
    both = [[text for text in texts if text.half == LOOK and text.spam == kind] for kind in (0, 1)]
    return [comment for among in both for comment in chance.sample(among, count // 2)]


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def tables(texts: Sequence[Comment] | None = None) -> str:
    """What a fresh instance does to texts: to all, each language, without time or site, by kind.
    Without ``texts``: to those of strangers; leftovers and the first author's halves beside them.
    """
    every = of_strangers() if texts is None else texts
    parts = {"all": list(every)}
    if texts is None:
        parts |= {name: comments(path) for name, path in STRANGERS.items()}
    for language in sorted({one.language for one in every}):
        parts[f"in {language}"] = [one for one in every if one.language == language]
    parts["time not told"] = [_without(one, seconds=-1) for one in every]
    parts["site not told"] = [_without(one, site="") for one in every]
    parts["bare words"] = [_without(one, seconds=-1, site="", author="", email="") for one in every]
    if texts is None:
        parts["leftovers"] = leftovers()
        parts["sealed half"] = [comment for comment in comments() if comment.half == SEALED]
        parts["learnt from"] = [comment for comment in comments() if comment.half == LOOK]
    head = f"{'':<16}{'':<9}" + "".join(f"{name:>9}" for name in _VERDICTS) + f"{'':>12}"
    lines = [head]
    for name, among in parts.items():
        lines += _rows(name, table(among))
    return "\n".join([*lines, "", *_kinds(every)])


def _without(one: Comment, **fields: int | str) -> Comment:
    return one._replace(what=one.what._replace(**fields))  # type: ignore[arg-type]


def _rows(name: str, found: Table) -> list[str]:
    figures = rates(found)
    ends = (
        f"  held {figures['false_hold_percent']:.1f} %",
        f"  caught {figures['catch_percent']:.1f} %",
    )
    return [
        f"{name if not kind else '':<16}{'spam' if kind else 'comments':<9}"
        + "".join(f"{found[bool(kind), verdict]:>9}" for verdict in _VERDICTS)
        + ends[kind]
        for kind in (0, 1)
    ]


def _kinds(texts: Sequence[Comment]) -> list[str]:
    """Wrong ones of each kind."""
    count: Counter[tuple[bool, str]] = Counter()
    wrong: Counter[tuple[bool, str]] = Counter()
    for text in texts:
        count[text.spam, text.kind] += 1
        wrong[text.spam, text.kind] += fresh(text.what).public == text.spam
    return [
        f"{'passed' if spam else 'held'}: "
        + ", ".join(
            f"{kind} {wrong[spam, kind]}/{count[spam, kind]}"
            for is_spam, kind in sorted(count)
            if is_spam == spam and wrong[spam, kind]
        )
        for spam in (True, False)
    ]


if __name__ == "__main__":
    print(tables(comments(Path(sys.argv[1])) if sys.argv[1:] else None))
