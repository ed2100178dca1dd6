"""Elements of office documents as text: paragraphs, cells, links, boxes, fields.

Names are taken without their namespace: strict and transitional documents differ in it alone.
"""

from __future__ import annotations

import re

CHECKED, EMPTY = "☒", "☐"
_CHOICES_MAX = 1000
_SYMBOLS = {
    "wingdings": {0x6F: EMPTY, 0xA8: EMPTY, 0x71: EMPTY, 0x78: CHECKED, 0xFC: "✓", 0xFB: "✗",
                  0xFD: CHECKED, 0xFE: CHECKED},
    "wingdings 2": {0x2A: EMPTY, 0xA3: EMPTY, 0x50: "✓", 0x51: CHECKED, 0x52: CHECKED,
                    0x53: CHECKED, 0x54: CHECKED},
    "webdings": {0x63: EMPTY, 0x61: "✓"},
}  # fmt: skip
"""Fonts of signs -> the sign of a code, where it is a box or a tick."""
_HYPERLINK = re.compile(r'HYPERLINK\s+"([^"\s]{1,500})"')
_OUTSIDE = re.compile(
    r'\b(?:INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b[^"]{0,80}"?(?:[a-z][a-z0-9+.-]{1,10}:|\\\\)|\bDDE(?:AUTO)?\b',
    re.I,
)
_AWAY = re.compile(r"\s*(?:(?:https?|ftp|file|smb|dav|webdav)s?:|//|\\\\)", re.I)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _named(attrs: dict[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in attrs.items()}


def _on(value: str) -> bool:
    return value.lower() not in ("0", "false", "off", "none", "unchecked", "")


class Reader:
    """Gathers the text of parts. ``out``: its pieces; ``size``: its characters."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size = 0
        self.links: dict[str, str] = {}
        """Ids of links of the part that is read -> where they lead."""
        self.header = False
        self.remote = self.program = self.skipped = False
        """Whether a part lies elsewhere, something would run, something was not read."""
        self.begin()

    def begin(self) -> None:
        """Another part begins."""
        self._path: list[str] = []
        self._unseen = 0
        """Depth at which began what a reader does not see; 0: nothing such."""

    def say(self, text: str) -> None:
        """Add text."""
        self.out.append(text)
        self.size += len(text)

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        local = _local(name)
        self._path.append(local)
        if not self._unseen:
            self.opened(local, _named(attrs))

    def end(self, name: str) -> None:
        """An element ends."""
        if self._unseen:
            if self._unseen == len(self._path):
                self._unseen = 0
                self.closed(_local(name))
        else:
            self.closed(_local(name))
        self._path.pop()

    def data(self, text: str) -> None:
        """Characters."""

    def opened(self, local: str, at: dict[str, str]) -> None:
        """An element that is seen begins; ``at``: its attributes."""

    def closed(self, local: str) -> None:
        """An element that is seen, or hid something, ends."""

    def hide(self) -> None:
        """A reader does not see the element that just began."""
        self._unseen = len(self._path)

    def lead(self, href: str, since: int) -> None:
        """Say where a link leads, unless its words do."""
        if href.startswith(("http:", "https:", "tg:")) and href not in "".join(self.out[since:]):
            self.say(f" <{href}> ")


class Docx(Reader):
    """WordprocessingML."""

    _HIDDEN = frozenset({"del", "moveFrom", "Fallback", "rPrChange", "pPrChange", "tblPrChange"})

    def begin(self) -> None:
        super().begin()
        self._anchors: list[tuple[str, int]] = []
        self._fields: list[list[str]] = []
        """Of each open field: its instruction, where its result began."""
        self._vanished = False
        self._box = ""
        self._choices: list[str] = []
        self._chosen = 0
        self._control: list[tuple[int, str]] = []

    def opened(self, local: str, at: dict[str, str]) -> None:
        if local in self._HIDDEN:
            self.hide()
        elif local in ("p", "tr"):
            self.say("\n")
        elif local == "tc" or (local in ("tab", "ptab") and "r" in self._path[-3:-1]):
            self.say(" ")
        elif local in ("br", "cr"):
            self.say("\n")
        elif local == "noBreakHyphen":
            self.say("-")
        elif local == "sym":
            self._symbol(at)
        elif local == "r":
            self._vanished = False
        elif local in ("vanish", "webHidden") and "rPr" in self._path and "r" in self._path:
            self._vanished = _on(at.get("val", "1"))
        elif local == "hyperlink":
            self._anchors.append((self.links.get(at.get("id", ""), ""), len(self.out)))
        elif local == "altChunk":
            self.skipped = True
        else:
            self._form(local, at)

    def _form(self, local: str, at: dict[str, str]) -> None:
        """Fields and controls."""
        value = at.get("val", "")
        if local == "fldChar":
            self._field(at.get("fldCharType", ""))
        elif local == "fldSimple":
            self._instruct(at.get("instr", ""))
        elif local == "checkBox":
            self._box = EMPTY
        elif local in ("default", "checked") and "checkBox" in self._path:
            self._box = CHECKED if _on(at.get("val", "1")) else EMPTY
        elif local == "listEntry" and len(self._choices) < _CHOICES_MAX:
            self._choices.append(value)
        elif local == "result" and "ddList" in self._path:
            self._chosen = int(value) if value.isdigit() and len(value) < 5 else 0
        elif local == "sdt":
            self._control.append((len(self._path), ""))
        elif local == "checkbox" and self._control:  # w14
            self._control[-1] = (self._control[-1][0], EMPTY)
        elif local == "checked" and self._control and "checkbox" in self._path:
            sign = CHECKED if _on(at.get("val", "1")) else EMPTY
            self._control[-1] = (self._control[-1][0], sign)
        elif local == "showingPlcHdr" and self._control and _on(at.get("val", "1")):
            self._control[-1] = (self._control[-1][0], " ")
        elif local == "sdtContent" and self._control and self._control[-1][1]:
            # Its state, whatever sign stands for it; a hint what to write is no text.
            self.say(self._control[-1][1])
            self.hide()

    def closed(self, local: str) -> None:
        if local == "p":
            self.say("\n")
        elif local == "hyperlink" and self._anchors:
            self.lead(*self._anchors.pop())
        elif local == "sdt" and self._control:
            self._control.pop()
        elif local == "r":
            self._vanished = False

    def data(self, text: str) -> None:
        if self._unseen or not self._path:
            return
        if self._path[-1] == "instrText":
            if self._fields:
                self._fields[-1][0] = (self._fields[-1][0] + text)[:2000]
        elif self._path[-1] == "t" and not self._vanished:
            self.say(text)

    def _symbol(self, at: dict[str, str]) -> None:
        signs = _SYMBOLS.get(at.get("font", "").strip().lower(), {})
        code = at.get("char", "")
        if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) and not self._vanished:
            self.say(signs.get(int(code, 16) & 0xFF, ""))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", str(len(self.out))])
            self._box, self._choices, self._chosen = "", [], 0
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = str(len(self.out))
            self._said(self._fields[-1][0])
        elif kind == "end" and self._fields:
            instruction, since = self._fields.pop()
            self._said(instruction)
            if link := _HYPERLINK.search(instruction):
                self.lead(link[1], int(since))
            self._instruct(instruction)

    def _said(self, instruction: str) -> None:
        """What a legacy form field is set to stands in its properties alone."""
        if self._box and "FORMCHECKBOX" in instruction:
            self.say(self._box)
        if self._choices and "FORMDROPDOWN" in instruction:
            self.say(self._choices[min(self._chosen, len(self._choices) - 1)])
        self._box, self._choices = "", []

    def _instruct(self, instruction: str) -> None:
        self.remote |= _OUTSIDE.search(instruction) is not None


class Odt(Reader):
    """OpenDocument text."""

    _HIDDEN = frozenset(
        {"tracked-changes", "annotation", "hidden-text", "hidden-paragraph", "covered-table-cell",
         "binary-data", "script", "desc", "title", "note-citation"}
    )  # fmt: skip
    _BLOCKS = frozenset({"p", "h", "table-row", "list-item", "note-body", "section"})
    _FIELDS = frozenset({"checkbox", "radio", "text", "textarea", "formatted-text", "combobox",
                         "date", "time", "number", "listbox"})  # fmt: skip

    def __init__(self) -> None:
        self._controls: dict[str, str] = {}
        super().__init__()

    def begin(self) -> None:
        super().begin()
        self._anchors: list[tuple[str, int]] = []
        self._mark = ""
        self._list = ""

    def opened(self, local: str, at: dict[str, str]) -> None:
        self._look_outside(local, at)
        if local in self._HIDDEN:
            self.hide()
        elif local in self._BLOCKS:
            self.say("\n")
        elif local in ("table-cell", "s", "tab"):
            self.say(" ")
        elif local == "line-break":
            self.say("\n")
        elif local == "a":
            self._anchors.append((at.get("href", ""), len(self.out)))
        elif "forms" in self._path or local == "control":
            self._form(local, at)
        elif local == "content-control" and _on(at.get("checkbox", "")):
            self.say(CHECKED if _on(at.get("checked", "")) else EMPTY)
            self.hide()
        elif local == "content-control" and _on(at.get("showing-place-holder", "")):
            self.hide()
        elif local == "fieldmark":
            self._mark = at.get("type", "").rpartition(".")[2]
            self._tick(EMPTY)
        elif self._mark == "FORMCHECKBOX" and at.get("name", "").endswith("Checkbox_Checked"):
            self.out[-1] = CHECKED if _on(at.get("value", "")) else EMPTY

    def _tick(self, sign: str) -> None:
        if self._mark == "FORMCHECKBOX":
            self.say(sign)

    def _form(self, local: str, at: dict[str, str]) -> None:
        if local == "control":
            self.say(self._controls.pop(at.get("control", ""), ""))
        elif local in self._FIELDS and len(self._controls) < _CHOICES_MAX:
            name = at.get("id", "")
            label = at.get("label", "")
            if local in ("checkbox", "radio"):
                state = at.get("current-state") or at.get("state") or ""
                if local == "radio":
                    state = at.get("current-selected") or at.get("selected") or ""
                said = f"{CHECKED if _on(state) else EMPTY} {label} "
            else:
                said = at.get("current-value") or at.get("value") or ""
            self._controls[name] = said
            self._list = name if local == "listbox" else ""
        elif local == "option" and self._list:
            chosen = _on(at.get("current-selected", at.get("selected", "")))
            self._controls[self._list] += f"{at.get('label', '')} " if chosen else ""

    def _look_outside(self, local: str, at: dict[str, str]) -> None:
        href = at.get("href", "")
        if local == "event-listener" and not href.startswith(("http:", "https:", "#")):
            self.program |= bool(href or at.get("macro-name"))
        elif local not in ("a", "image-map", "area-rectangle") and href and _AWAY.match(href):
            self.remote |= local in (
                "image", "object", "object-ole", "section-source", "fill-image", "plugin", "applet",
                "background-image", "floating-frame", "dde-source", "font-face-uri",
            )  # fmt: skip
        self.remote |= local in ("dde-connection-decl", "dde-source")

    def closed(self, local: str) -> None:
        if local in self._BLOCKS:
            self.say("\n")
        elif local == "a" and self._anchors:
            self.lead(*self._anchors.pop())
        elif local == "forms":
            self._list = ""

    def data(self, text: str) -> None:
        if self._unseen or not self._inside():
            return
        self.say(" ".join(text.split("\n")))

    def _inside(self) -> bool:
        """Whether text stands here: in a paragraph, of the document or of a header."""
        if "p" not in self._path and "h" not in self._path:
            return False
        return (
            not self.header
            or "header" in self._path
            or "footer" in self._path
            or any(step.startswith(("header-", "footer-")) for step in self._path)
        )
