"""The public form filled in by ourselves, from outside as anybody would: the daily canary.

It is read over the published address, filled in, and sent after as long as a person takes. The page
that receives it recognises the canary by its signed token, files the notice in a transaction that
is taken back, and says so; no case, number or letter comes of it.
"""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser

from petitbleu.app import App
from petitbleu.desk.outside import shield
from petitbleu.desk.reference.law import categories

_SECONDS = 30
MARK = "canary:"
"""Before the token, in the place that the notice is about."""


class _Hidden(HTMLParser):
    """Values of the fields that nobody fills in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name") in (shield.TRAP, shield.TIME):
            self.found[given["name"] or ""] = given.get("value") or ""


async def fill_in(app: App, token: str) -> None:
    """Read the form at the public address and send it. Raises OSError with a sentence."""
    import aiohttp  # 100 ms that a start does not need

    address = f"{app.config.public_url.rstrip('/')}/signaler"
    limit = aiohttp.ClientTimeout(total=_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session:
            async with session.get(address) as answer:
                page = await answer.text()
                if answer.status != 200 or "<form" not in page:
                    raise OSError(f"{address} answers {answer.status} without a form")
            await asyncio.sleep(shield.MIN_FORM_SECONDS + 0.5)
            typed = _Hidden(page).found | _filled(token)
            async with session.post(address, data=typed, allow_redirects=False) as answer:
                if answer.status != 204:
                    raise OSError(f"{address} does not take what is filled in ({answer.status})")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise OSError(f"{address}: {error or type(error).__name__}") from error


def _filled(token: str) -> dict[str, str]:
    return {
        "links": f"{MARK}{token}",
        "category": sorted(categories.values())[0],
        "explanation": "This proves that the form takes what is written into it. Nothing is wrong.",
        "name": "Canary",
        "email": "canary@petitbleu.invalid",
        "language": "en",
        "faith": "1",
    }


def token_of(places: tuple[str, ...]) -> str:
    """The canary's token in what a notice is about; empty: it is none."""
    only = places[0] if len(places) == 1 else ""
    return only.removeprefix(MARK) if only.startswith(MARK) else ""
