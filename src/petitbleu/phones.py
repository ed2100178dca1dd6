"""Telephone numbers in their one canonical form: digits only, country code first, no ``+``.

A number typed with a national zero, with spaces or with ``00`` in front is the same number, so
that nobody gets a second account by writing theirs differently. Two ranges are no telephone numbers
and are taken as they stand: +888 (no telephone) and 99966 (Telegram's own test numbers).
"""

from __future__ import annotations

import re

MAX_TYPED_CHARACTERS = 64
"""Characters, spaces and punctuation included, beyond which nothing is looked at."""

SHORTEST, LONGEST = 7, 15
"""Digits of a telephone number with its country code (ITU-T E.164)."""
STRIPPED = 4
"""National zeros that may stand before a number; with more it is none."""

_NO_DIGITS = re.compile(r"[^0-9]")
_ALLOWED = re.compile(r"\s*\+?[0-9\s().\-/]+")
_WITHOUT_TELEPHONE = re.compile(r"888\d{4,12}")
_TEST = re.compile(r"99966(\d)\d{4,7}")


def canonical(typed: str) -> str | None:
    """The canonical digits of what somebody typed, None where it cannot be a telephone number."""
    if len(typed) > MAX_TYPED_CHARACTERS or not _ALLOWED.fullmatch(typed):
        return None
    digits = _NO_DIGITS.sub("", typed)
    if digits.startswith("00"):
        digits = digits[2:]
    if _WITHOUT_TELEPHONE.fullmatch(digits) or _TEST.fullmatch(digits):
        return digits
    for _ in range(STRIPPED):  # one national zero goes at a time
        form = _international(digits)
        if form is None or form == digits:
            return form
        digits = form
    return None


def _international(digits: str) -> str | None:
    import phonenumbers  # 40 ms to import, and many runs never see a real number

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written[1:] if SHORTEST <= len(written) - 1 <= LONGEST else None


def country(phone: str) -> str | None:
    """The country of canonical digits (ISO 3166 alpha-2), None for ranges of no country."""
    if _WITHOUT_TELEPHONE.fullmatch(phone) or _TEST.fullmatch(phone):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + phone)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(number)
    if region is None:  # an unassigned number of a known country code
        region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    return region if region.isalpha() and region != "ZZ" else None


def test_code(phone: str) -> str | None:
    """The fixed code of a test number: 99966X and 4 to 7 digits take X five times. Else None.

    Who may use it is decided where it is called (``--dev`` on a loopback address only).
    """
    match = _TEST.fullmatch(phone)
    return match[1] * 5 if match else None


def prefix(phone: str) -> str:
    """The block of 1,000 or 10,000 numbers that ``phone`` lies in: what a scan walks through."""
    return phone[:-4] if len(phone) > 10 else phone[:-3]
