"""Text of office documents (DOCX, ODT): what their reader sees, with boxes as ☒ and ☐.

Nothing is fetched and nothing is run. A document type with entities, a bomb, too many parts, and
programs are refused by name; where a part lies on another server the file is refused and what it
says itself is read all the same, for an order in it has its clock.
ECMA-376 (Office Open XML), OASIS OpenDocument 1.3.
"""

from __future__ import annotations

import io
import posixpath
import re
import time
import zipfile
from typing import NamedTuple
from xml.parsers import expat

from petitbleu.desk.intake import archives, body
from petitbleu.desk.intake.letter import TEXT_MAX
from petitbleu.desk.intake.office_forms import Docx, Odt, Reader

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PARTS_MAX = 1000
READ_MAX = 32 << 20
"""Bytes of XML that are unpacked and read."""
_PLAIN_MAX = 8 << 20
"""What may be unpacked whatever its packed size: tables of hundreds of like rows pack well."""
_STEP = 1 << 16
_LINKS_MAX = 5000
_PROGRAM = re.compile(r"vbaproject|/vbadata|/activex", re.I)
_PARTS = re.compile(r"/(header|footer|footnotes|endnotes)\d*\.xml$")


class Text(NamedTuple):
    """The verdict on a document and its text."""

    verdict: str
    text: str


class _Stop(Exception):
    """Reading ends here, with this verdict."""


def is_office(kind: str) -> bool:
    """Whether a file of this type is read here."""
    return kind == DOCX or kind.startswith(ODT)


def read(kind: str, data: bytes, seconds: float) -> Text:
    """The text of a document, in so much time of the processor. Never raises."""
    reader: Reader = Docx() if kind == DOCX else Odt()
    until = time.process_time() + seconds
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, len(data))
            parts = _Parts(package, until)
            (_read_docx if isinstance(reader, Docx) else _read_odt)(parts, reader)
        verdict = "read"
    except _Stop as stop:
        verdict = str(stop)
    except Exception:  # whatever a broken package makes the libraries raise
        verdict = "office_unreadable"
    if verdict.startswith("refused"):
        return Text(verdict, "")
    text = body.tidy("".join(reader.out))
    if reader.program:
        return Text("refused_macro", "")
    if reader.remote:
        return Text("refused_remote", text)
    if verdict == "read" and not text:
        return Text("office_without_text", "")
    return Text("office_read_in_part" if verdict == "read" and reader.skipped else verdict, text)


def _check(package: zipfile.ZipFile, size: int) -> None:
    infos = package.infolist()
    if len(infos) > PARTS_MAX:
        raise _Stop("refused_office_parts")
    content = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if packed > size or content > archives.CONTENT_MAX:
        raise _Stop("refused_archive_bomb")
    if content > max(_PLAIN_MAX, archives.RATIO_MAX * size):
        raise _Stop("refused_archive_bomb")
    if any(info.flag_bits & 1 for info in infos):
        raise _Stop("office_encrypted")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):  # two readers would see two documents
        raise _Stop("office_unreadable")


class _Parts:
    """The XML parts of a package, unpacked and parsed in steps."""

    def __init__(self, package: zipfile.ZipFile, until: float) -> None:
        self.package, self.until, self.left = package, until, READ_MAX
        self.names = set(package.namelist())

    def feed(self, name: str, reader: Reader) -> None:
        """Have one part read. Raises _Stop."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.EntityDeclHandler = _refuse_entities
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.data
        reader.begin()
        with self.package.open(name) as part:
            while piece := part.read(_STEP):
                self.left -= len(piece)
                if self.left < 0:
                    raise _Stop("refused_archive_bomb")
                parser.Parse(piece, False)
                if time.process_time() > self.until:
                    raise _Stop("office_too_slow")
                if reader.size > TEXT_MAX:
                    raise _Stop("office_read_in_part")
        parser.Parse(b"", True)


def _refuse_entities(*_: object) -> None:
    raise _Stop("refused_entities")


class _Relations(Reader):
    """Relationships of a part: id -> (type, target, whether outside)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str, bool]] = {}

    def start(self, name: str, attrs: dict[str, str]) -> None:
        super().start(name, attrs)
        if name.rpartition(" ")[2] == "Relationship" and len(self.found) < _LINKS_MAX:
            kind = attrs.get("Type", "").rpartition("/")[2]
            outside = attrs.get("TargetMode", "") == "External"
            self.found[attrs.get("Id", "")] = (kind, attrs.get("Target", ""), outside)


def _relations(parts: _Parts, of: str) -> dict[str, tuple[str, str, bool]]:
    folder, _, name = of.rpartition("/")
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    relations = _Relations()
    if where in parts.names:
        parts.feed(where, relations)
    return relations.found


def _place(of: str, target: str) -> str:
    folder = of.rpartition("/")[0]
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _read_docx(parts: _Parts, reader: Reader) -> None:
    if any(_PROGRAM.search(f"/{name}") for name in parts.names):
        raise _Stop("refused_macro")
    main = next(
        (_place("", to) for kind, to, out in _relations(parts, "").values()
         if kind == "officeDocument" and not out),
        "word/document.xml",
    )  # fmt: skip
    linked = _relations(parts, main)
    if any(_PROGRAM.search(f"/{kind}") for kind, _, _ in linked.values()):
        raise _Stop("refused_macro")
    beside = {
        kind: [_place(main, to) for one, to, out in linked.values() if one == kind and not out]
        for kind in ("header", "footnotes", "endnotes", "footer")
    }
    for place in (*beside.pop("header"), main, *(one for many in beside.values() for one in many)):
        if place != main and place not in parts.names:
            continue
        relations = linked if place == main else _relations(parts, place)
        reader.remote |= any(out and kind != "hyperlink" for kind, _, out in relations.values())
        reader.links = {key: to for key, (kind, to, _) in relations.items() if kind == "hyperlink"}
        parts.feed(place, reader)
    settings = _relations(parts, _place(main, "settings.xml"))
    reader.remote |= any(out and kind != "hyperlink" for kind, _, out in settings.values())


_ENCRYPTED = re.compile(rb"encryption-data\b")


def _read_odt(parts: _Parts, reader: Reader) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in parts.names:
        with parts.package.open(manifest) as part:
            if _ENCRYPTED.search(part.read(1 << 20)):
                raise _Stop("office_encrypted")
    for place in ("styles.xml", "content.xml"):
        if place == "content.xml" or place in parts.names:
            reader.header = place == "styles.xml"
            parts.feed(place, reader)
