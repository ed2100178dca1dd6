"""Raw bytes to letters: what is believed, what is taken apart, what hostile bytes do."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pypdf
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from petitbleu.desk.intake import attachments, parse
from petitbleu.desk.intake.letter import Mailroom
from tests.desk.intake.mails import MX, RECEIVED_AT, mail, stamp
from tests.desk.intake.sorting import read
from tests.kit.waiting import bounded

# ── what is believed ────────────────────────────────────────────────────────────────────────────


def test_receipt_is_when_our_own_server_took_it_not_what_below_says() -> None:
    raw = mail(headers={"Received": f"from x by {MX}; Mon, 1 Jan 2024 00:00:00 +0000"})
    assert read(raw).received == RECEIVED_AT


def test_a_letter_that_our_server_never_saw_has_no_receipt_time_and_no_authentication() -> None:
    letter = read(
        b"Received: from a by other.example; Tue, 24 Nov 2026 10:00:00 +0100\nFrom: a@b.example\n\nx"
    )
    assert letter.received is None
    assert letter.authentication is None


def test_a_forged_result_below_our_server_is_ignored_and_said_so() -> None:
    raw = mail(
        auth="fail",
        headers={"Authentication-Results": f"{MX}; dmarc=pass header.from=home.example"},
    )
    letter = read(raw)
    assert letter.authentication is not None
    assert letter.authentication.dmarc == "fail"
    assert "forged_authentication_results" in letter.warnings


def test_a_forged_result_alone_is_no_result() -> None:
    raw = mail(
        auth="", headers={"Authentication-Results": f"{MX}; dmarc=pass header.from=home.example"}
    )
    letter = read(raw)
    assert letter.authentication is None
    assert "forged_authentication_results" in letter.warnings


def test_results_of_another_server_count_for_nothing() -> None:
    raw = b"Authentication-Results: mx.other.example; dmarc=pass\n" + mail(auth="")
    assert read(raw).authentication is None


def test_results_under_a_local_delivery_still_count() -> None:
    raw = (
        f"Received: from {MX} (localhost [127.0.0.1]) by {MX} (Dovecot) with LMTP id 1;"
        " Tue, 24 Nov 2026 10:00:01 +0100\n"
    ).encode() + mail()
    letter = read(raw)
    assert letter.authentication is not None
    assert letter.authentication.dmarc == "pass"
    assert letter.received == RECEIVED_AT + 1


def test_a_helo_with_our_name_does_not_move_the_border() -> None:
    below = stamp(b"From: a@evil.example\n\nx", "a@evil.example")
    raw = (
        f"Authentication-Results: {MX}; dmarc=fail header.from=evil.example\n"
        f"Received: from {MX} (evil.example [198.51.100.9]) by {MX} with ESMTPS;"
        " Tue, 24 Nov 2026 11:00:00 +0100\n"
    ).encode() + below
    letter = read(raw)
    assert letter.authentication is not None
    assert letter.authentication.dmarc == "fail"


def test_several_result_headers_of_ours_are_read_together() -> None:
    raw = f"Authentication-Results: {MX}; dkim=pass header.d=home.example\n".encode() + mail(
        auth="none"
    )
    letter = read(raw)
    assert letter.authentication is not None
    assert letter.authentication.dkim == "pass"
    assert letter.authentication.dkim_domains == ("home.example",)


# ── text ────────────────────────────────────────────────────────────────────────────────────────


def test_html_alone_becomes_text_with_its_links_and_without_its_scripts() -> None:
    letter = read(
        mail(text=" ", html="<style>a{}</style><script>x()</script><p>Un&nbsp;mot</p><a href='https://t.me/x/1'>ici</a>")
    )  # fmt: skip
    assert letter.text == "Un mot\nici <https://t.me/x/1>"


@pytest.mark.parametrize(
    "intro",
    ["Le lun. 23 nov. 2026 à 10:00, Petitbleu <legal@petitbleu.example> a écrit :",
     "On Mon, 23 Nov 2026 at 10:00, Petitbleu wrote:",
     "Am 23.11.2026 um 10:00 schrieb Petitbleu:",
     "-----Ursprüngliche Nachricht-----",
     "W dniu 23.11.2026 o 10:00, Petitbleu napisał:"],
)  # fmt: skip
def test_what_is_quoted_is_set_apart(intro: str) -> None:
    letter = read(mail(text=f"Merci.\n\n{intro}\n> PB-2026-000007\n> t.me/old/1"))
    assert letter.text == "Merci."
    assert "PB-2026-000007" in letter.quoted


def test_encoded_words_wrong_charsets_and_eight_bit_headers_are_read() -> None:
    raw = (
        b"From: =?utf-8?q?Ren=C3=A9?= <A@B.example>\nSubject: D\xc3\xa9p\xf4t =?x-no-such?b?w6k=?=\n"
        b"Content-Type: text/plain; charset=x-none\n\n\xe9t\xe9"
    )
    letter = read(raw)
    assert (letter.sender, letter.sender_name, letter.text) == ("a@b.example", "René", "été")
    assert letter.subject.startswith("D")


def test_signs_that_turn_the_text_round_are_taken_out_and_said() -> None:
    letter = read("From: a@b.example\nSubject: order \u202efdp\n\ntext\u200b".encode())
    assert (letter.subject, letter.text) == ("order fdp", "text")
    assert "hidden_characters" in letter.warnings


def test_a_letter_within_a_letter_is_listed_and_read() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "greffe@tj.example", "Décision RG 26/00990"
    inner.set_content("Ordonnance de référé : retrait de t.me/a/1")
    outer = EmailMessage()
    outer["From"] = "a@b.example"
    outer.set_content("Voir ci-joint.")
    outer.add_attachment(inner)
    letter = read(outer.as_bytes())
    assert letter.text == "Voir ci-joint."
    assert letter.attached.startswith("Décision RG 26/00990") and "t.me/a/1" in letter.attached
    assert [(one.type, one.verdict) for one in letter.attachments] == [("message/rfc822", "read")]


# ── attachments ─────────────────────────────────────────────────────────────────────────────────


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _tar(name: str, mode: str = "w:gz", kind: bytes = tarfile.REGTYPE) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo(name)
        info.type = kind
        info.linkname = "/etc/passwd" if kind == tarfile.SYMTYPE else ""
        archive.addfile(info)
    return out.getvalue()


PDF = weasyprint.HTML(string="<p>Ordonnance RG 26/77</p>").write_pdf()


def _locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PDF))
    writer.encrypt("secret", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "a PDF": ("ordre.pdf", lambda: PDF, "application/pdf", "read"),
    "a PDF by another name": ("ordre.txt", lambda: PDF, "application/pdf", "read"),
    "a PDF with a password": ("ordre.pdf", _locked, "application/pdf", "pdf_encrypted"),
    "half a PDF": ("ordre.pdf", lambda: PDF[:200], "application/pdf", "pdf_unreadable"),
    "a picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n0000", "image/png", "image"),
    "text": ("a.txt", lambda: "été".encode(), "text/plain", "read"),
    "a program called a PDF": (
        "ordre.pdf", lambda: b"MZ\x90\0", "application/vnd.microsoft.portable-executable", "refused_executable",
    ),
    "a program for Linux": ("x", lambda: b"\x7fELF\2", "application/x-executable", "refused_executable"),
    "a script by its first line": ("notes.txt", lambda: b"#!/bin/sh\nrm", "text/x-script", "refused_script"),
    "a script by its name": ("a.js", lambda: b"alert(1)", "text/plain", "refused_script"),
    "a page": ("a.pdf", lambda: b"<html><body>", "text/html", "refused_html"),
    "a drawing that can run": ("a.svg", lambda: b"<svg onload=x>", "image/svg+xml", "refused_html"),
    "a document with macros": (
        "a.docx", lambda: _zip(**{"[Content_Types].xml": b"", "word__vbaProject.bin": b"", "word__document.xml": b""}),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "refused_macro",
    ),
    "a document without": (
        "a.docx", lambda: _zip(**{"[Content_Types].xml": b"", "word__document.xml": b"<p><t>x</t></p>"}),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "read",
    ),
    "an old document": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "refused_macro"),
    "an archive": ("a.zip", lambda: _zip(**{"order.pdf": b"x"}), "application/zip", "listed"),
    "an archive that leads out": ("a.zip", lambda: _zip(**{"..__..__etc__passwd": b"x"}), "application/zip", "refused_archive_path"),
    "an archive in an archive": ("a.zip", lambda: _zip(**{"b.zip": b"x"}), "application/zip", "refused_archive_nested"),
    "a program in an archive": ("a.zip", lambda: _zip(**{"b.exe": b"x"}), "application/zip", "refused_archive_program"),
    "a bomb": ("a.zip", lambda: _zip(a=bytes(300 << 20)), "application/zip", "refused_archive_bomb"),
    "a bomb of gzip": ("a.gz", lambda: __import__("gzip").compress(bytes(220 << 20)), "application/gzip", "refused_archive_bomb"),
    "too many entries": (
        "a.zip", lambda: _zip(**{f"f{n}": b"" for n in range(600)}), "application/zip", "refused_archive_count",
    ),
    "too deep entries": ("a.zip", lambda: _zip(**{"__".join("abcdefghijklmn"): b""}), "application/zip", "refused_archive_depth"),
    "half an archive": ("a.zip", lambda: _zip(a=b"x" * 99)[:60], "application/zip", "refused_archive_broken"),
    "a tar": ("a.tar.gz", lambda: _tar("a.txt"), "application/gzip", "listed"),
    "a tar with a link": ("a.tar", lambda: _tar("a", "w", tarfile.SYMTYPE), "application/x-tar", "refused_archive_path"),
    "a tar that leads out": ("a.tar.gz", lambda: _tar("/etc/cron.d/x"), "application/gzip", "refused_archive_path"),
    "7z": ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed", "refused_archive"),
    "what Outlook packs": ("winmail.dat", lambda: b"\x78\x9f\x3e\x22\1\0", "application/vnd.ms-tnef", "refused_archive"),
    "nobody knows what": ("a.bin", lambda: b"\0\1\2\3", "application/octet-stream", "refused_unknown"),
    "nothing": ("a.txt", lambda: b"", "application/x-empty", "empty"),
}  # fmt: skip


@pytest.mark.turns(3)
@pytest.mark.parametrize("name", FILES)
def test_an_attachment_is_what_its_content_is(name: str) -> None:
    file_name, make, kind, verdict = FILES[name]
    data = make()
    letter = read(mail(attached=[(file_name, "application/octet-stream", data)]))
    (found,) = letter.attachments
    assert (found.name, found.type, found.verdict, found.size) == (
        file_name,
        kind,
        verdict,
        len(data),
    )


def test_text_of_a_pdf_is_read_with_the_letter() -> None:
    letter = read(mail(text="voir", attached=[("o.pdf", "application/pdf", PDF)]))
    assert letter.attached == "Ordonnance RG 26/77"


def test_a_disguise_is_pointed_out() -> None:
    letter = read(mail(attached=[("ordre.pdf.exe", "application/pdf", b"MZ\x90")]))
    assert "attachment_disguised" in letter.warnings
    assert "attachment_refused" in letter.warnings


def test_a_path_in_a_name_is_cut_and_a_turned_name_read_straight() -> None:
    seen = attachments.inspect("..\\..\\Windows\\ordre\u202efdp.exe", "", b"MZ")
    assert seen.attachment.name == "ordrefdp.exe"
    assert "hidden_characters" in seen.warnings


@pytest.mark.parametrize(
    "parameter",
    [
        "filename*=utf-8''ordre%E2%80%AEfdp.exe",
        'filename="=?utf-8?q?ordre=E2=80=AEfdp.exe?="',
        'filename="ordre\u202efdp.exe"',
    ],
)
def test_a_turned_name_in_a_letter_is_a_disguise_however_it_was_encoded(parameter: str) -> None:
    raw = (
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"
        f"--b\nContent-Type: application/pdf\nContent-Disposition: attachment; {parameter}\n\n"
        "MZ\x90\n--b--\n"
    )
    letter = read(raw.encode())
    assert [one.name for one in letter.attachments] == ["ordrefdp.exe"]
    assert {"hidden_characters", "attachment_disguised", "attachment_refused"} <= set(
        letter.warnings
    )


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_a_name_in_eight_bits_is_read(charset: str) -> None:
    raw = 'From: a@b.example\nContent-Type: text/plain\nContent-Disposition: attachment; filename="Décision.txt"\n\nx'
    letter = read(raw.encode(charset))
    assert [one.name for one in letter.attachments] == ["Décision.txt"]


@pytest.mark.parametrize("header", ["From", "Subject"])
def test_hidden_signs_in_an_encoded_word_are_said(header: str) -> None:
    other = {"From": "Subject: x", "Subject": "From: a@b.example"}[header]
    letter = read(f"{header}: =?utf-8?q?ordre=E2=80=AEabc?= <a@b.example>\n{other}\n\nx".encode())
    assert "hidden_characters" in letter.warnings
    assert "\u202e" not in letter.subject + letter.sender_name


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("see https://petitbleu.example/wall\u200bpapers/2", True),
        ("voir @bonne\u2060_adresse", True),
        ("ordre \u202etiart ed", True),
        ("\u2068+33 1 23\u2069 \u200e\u05e9\u05dc\u05d5\u05dd\u200f", False),
        ("Lire la suite\u200c\u200b \u200b", False),
    ],
)
def test_hidden_signs_in_a_text_are_said_where_they_mislead(text: str, warned: bool) -> None:
    letter = read(mail(text=text))
    assert ("hidden_characters" in letter.warnings) is warned
    assert not set("\u200b\u2060\u202e") & set(letter.text)


@pytest.mark.parametrize(
    "raw",
    [
        mail(text="x\n" * 150_000),
        mail(html="<p>" + "x " * 500_000),
        mail(text="x", attached=[("a.txt", "text/plain", b"x\n" * 150_000)]),
        mail(text="x", attached=[("a.csv", "text/csv", b" \n" * 600_000)]),
        b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 5000 + b"x" * 300_000,
    ],
)
def test_a_text_that_is_cut_says_so(raw: bytes) -> None:
    assert "text_cut" in read(raw).warnings


def test_a_long_page_is_read_as_far_as_its_text_goes() -> None:
    tags = f"<span style='{'color:black;' * 6}'></span>" * 3000
    letter = read(mail(text="", html=f"<p>first</p>{tags}<p>last</p>"))
    assert letter.text.endswith("last")
    assert "text_cut" not in letter.warnings


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: [PB-2026-000001] Hello",
        "Auto-Reply: Hello",
        "Réponse automatique : votre accusé",
        "Abwesenheitsnotiz: Eingang",
        "Automatische Antwort: Eingang",
        "AW: Abwesenheitsnotiz",
        "Respuesta automática: acuse",
        "Risposta automatica: ricevuta",
        "Automatisch antwoord: ontvangst",
        "Odpowiedź automatyczna: potwierdzenie",
        "Out of Office: hello",
    ],
)
def test_an_answer_of_a_program_is_known_by_its_subject(subject: str) -> None:
    assert read(mail(subject=subject, text="I am away.")).automatic == "subject"


@pytest.mark.parametrize(
    "subject",
    [
        "Your automatic reply was wrong",
        "Automatically deleted post",
        "Office out of order",
        "Réponse à votre courrier",
        "Abwesend: Bitte um Löschung",
    ],
)
def test_a_subject_that_speaks_of_such_answers_is_a_persons(subject: str) -> None:
    assert read(mail(subject=subject, text="Hello")).automatic == ""


# ── hostile ─────────────────────────────────────────────────────────────────────────────────────

HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no_sender"),
    "all bytes": (bytes(range(256)) * 4000, "no_sender"),
    "NULs": (b"From: a@b.example\0\nSubject: x\0y\n\na\0b", "nul_bytes"),
    "nested ten thousand deep": (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b0\n\n"
        + b"".join(
            b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(10_000)
        ),
        "nested_too_deep",
    ),
    "nested forty deep": (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b0\n\n"
        + b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(40))
        + b"--b40\n\ndeep\n",
        "nested_too_deep",
    ),
    "letters in letters": (
        b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 5000 + b"x", "nested_too_deep",
    ),
    "ten thousand parts": (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000, "too_many_parts",
    ),
    "huge headers": (b"From: a@b.example\nX: " + b"y" * 3_000_000 + b"\n\nx", "headers_too_large"),
    "a hundred thousand headers": (b"From: a@b.example\n" + b"X: y\n" * 100_000 + b"\nx", "headers_too_large"),
    "no end of a part": (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx", "mime_defects",
    ),
    "base64 that is none": (
        b"From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%%\xff", "",
    ),
    "names without end": (
        b"From: a@b.example\nContent-Type: text/plain; name*0*=utf-8''%E9; name*x=1\n"
        b"Content-Disposition: attachment; filename*=x'y'%ff%zz\n\nx", "",
    ),
    "tags without end": (
        b"From: a@b.example\nContent-Type: text/html\n\n" + b"<div>" * 50_000 + b"x" + b"<!--" * 9999, "",
    ),
    "two senders": (b"From: a@b.example, c@d.example\n\nx", "several_senders"),
}  # fmt: skip


@pytest.mark.turns(3)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_letter_is_a_letter_with_warnings(name: str) -> None:
    raw, warning = HOSTILE[name]
    with bounded("reading"):
        letter = read(raw)
    assert not warning or warning in letter.warnings
    assert "\0" not in letter.text + letter.subject + letter.sender
    letter.text.encode()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 300))
def test_whatever_is_broken_in_a_letter_it_stays_one(junk: bytes, at: int) -> None:
    raw = mail(text="Bonjour", attached=[("a.txt", "text/plain", b"x")])
    letter = parse.read(raw[:at] + junk + raw[at:], Mailroom((), MX))
    (letter.text + letter.subject + letter.attached).encode()
