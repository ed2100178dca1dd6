"""Programs that read pages: they are no readers, and are not counted as such.

Nobody is asked to prove anything: a program is known by what it says of itself (User-Agent), and by
saying nothing. One that says it is a browser counts as a reader.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = (
    *("(?<!cu)bot", "crawl", "spider", "slurp", "scrap", "archiver", "indexer", "preview", "fetch"),
    *("facebookexternalhit", "whatsapp", "embedly", "unfurl", "link-?check", "validator"),
    *("curl", "wget", "python", "java/", "go-http", "okhttp", "http-?client", "axios", "libwww"),
    *("perl", "ruby", "php", "node-fetch", "node.js", "postman", "apache-http", "guzzle", "undici"),
    *("headless", "phantom", "selenium", "puppeteer", "playwright", "lighthouse", "pagespeed"),
    *("monitor", "uptime", "pingdom", "statuscake", "feed", "rss", "miniflux", "newsblur"),
    *("gpt", "claude", "anthropic", "perplexity", "cohere", "dataprovider", "zgrab", "nmap"),
)
"""Words in what programs say of themselves; browsers of people say none of them (a
CUBOT is a telephone)."""
_PROGRAM = re.compile("|".join(_WORDS), re.IGNORECASE)
_MAX = 300


def is_program(agent: str) -> bool:
    """Whether a User-Agent is that of a program, or says nothing."""
    return not agent or _known(agent[:_MAX])


@lru_cache(2000)
def _known(agent: str) -> bool:
    return _PROGRAM.search(agent) is not None
