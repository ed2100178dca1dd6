"""French signs keep to their word."""

from __future__ import annotations

from petitbleu.typography import spaced, table


def test_french_signs_are_spaced_and_english_ones_are_not() -> None:
    text = "Prêt ? « oui » ; voici : https://example.org"
    assert spaced("fr", text) == (
        "Prêt\u202f? «\u00a0oui\u00a0»\u202f; voici\u00a0: https://example.org"
    )
    assert spaced("en", text) == text
    assert table({"fr": {"a": "Quoi !"}, "en": {"a": "What !"}}) == {
        "fr": {"a": "Quoi\u202f!"},
        "en": {"a": "What !"},
    }
