"""Attachments: what each is by its content, and whether anybody may look into it.

Nothing is executed, unpacked to disk or fetched. Text of PDF, DOCX, ODT and plain files joins
the letter; archives are listed (``archives.py``); whatever could run on a reader's machine is
refused.
"""

from __future__ import annotations

import hashlib
import io
import re
import signal
import time
from collections.abc import Callable
from pathlib import PurePosixPath
from types import FrameType
from typing import Any, NamedTuple

from petitbleu.desk.intake import archives, body, office, pdf_text
from petitbleu.desk.intake.headers import clean, hides, text_of
from petitbleu.desk.intake.letter import TEXT_MAX, Attachment

COUNT_MAX = 50
SIZE_MAX = 25 << 20
PDF_PAGES_MAX = 60
PDF_SECONDS = 8.0
"""Of the processor, for all PDFs and office documents of a letter together."""
READ_MAX = 4 * TEXT_MAX
"""Bytes of an attached text that are read."""
NAME_MAX = 200

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (257, b"ustar", "application/x-tar"),
    (32769, b"CD001", "application/x-iso9660-image"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (0, b"\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    (0, b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"\0asm", "application/wasm"),
    (0, b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
)
_EXECUTABLE = {
    "application/vnd.microsoft.portable-executable", "application/x-executable",
    "application/x-mach-binary", "application/java-vm", "application/wasm",
    "application/x-ms-shortcut",
}  # fmt: skip
_SCRIPTS = {
    "js", "jse", "mjs", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "bat", "cmd", "sh",
    "bash",
    "py", "pl", "rb", "php", "scr", "com", "pif", "reg", "lnk", "url", "jar", "desktop",
    "applescript",
    "command", "msi", "msp", "cpl", "scf", "inf", "xll", "iqy", "settingcontent-ms", "exe", "dll",
}  # fmt: skip
_MACRO_NAMES = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "xlsb"}
_UNLISTED = {
    "application/x-7z-compressed", "application/vnd.rar", "application/zstd",
    "application/vnd.ms-cab-compressed", "application/x-iso9660-image", "application/vnd.ms-tnef",
}  # fmt: skip
_STREAMS = {"application/gzip", "application/x-bzip2", "application/x-xz", "application/x-tar"}
_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed|form)\b", re.I
)
_PDF = re.compile(rb"%PDF-\d")
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_SIGNATURES = {
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys", "application/pkcs7-mime", "application/x-pkcs7-mime",
}  # fmt: skip


class Seen(NamedTuple):
    """What an attachment turned out to be, its text, and warnings about it."""

    attachment: Attachment
    text: str
    warnings: list[str]


class Patience:
    """Seconds of the processor that the documents of one letter may still take to be read."""

    __slots__ = ("left",)

    def __init__(self, seconds: float = PDF_SECONDS) -> None:
        self.left = seconds


def inspect(name: str, said: str, data: bytes, patience: Patience | None = None) -> Seen:
    """Look at one attachment. ``said``: the type its header claims (counts for signatures)."""
    hidden = hides(name)
    warnings = ["hidden_characters"] if hidden else []
    plain = _name(name)
    kind = type_of(data, plain)
    if kind == "application/octet-stream" and said in _SIGNATURES:
        kind = said
    verdict, text, inside = _judge(kind, plain, data, patience or Patience())
    if verdict.startswith("refused"):
        warnings.append("attachment_refused")
    if kind == "application/pdf" and _ACTIVE_PDF.search(data):
        warnings.append("pdf_active_content")
    # What may do harm and hides signs in its name was given that name to deceive.
    if _disguised(plain, kind) or (hidden and verdict.startswith("refused")):
        warnings.append("attachment_disguised")
    if len(text) > TEXT_MAX or (
        verdict == "read" and not _is_document(kind) and len(data) > READ_MAX
    ):
        warnings.append("text_cut")
    return Seen(
        Attachment(
            name=plain,
            type=kind,
            verdict=verdict,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            inside=tuple(inside),
        ),
        text[:TEXT_MAX],
        warnings,
    )


def _is_document(kind: str) -> bool:
    return kind == "application/pdf" or office.is_office(kind)


def _name(name: str) -> str:
    """The last part of a file name, as it may be shown."""
    plain = clean(name).replace("\\", "/").rpartition("/")[2].strip(" .")
    return (plain[: NAME_MAX - 20] + "…" + plain[-19:]) if len(plain) > NAME_MAX else plain or "?"


def extension(name: str) -> str:
    """The ending of a file name in lower case, without the dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def type_of(data: bytes, name: str) -> str:
    """The media type by content. The name decides only among kinds of text."""
    if not data:
        return "application/x-empty"
    if _PDF.search(data[:1024]):
        return "application/pdf"
    for offset, magic, kind in _MAGIC:
        if data.startswith(magic, offset):
            return archives.office_type(data) if kind == "application/zip" else kind
    return _text_type(data, name)


def _text_type(data: bytes, name: str) -> str:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    if b"\0" in head:
        return "application/octet-stream"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"#!"):
        return "text/x-script"
    if _HTML.search(head):
        return "image/svg+xml" if re.search(rb"<\s*svg\b", head, re.I) else "text/html"
    if start.startswith(b"<?xml"):
        return "text/xml"
    if start.startswith(b"-----BEGIN PGP"):
        return "application/pgp-keys"
    if start.startswith(b"BEGIN:VCALENDAR"):
        return "text/calendar"
    strange = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if strange * 50 > len(head):
        return "application/octet-stream"
    return {"csv": "text/csv", "json": "application/json"}.get(extension(name), "text/plain")


def _disguised(name: str, kind: str) -> bool:
    """Whether the name says something harmless that the content is not."""
    ending = extension(name)
    if ending in ("pdf", "png", "jpg", "jpeg", "gif", "txt", "doc", "docx", "xlsx", "odt"):
        harmless = kind.startswith(("image/", "text/plain", "application/pdf", "application/vnd."))
        if kind == "image/svg+xml" or kind in _EXECUTABLE:
            harmless = False
        return not harmless and kind not in ("application/x-ole-storage", "application/x-empty")
    # “order.pdf.exe”
    return ending in _SCRIPTS and PurePosixPath(PurePosixPath(name).stem).suffix.lower() in (
        ".pdf", ".doc", ".docx", ".jpg", ".png", ".txt",
    )  # fmt: skip


def _judge(kind: str, name: str, data: bytes, patience: Patience) -> tuple[str, str, list[str]]:
    """(verdict, text, names inside)."""
    ending = extension(name)
    if len(data) > SIZE_MAX:
        return "refused_too_large", "", []
    if kind in _EXECUTABLE:
        return "refused_executable", "", []
    if kind == "text/x-script" or (ending in _SCRIPTS and not kind.startswith("image/")):
        return "refused_script", "", []
    if kind in ("text/html", "image/svg+xml"):
        return "refused_html", "", []
    if ending in _MACRO_NAMES or archives.has_macros(kind, data):
        return "refused_macro", "", []
    if kind in _UNLISTED:
        return "refused_archive", "", []
    if kind == "application/zip":
        return _archive(archives.list_zip, data)
    if kind in _STREAMS:
        return _archive(archives.list_stream, data)
    if kind == "application/pdf":
        return *_pdf(data, patience), []
    if office.is_office(kind):
        return *_office(kind, data, patience), []
    if kind == "application/x-empty":
        return "empty", "", []
    if kind.startswith("text/") or kind == "application/json":
        return "read", text_of(data[:READ_MAX], "utf-8"), []
    if kind.startswith("image/"):
        return "image", "", []
    if kind == "application/octet-stream" or kind == "application/vnd.sqlite3":
        return "refused_unknown", "", []
    return "kept", "", []


def _archive(
    listing: Callable[[bytes], archives.Listing], data: bytes
) -> tuple[str, str, list[str]]:
    listed = listing(data)
    return listed.verdict, "", listed.names


def _office(kind: str, data: bytes, patience: Patience) -> tuple[str, str]:
    """(verdict, text) of an office document, in the time that the letter has left."""
    if patience.left <= 0:
        return "office_too_slow", ""
    began = time.process_time()
    verdict, text = office.read(kind, data, patience.left)
    used = time.process_time() - began
    patience.left = 0 if verdict == "office_too_slow" else patience.left - used
    return verdict, text


class _TooLong(BaseException):
    """Reading took its whole time. No Exception: readers of broken files catch all of those."""


class _Alarm:
    """Rings until somebody hears: a reader that is cut short inside what swallows or renames
    whatever is raised is cut short again.
    """

    AGAIN = 0.1
    """Seconds of the processor between two rings."""

    def __init__(self) -> None:
        self.rung, self.set = False, True

    def __call__(self, _: int, __: FrameType | None) -> None:
        if self.set:
            self.rung = True
            raise _TooLong


def _pdf(data: bytes, patience: Patience) -> tuple[str, str]:
    """(verdict, text) of a PDF: so many pages, so long; its own actions are never looked at."""
    if patience.left <= 0:
        return "pdf_too_slow", ""
    import pypdf  # noqa: F401 - 150 ms that a letter without PDF does not need; never interrupted

    alarm = _Alarm()
    previous: Any = signal.signal(signal.SIGPROF, alarm)
    began = time.process_time()
    pages: list[str] = []
    verdict = "pdf_unreadable"
    try:
        signal.setitimer(signal.ITIMER_PROF, patience.left, alarm.AGAIN)
        verdict = _pages(data, pages)
        alarm.set = False
    except _TooLong:
        alarm.set = False
    except (Exception, RecursionError, MemoryError):  # a broken file can make the reader raise all
        alarm.set = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    if alarm.rung:
        verdict = "pdf_too_slow"
    # Timers count more roughly than clocks: who was cut short has nothing left.
    used = time.process_time() - began
    patience.left = 0 if verdict == "pdf_too_slow" else patience.left - used
    text = body.tidy("\n".join(pages))
    return ("pdf_without_text" if verdict == "read" and not text else verdict), text


def _pages(data: bytes, pages: list[str]) -> str:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return "pdf_encrypted"
    size = 0
    for number, page in enumerate(reader.pages):
        if number >= PDF_PAGES_MAX or size > TEXT_MAX:
            return "pdf_read_in_part"
        pages.append(pdf_text.page_text(page))
        size += len(pages[-1])
    return "read"
