"""The text of a letter: plain parts, HTML made plain, and what is quoted below set apart."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from petitbleu.desk.intake.headers import clean

_BLOCKS = {
    "p", "div", "br", "li", "tr", "table", "ul", "ol", "blockquote", "pre", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_KEPT = {*_BLOCKS, "a", "td", "th"}
_UNSEEN = {"script", "style", "title", "template"}
"""Tags whose text no reader sees."""
TAGS_MAX = 8000
"""Tags that are read: the time nh3 takes grows with the square of their depth."""
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_INTRO = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*(?:original message|message d.origine|message transf[ée]r[ée]"
    r"|urspr[üu]ngliche nachricht"
    r"|mensaje original|messaggio originale|oorspronkelijk bericht|wiadomo[śs][ćc] oryginalna)\b.*"
    r"|(?:on|le|am|el|il|op|w dniu|dnia)\s.{4,200}"
    r"(?:wrote|a [ée]crit|schrieb|escribi[óo]|ha scritto|schreef|napisa[łl]\(?a?\)?)\b.{0,200}:"
    r")\s*$",
    re.I,
)


class _Lines(HTMLParser):
    """The text of HTML that nh3 has cleaned: blocks become lines, links say where they lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.out.append("\n")
        if tag == "blockquote":
            self._quotes += 1
        elif tag in ("td", "th"):
            self.out.append(" ")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.out)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.out.append("\n")
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "a" and self._links:
            href, start = self._links.pop()
            said = "".join(self.out[start:])
            if href.startswith(("http:", "https:", "tg:")) and href not in said:
                self.out.append(f" <{href}>")

    def handle_data(self, data: str) -> None:
        plain = " ".join(data.split("\n"))
        self.out.append(f"> {plain}" if self._quotes and plain.strip() else plain)


def from_html(html: str) -> str:
    """What HTML says, as plain lines; what a reader would not see as text is gone."""
    import nh3  # a MiB and a half that is needed by letters in HTML only

    if html.count("<") > TAGS_MAX:
        html = "<".join(html.split("<", TAGS_MAX)[:TAGS_MAX])
    lines = _Lines()
    lines.feed(
        nh3.clean(
            html,
            tags=_KEPT,
            clean_content_tags=_UNSEEN,
            attributes={"a": {"href"}},
            link_rel=None,
        )
    )
    lines.close()
    return tidy("".join(lines.out))


def tidy(text: str) -> str:
    """Text with plain line ends and spaces, without hidden characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _BLANKS.sub(" ", clean(text))
    lines = [line.strip() for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def split_quoted(text: str) -> tuple[str, str]:
    """(what the sender wrote, what is quoted): lines with ``>``, and all below an “X wrote:”.

    Where nothing but a quotation is there, it is what the sender wrote.
    """
    own: list[str] = []
    quoted: list[str] = []
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.startswith(">"):
            quoted.append(line.lstrip("> "))
        elif len(line) < 420 and _INTRO.match(line):
            quoted += [rest.lstrip("> ") for rest in lines[index + 1 :]]
            break
        else:
            own.append(line)
    if not "".join(own).strip():
        return text, ""
    return "\n".join(own).strip(), "\n".join(quoted).strip()
