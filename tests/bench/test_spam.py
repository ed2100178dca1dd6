"""The spam bench: its sets are apart, its texts are the same for a seed, and the filter learns."""

from __future__ import annotations

from collections import Counter

from petitbleu.bench import spam
from petitbleu.domain.antispam import classifier, marks, verdicts
from petitbleu.domain.antispam.classifier import Count


def test_no_sentence_host_or_sender_of_one_set_is_in_the_other() -> None:
    train, test = spam.read("train"), spam.read("test")

    def sentences(grammar: dict[str, list[dict[str, list[str]]]]) -> set[str]:
        return {text for topic in grammar["topic"] for text in topic["text"]}

    common = sentences(train) & sentences(test)
    assert common <= {"Merci !", "Thank you!"}
    assert not set(train["slots"]["site"]) & set(test["slots"]["site"])
    assert not set(train["names"]["spam"]) & set(test["names"]["spam"])
    assert not set(train["names"]["ham_mail"]) & set(test["names"]["ham_mail"])


def test_the_texts_are_the_same_for_a_seed_and_of_both_kinds() -> None:
    grammar = spam.read("test")
    first, again = (list(spam.examples(grammar, 20, seed=5)) for _ in range(2))
    assert first == again
    assert first != list(spam.examples(grammar, 20, seed=6))
    assert Counter(one.kind for one in first) == {"ham": 20, "spam": 20}


def test_what_is_learnt_from_one_set_tells_the_other_apart() -> None:
    seen: dict[str, Count] = {}
    for one in spam.examples(spam.read("train"), 200, seed=1):
        for mark in marks.of(one.what):
            before = seen.get(mark, Count(0, 0))
            seen[mark] = before + ((1, 0) if one.kind == spam.HAM else (0, 1))
    table: Counter[tuple[str, str]] = Counter()
    for one in spam.examples(spam.read("test"), 200, seed=2):
        opinion = classifier.opinion(marks.of(one.what), seen, Count(200, 200))
        table[one.kind, verdicts.decide(one.what, opinion=opinion).verdict] += 1
    rates = spam.rates(table)
    assert rates["catch_percent"] >= 98
    assert rates["false_hold_percent"] <= 2  # 200 texts: the bench measures 1000
    assert rates["false_discards"] == 0
