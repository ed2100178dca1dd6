"""Archives are listed, never unpacked: names and sizes from their directory, within limits.

Refused: more than so much content in all or for its size (bombs), too many or too deep entries,
names that lead out of a folder, links and devices, archives in archives, and whatever would be
refused if it came by itself.
"""

from __future__ import annotations

import bz2
import contextlib
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from petitbleu.desk.intake.headers import clean

ENTRIES_MAX = 500
CONTENT_MAX = 200 << 20
"""Bytes that all entries may have unpacked."""
RATIO_MAX = 100
DEPTH_MAX = 10
SHOWN = 100
_STEP = 1 << 16

_ARCHIVE = re.compile(r"\.(?:zip|jar|tar|t?gz|t?bz2|t?xz|7z|rar|zst|cab|iso|lz4?|arj|ace)$", re.I)
_PROGRAM = re.compile(
    r"\.(?:exe|dll|scr|com|pif|bat|cmd|ps1|vbs|vbe|jse?|wsf|hta|lnk|msi|cpl|sh|py|jar|reg|html?|svg"
    r"|docm|xlsm|pptm|dotm|xlam|url|desktop|apk)$",
    re.I,
)
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class Listing(NamedTuple):
    """The verdict on an archive and the names in it, as far as they were listed."""

    verdict: str
    names: list[str]


class _Entry(NamedTuple):
    name: str
    size: int
    strange: bool = False
    """A link, a device: something that is no plain file or folder."""


def office_type(data: bytes) -> str:
    """The type of what begins like a ZIP: an office document, or an archive."""
    with contextlib.suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()[: 4 * ENTRIES_MAX]
        if "[Content_Types].xml" in names:
            for folder, kind in _OFFICE.items():
                if any(name.startswith(folder) for name in names):
                    return kind
            types = archive.getinfo("[Content_Types].xml")
            if types.file_size < _STEP and b"wordprocessingml.document" in archive.read(types):
                return _OFFICE["word/"]
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
            kind = archive.read("mimetype").decode("ascii")
            if kind.startswith("application/vnd.oasis.opendocument."):
                return kind
        if "content.xml" in names and "META-INF/manifest.xml" in names:
            return "application/vnd.oasis.opendocument.text"
        if "META-INF/MANIFEST.MF" in names:
            return "application/java-vm"
    return "application/zip"


def has_macros(kind: str, data: bytes) -> bool:
    """Whether an office document carries programs of its own (old ones are taken to)."""
    if kind == "application/x-ole-storage":
        return True
    if not kind.startswith(("application/vnd.openxmlformats", "application/vnd.oasis")):
        return False
    with contextlib.suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            re.search(
                r"(?:^|/)(?:vbaProject\.bin|Basic/|Scripts/|activeX/|embeddings/.+\.bin)", name
            )
            for name in archive.namelist()
        )
    return True


def list_zip(data: bytes) -> Listing:
    """The names in a ZIP, from its central directory alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except Exception:  # whatever a broken directory makes the library raise
        return Listing("refused_archive_broken", [])
    entries = [
        _Entry(info.filename, info.file_size, (info.external_attr >> 28) not in (0, 4, 8))
        for info in infos[: ENTRIES_MAX + 1]
    ]
    if any(info.flag_bits & 1 for info in infos[: ENTRIES_MAX + 1]):
        return Listing("refused_archive_encrypted", _shown(entries))
    # Entries that share their bytes: the sum of the packed sizes exceeds the file.
    packed = sum(info.compress_size for info in infos)
    if packed > len(data):
        return Listing("refused_archive_bomb", _shown(entries))
    return _judge(entries, sum(info.file_size for info in infos), len(data))


def list_stream(data: bytes) -> Listing:
    """The names in a tar (packed or not), or that one packed file."""
    import tarfile  # few letters have one

    try:
        plain = _unpacked(data)
    except _Bomb:
        return Listing("refused_archive_bomb", [])
    except Exception:
        return Listing("refused_archive_broken", [])
    if plain[257:262] != b"ustar":
        return Listing("refused_archive_nested" if _packed(plain) else "listed", [])
    entries = []
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
            for info in archive:
                entries.append(_Entry(info.name, info.size, not (info.isreg() or info.isdir())))
                if len(entries) > ENTRIES_MAX:
                    break
    except Exception:
        return Listing("refused_archive_broken", _shown(entries))
    return _judge(entries, sum(entry.size for entry in entries), len(data))


class _Bomb(Exception):
    pass


def _packed(data: bytes) -> bool:
    return data.startswith(
        (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf", b"Rar!")
    )


def _unpacked(data: bytes) -> bytes:
    """One layer of packing taken off in memory, stopped as soon as it grows too much."""
    if data.startswith(b"\x1f\x8b"):
        pieces = _inflated(data)
    elif data.startswith(b"BZh"):
        pieces = _pieces(bz2.BZ2Decompressor(), data)
    elif data.startswith(b"\xfd7zXZ\0"):
        pieces = _pieces(lzma.LZMADecompressor(memlimit=64 << 20), data)
    else:
        return data
    out = bytearray()
    for piece in pieces:
        out += piece
        if len(out) > min(CONTENT_MAX, max(1 << 20, RATIO_MAX * len(data))):
            raise _Bomb
    return bytes(out)


def _inflated(data: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(31)
    while data and not unpacker.eof:
        yield unpacker.decompress(data, _STEP)
        data = unpacker.unconsumed_tail


def _pieces(unpacker: bz2.BZ2Decompressor | lzma.LZMADecompressor, data: bytes) -> Iterator[bytes]:
    while not unpacker.eof:
        piece = unpacker.decompress(data, _STEP)
        data = b""
        if not piece and unpacker.needs_input:
            return
        yield piece


def _judge(entries: list[_Entry], content: int, size: int) -> Listing:
    names = _shown(entries)
    verdict = "listed"
    if content > CONTENT_MAX or content > max(1 << 20, RATIO_MAX * size):
        verdict = "refused_archive_bomb"
    elif len(entries) > ENTRIES_MAX:
        verdict = "refused_archive_count"
    elif any(entry.strange or _leads_out(entry.name) for entry in entries):
        verdict = "refused_archive_path"
    elif any(entry.name.count("/") > DEPTH_MAX for entry in entries):
        verdict = "refused_archive_depth"
    elif any(_ARCHIVE.search(entry.name) for entry in entries):
        verdict = "refused_archive_nested"
    elif any(_PROGRAM.search(entry.name) for entry in entries):
        verdict = "refused_archive_program"
    return Listing(verdict, names)


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return (
        plain.startswith("/")
        or ".." in plain.split("/")
        or re.match(r"[A-Za-z]:", plain) is not None
    )


def _shown(entries: list[_Entry]) -> list[str]:
    return [clean(entry.name)[:200] for entry in entries[:SHOWN]]
