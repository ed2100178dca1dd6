"""Texts that somebody wrote to do harm, by what they try. Each may be any text that people give:
that of a post, a caption, a channel's title or description, a file's name, an answer of a poll."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "script": "<script>alert(1)</script>",
    "end of a script": "</script><script>alert(1)</script>",
    "comment in a script": "<!--<script>",
    "attribute": "\"><img src=x onerror=alert(1)> '><svg/onload=alert(1)>",
    "style and ends": "<style>*{display:none}</style></article></main></body>",
    "templates": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "end of CDATA": "]]> <![CDATA[ <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    "entities": "&lt;b&gt; &#60;script&#62; &amp;amp; &nbsp; &unknown;",
    "turned": "invoice\u202egnp.exe \u2066\u2067 \u200f end",
    "controls": "a\x00b\x01c\x08d\x0be\x0cf\x1fg\x7fh\x85i\ufffej\uffffk",
    "zalgo": "Z" + "\u0351\u0315\u0321\u0489" * 200 + "algo",
    "one word": "a" * 4096,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 300,
    "lines": "line\n" * 800,
    "link to a script": "javascript:alert(1) JaVaScRiPt://x/%0a1 vbscript:x data:text/html,<b>",
    "credentials": "https://www.bank.example@evil.example/ https://user:pw@evil.example/",
    "twins": "https://\u0430\u0440\u0440\u04cf\u0435.com/ https://p\u0430ypal.com/",
    "headers": "x\r\nSet-Cookie: a=b\r\n\r\n<script>",
    "separators": "a\u2028b\u2029c",
    "paths": "../../etc/passwd ..\\..\\x C:\\con %2e%2e%2f",
    "quotes of Atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>',
    "tags": "#<script> #a/../../b #\u202egat #%2e%2e #" + "x" * 300 + " #\u0430dmin #a&b=c",
}

NAMES = {sort: text for sort, text in TEXTS.items() if len(text) < 200}
"""Those short enough for titles and names."""
