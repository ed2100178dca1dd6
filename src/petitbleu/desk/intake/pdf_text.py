"""The text of a page of a PDF with what its form fields hold, each where it stands on the page.

Boxes become ☒, ☐ or [?] (no state can be read), so that whoever reads the text finds each mark
beside its words. A page without fields is read as it is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

FIELDS_MAX = 2000
"""Fields of a page that are looked at."""
_VALUE_MAX = 2000
_LINE = 4.0
"""Points by which things may lie apart that stand in one line."""
TICKED, EMPTY, UNREADABLE = "☒", "☐", "[?]"


class _Piece(NamedTuple):
    x: float
    y: float
    text: str


def page_text(page: Any) -> str:
    """All that a page (``pypdf.PageObject``) says."""
    fields = _fields(page)
    if not fields:
        return str(page.extract_text())
    pieces: list[_Piece] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        if text.strip():
            x, y = float(tm[4]), float(tm[5])
            pieces.append(
                _Piece(
                    x * cm[0] + y * cm[2] + cm[4],
                    x * cm[1] + y * cm[3] + cm[5],
                    text.strip("\n"),
                )
            )

    page.extract_text(visitor_text=visit)
    return _lines([*pieces, *fields])


def _lines(pieces: list[_Piece]) -> str:
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-one.y, one.x)):
        if lines and abs(lines[-1][0].y - piece.y) <= _LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return "\n".join(
        " ".join(one.text for one in sorted(line, key=lambda one: one.x)) for line in lines
    )


def _fields(page: Any) -> list[_Piece]:
    pieces = []
    for reference in list(page.get("/Annots") or ())[:FIELDS_MAX]:
        widget = reference.get_object()
        if widget.get("/Subtype") != "/Widget" or "/Rect" not in widget:
            continue
        text = _value(widget)
        if text:
            left, bottom, right, top = (float(one) for one in widget["/Rect"])
            # Text stands on its base line, in the lower part of its box.
            pieces.append(_Piece(min(left, right), min(bottom, top) + abs(top - bottom) / 4, text))
    return pieces


def _inherited(widget: Any, name: str) -> Any:
    """A property of a field that its parents may hold (ISO 32000-1, 12.7.3.1)."""
    for _ in range(8):
        if name in widget:
            return widget[name]
        if "/Parent" not in widget:
            return None
        widget = widget["/Parent"].get_object()
    return None


def _value(widget: Any) -> str:
    kind, value = _inherited(widget, "/FT"), _inherited(widget, "/V")
    if kind == "/Btn":
        return _mark(widget, value)
    if kind in ("/Tx", "/Ch") and isinstance(value, str):
        return " ".join(value.split())[:_VALUE_MAX]
    return ""


_PUSHED = 1 << 16


def _mark(widget: Any, value: Any) -> str:
    """The state of a check box or radio button; a button to push has none."""
    if int(_inherited(widget, "/Ff") or 0) & _PUSHED:
        return ""
    state = widget.get("/AS")
    states = set(((widget.get("/AP") or {}).get("/N") or {}).keys()) - {"/Off"}
    if state is None and value is None:
        return UNREADABLE if states else EMPTY
    if state is not None and value is not None and not states and state != value:
        return UNREADABLE
    shown = state if state is not None else value
    if state is not None and state not in ("/Off", *states) and states:
        return UNREADABLE
    return EMPTY if shown == "/Off" else TICKED
