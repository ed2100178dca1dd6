"""Letters within letters, signed as a whole or attached as files, and what two forms of one letter say."""

from __future__ import annotations

import base64
import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from petitbleu.desk.intake import wrapped
from petitbleu.desk.intake.letter import Letter
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import read, sorted_letter

HEAD = "From: Ada <ada@home.example>\r\nTo: legal@petitbleu.example\r\nSubject: Post\r\nMIME-Version: 1.0\r\n"
INSIDE = (
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(
        "Im Kanal @hetze_west wird zu Straftaten aufgerufen. Grüße".encode()
    ).decode()
    + "\r\n"
)


def _signed(content: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ada")])
    now = datetime.datetime(2026, 11, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def _in_pieces(der: bytes, content: bytes) -> bytes:
    """The same data as programs write that do not know its length beforehand (BER)."""
    pieces = b"".join(
        b"\x04" + bytes([len(one)]) + one
        for one in (content[at : at + 50] for at in range(0, len(content), 50))
    )
    at = der.index(content)
    start = der.index(b"\x31", der.index(b"\x02\x01"))
    digests = der[start : start + 2 + der[start + 1]]
    oid = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    return (
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01" + digests
        + b"\x30\x80" + oid + b"\xa0\x80\x24\x80" + pieces + b"\0\0\0\0\0\0" + der[at + len(content) :]
    )  # fmt: skip


def _opaque(data: bytes) -> Letter:
    kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    text = base64.encodebytes(data).decode()
    return read(
        f"{HEAD}Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}".encode()
    )


@pytest.mark.parametrize("pieces", [False, True])
def test_a_letter_signed_as_a_whole_is_read(pieces: bool) -> None:
    data = _signed(INSIDE.encode())
    letter = _opaque(_in_pieces(data, INSIDE.encode()) if pieces else data)
    assert letter.text == "Im Kanal @hetze_west wird zu Straftaten aufgerufen. Grüße"
    assert [(one.name, one.verdict) for one in letter.attachments] == [("smime.p7m", "read")]


def test_a_signature_alone_and_an_encrypted_letter_hold_no_letter() -> None:
    detached = _signed(INSIDE.encode(), pkcs7.PKCS7Options.DetachedSignature)
    assert wrapped.signed(detached) == b""
    enveloped = detached.replace(
        b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", 1
    )
    letter = _opaque(enveloped)
    assert [one.verdict for one in letter.attachments] == ["kept"]
    assert letter.text == ""


def test_broken_signed_data_is_no_letter_and_takes_no_time() -> None:
    data = _signed(INSIDE.encode())
    for end in range(0, len(data), 7):
        wrapped.signed(data[:end])
    for at in range(80):
        for byte in (0, 0x24, 0x30, 0x80, 0x84, 0xA0, 0xFF):
            wrapped.signed(data[:at] + bytes([byte]) + data[at + 1 :])


ATTACHED = (
    "From: Zoe <z@y.example>\r\nSubject: Beitrag\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(b"https://petitbleu.example/ruf/7 verleumdet mich.").decode()
)


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("application/octet-stream; name=x.eml", "7bit"),
        ("application/octet-stream; name=x.eml", "base64"),
        ("text/plain; name=Brief.EML", "base64"),
        ("message/rfc822; name=x.eml", "base64"),
        ("message/rfc822; name=x.eml", "7bit"),
    ],
)
def test_an_attached_letter_is_read_however_it_was_attached(kind: str, encoding: str) -> None:
    inner = base64.encodebytes(ATTACHED.encode()).decode() if encoding == "base64" else ATTACHED
    raw = (
        f"{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee below\r\n--b\r\n"
        f"Content-Type: {kind}\r\nContent-Disposition: attachment\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{inner}\r\n--b--\r\n"
    )
    letter = read(raw.encode())
    assert letter.text == "see below"
    assert letter.attached == "Beitrag\n\nhttps://petitbleu.example/ruf/7 verleumdet mich."
    assert [one.verdict for one in letter.attachments] == ["read"]


def test_letters_in_signed_letters_end_somewhere() -> None:
    content = INSIDE.encode()
    for _ in range(40):
        content = (
            b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + _signed(content)
        )
    letter = read(HEAD.encode() + content)
    assert "nested_too_deep" in letter.warnings


def test_a_file_that_only_is_called_a_letter_is_a_file() -> None:
    letter = read(mail(text="x", attached=[("x.eml", "application/octet-stream", b"MZ\x90\0")]))
    assert [one.verdict for one in letter.attachments] == ["refused_executable"]


PAGE = "<p>Ich melde eine Verleumdung: https://petitbleu.example/ruf/7, bitte löschen.</p>"


def test_a_plain_form_that_only_stands_in_for_the_page_does_not_hide_it() -> None:
    raw = mail(text="Your mail program cannot show this message.", html=PAGE)
    assert sorted_letter(raw).targets == ["https://petitbleu.example/ruf/7"]
    assert sorted_letter(raw).kind == "art16_notice"


def test_two_forms_of_one_letter_are_read_once() -> None:
    said = "Ich melde eine Verleumdung: https://petitbleu.example/ruf/7, bitte löschen."
    assert read(mail(text=said, html=PAGE)).text == said


def test_the_title_of_a_page_is_not_what_the_letter_says() -> None:
    letter = read(
        mail(text="", html=f"<html><head><title>Urteil</title></head><body>{PAGE}</body></html>")
    )
    assert "Urteil" not in letter.text


@pytest.mark.parametrize("kind", ["disposition-notification", "delivery-status"])
def test_what_a_mail_program_reports_is_answered_by_no_machine(kind: str) -> None:
    raw = f"{HEAD}Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n--b\r\n\r\nRead.\r\n--b--\r\n"
    assert read(raw.encode()).automatic == "report"
