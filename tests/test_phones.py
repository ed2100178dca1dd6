"""The canonical form of telephone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitbleu import phones


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("+33 6 12 34 56 78", "33612345678"),
        ("+33 06 12 34 56 78", "33612345678"),
        ("0033612345678", "33612345678"),
        ("33612345678", "33612345678"),
        ("+44 (0)20 7946 0018", "442079460018"),
        ("+49 0 1512 3456789", "4915123456789"),
        (" +1 (234) 567-8900 ", "12345678900"),
        ("+27 00 12 345 678", "2712345678"),
        ("+39 06 123456", "3906123456"),
        ("+888 1234 5678", "88812345678"),
        ("99966 2 1234", "9996621234"),
        ("9996621234567", "9996621234567"),
        ("", None),
        ("+", None),
        ("12", None),
        ("abc", None),
        ("+33612345678 ext 5", None),
        ("٣٣٦١٢٣٤٥٦٧٨", None),
        ("9" * 40, None),
        (" " * 100 + "33612345678", None),
    ],
)
def test_one_number_has_one_form(typed: str, canonical: str | None) -> None:
    assert phones.canonical(typed) == canonical
    if canonical is not None:
        assert phones.canonical(canonical) == canonical


@pytest.mark.parametrize(
    ("phone", "country"),
    [
        ("33612345678", "FR"),
        ("12345678900", "US"),
        ("447700900123", "GB"),
        ("88812345678", None),
        ("9996621234", None),
    ],
)
def test_the_country_of_a_number(phone: str, country: str | None) -> None:
    assert phones.country(phone) == country


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("9996621234", "22222"),
        ("9996671234567", "77777"),
        ("999662123", None),
        ("99966212345678", None),
        ("33612345678", None),
    ],
)
def test_test_numbers_have_a_fixed_code(phone: str, code: str | None) -> None:
    assert phones.test_code(phone) == code


def test_neighbouring_numbers_share_a_prefix() -> None:
    assert phones.prefix("33612345678") == phones.prefix("33612349999") == "3361234"
    assert phones.prefix("33612345678") != phones.prefix("33612355678")


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="0123456789+-. ()", max_size=24))
def test_whatever_is_typed_has_one_form_or_none(typed: str) -> None:
    form = phones.canonical(typed)
    if form is not None:
        assert form.isascii() and form.isdigit() and 7 <= len(form) <= 17
        assert phones.canonical(form) == form == phones.canonical("+" + form)
        assert phones.prefix(form) and form.startswith(phones.prefix(form))
        phones.country(form)
