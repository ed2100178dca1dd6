"""Texts become tokens once, the same for both engines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitbleu.domain.search import words
from tests.domain.search.corpus import QUESTIONS, TEXTS


@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_corpus_is_answered_as_written_down(asked: str) -> None:
    terms = words.terms(asked)
    found = {
        n for n, text in enumerate(TEXTS) if terms and words.matches(terms, words.tokens(text))
    }
    assert found == QUESTIONS[asked]


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_a_token_holds_nothing_that_an_engine_would_take_apart(text: str) -> None:
    for token in words.tokens(text) | {one for each in words.terms(text) for one in each}:
        assert token
        bare = token.removesuffix("*")
        assert all(sign == "_" or not sign.isascii() or sign.isalnum() for sign in bare), token
        assert bare == bare.strip()
        assert not any(sign.isspace() for sign in bare)


@given(st.text(alphabet="aàâeéèêiîoôuùcçAÉœ' ", min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_text_is_found_by_itself_without_its_accents(text: str) -> None:
    terms = words.terms(words.fold(text))
    assert words.matches(terms, words.tokens(text))


def test_nobody_can_type_a_mark() -> None:
    assert words.terms("_o1000001 _c555") == [["o1000001"], ["c555*"]]


def test_blocks_cover_what_they_say() -> None:
    names, begin = words.blocks(200_000, 8192)
    assert names == ["_a23", "_a24"]
    assert begin == 23 << 13
    names, begin = words.blocks(begin, 32_768)
    assert begin <= (23 << 13) - 32_768
    assert names[-1] == "_a22"
    names, begin = words.blocks(begin, 1 << 20)
    assert (names[0], begin) == ("_b0", 0)
