"""The spam filter against another author's comments: guards on counts, never on single texts.

What a fresh instance decides is a function of the code, so these do not depend on the machine.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from petitbleu.bench import spam, spam_texts, spam_training
from petitbleu.bench.spam import LOOK, SEALED, Comment
from petitbleu.domain.safety.antispam.explaining import sentence
from petitbleu.domain.safety.antispam.verdicts import DISCARD, Verdict


@cache
def judged() -> list[tuple[Comment, Verdict]]:
    return [(one, spam.fresh(one.what)) for one in spam.comments()]


def table(half: str) -> spam.Table:
    return Counter((one.spam, verdict.verdict) for one, verdict in judged() if one.half == half)


def told_apart(found: spam.Table) -> bool:
    """A floor under a broken model: how well it does is measured, and fails no test."""
    figures = spam.rates(found)
    return figures["catch_percent"] >= 75 and figures["false_hold_percent"] <= 12


@pytest.mark.parametrize("half", [LOOK, SEALED])
def test_another_authors_spam_is_caught_and_comments_pass(half: str) -> None:
    assert told_apart(table(half))


@pytest.mark.sometimes(2)
@pytest.mark.turns(2)
@pytest.mark.parametrize("name", ["usual mix", "tester", "second tester", "third tester"])
def test_texts_of_authors_nothing_was_learnt_from_are_told_apart(name: str) -> None:
    assert told_apart(spam.table(spam.comments(spam.STRANGERS[name])))


def test_every_set_of_a_stranger_is_measured() -> None:
    assert set(spam.STRANGERS) == {"usual mix", "tester", "second tester", "third tester"}


def test_no_comment_is_thrown_away() -> None:
    assert not [
        one.kind for one, verdict in judged() if not one.spam and verdict.verdict == DISCARD
    ]
    left = spam.leftovers(100)
    assert spam.table(left)[False, DISCARD] == 0


def test_each_verdict_has_reasons_in_words_of_both_languages() -> None:
    for one, verdict in judged():
        assert 1 <= len(verdict.reasons) <= 5, one.kind
        for why in verdict.reasons:
            for lang in ("fr", "en"):
                said = sentence(why, lang)
                assert said.endswith("."), (why, said)
                assert why.words != said


def test_the_halves_are_of_one_size_and_stay_what_they_are() -> None:
    halves = Counter(one.half for one in spam.comments())
    assert halves == {LOOK: 300, SEALED: 300}


def test_leftovers_of_the_generator_are_told_apart() -> None:
    assert told_apart(spam.table(spam.leftovers(150)))


def test_no_text_of_the_other_author_is_in_the_grammars() -> None:
    written = {
        text
        for language in spam_texts.LANGUAGES
        for kind in (spam_texts.HAM, spam_texts.SPAM)
        for topic in spam_texts.read(language)[kind]
        for text in topic["texts"]
    }
    theirs = {one.what.text for one in spam.comments() if len(one.what.text.split()) > 6}
    assert not written & theirs


def test_the_texts_are_the_same_for_a_seed_and_of_both_kinds() -> None:
    first, again = (list(spam_texts.examples(10, seed=5)) for _ in range(2))
    assert first == again
    assert first != list(spam_texts.examples(10, seed=6))
    assert Counter(one.kind for one in first) == {"ham": 20, "spam": 20}


def test_what_the_seed_was_learnt_from_holds_nothing_that_measures() -> None:
    sealed = {one.what.text for one in spam.comments() if one.half == SEALED}
    theirs = spam_training.older()
    # Short ones are what everybody says.
    long = {one.what.text for one in theirs if len(one.what.text) > 40}
    assert not long & (sealed | {one.what.text for one in spam.of_strangers()})
    assert len(theirs) > 3000
