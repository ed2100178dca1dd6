"""Looking at a page before it is on the web: an address that only the channel's people are given.

It stands in the place of the name, ``<name>~<until>-<signature>``, so that every link, picture and
file of the preview goes through it, and nothing of the channel can be read without.
"""

from __future__ import annotations

import hmac

import msgspec

from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.publishing.pages.switches import Switches

BETWEEN = "~"
_DAY = 86_400
_SIGNS = 24


def address(app: App, row: ChatRow) -> str:
    """Where the page of a channel can be looked at for a day or two."""
    until = (int(app.clock.now()) // _DAY + 2) * _DAY
    signed = f"{row.username}{BETWEEN}{until:x}-{_signatures(app, row.id, until)[0]}"
    return f"{joining.base_url(app)}/s/{signed}"


def valid(app: App, chat: int, name: str) -> bool:
    """Whether ``name`` lets its reader look at the page of a channel now."""
    written, _, signature = name.partition(BETWEEN)[2].partition("-")
    try:
        until = int(written, 16) if len(written) <= 10 else 0
    except ValueError:
        return False
    if until <= app.clock.now():
        return False
    given = signature.encode()
    return any(
        hmac.compare_digest(given, signature.encode())
        for signature in _signatures(app, chat, until)
    )


def _signatures(app: App, chat: int, until: int) -> list[str]:
    """What signs a preview; the newest first."""
    macs = app.secrets.hmacs("pages.preview", b"%d %d" % (chat, until))
    return [mac.hex()[:_SIGNS] for mac in macs]


def quiet(switches: Switches) -> Switches:
    """The switches of a page that is only looked at: nothing leads there, nothing is shared."""
    return msgspec.structs.replace(
        switches, robots="noindex", ai=False, frames=(), share=(), comments="closed", press=False,
        newsletter=False, history=False,
    )  # fmt: skip
