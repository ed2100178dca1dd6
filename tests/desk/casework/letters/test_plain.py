"""Letters of text alone, as a mail program reads them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from petitbleu.desk.casework.letters import plain


def _read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: [PB-2026-000001] Notice", "Good day,\n\nwe have it.\n"),
        ("Re: [PB-2026-000002] " + "Où est passé l’élève ? " * 9, "Reçu : 3 = 2 + 1 \n.\nÀ vous\n"),
        ("Re: " + "a long subject " * 15, "x" * 2000 + "\nFrom here\n"),
    ],
)
def test_what_was_written_is_read_again_and_lines_stay_short(subject: str, text: str) -> None:
    subject = subject.strip()
    raw = plain.write([("To", "a@b.example"), ("Subject", subject)], text)
    found = _read(raw)
    assert (found["To"], found["Subject"]) == ("a@b.example", subject)
    assert found.get_content() == text
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) < 999


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        plain.write([("Subject", "x")], "\ud800")
