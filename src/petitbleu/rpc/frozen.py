"""What an account may still call that is frozen or suspended (core.telegram.org/api/auth).

Decided by ``moderation``, remembered in ``petitbleu/standing.py``. Telegram documents no
list of methods: reading goes on, so does whatever protects the person; everything that others
would notice is refused.
"""

from __future__ import annotations

from typing import Any

from petitbleu import account_status
from petitbleu.app import App
from petitbleu.errors import Fault
from petitbleu.ids import SERVICE_USER
from petitbleu.rpc.registry import Method
from petitbleu.tl import api, codec, jsonform

ALWAYS = frozenset({"auth.bindTempAuthKey", "auth.logOut", "help.getConfig", "petitbleu.getCases"})
"""Methods that suspended accounts may call too."""
READING = frozenset({"read", "search", "resolve"})
"""Names of the limits under which methods only read."""
STILL = frozenset(
    {
        "account.deleteAccount",
        "account.reportPeer",
        "account.resetAuthorization",
        "account.updateStatus",
        "auth.exportAuthorization",
        "auth.importAuthorization",
        "auth.resetAuthorizations",
        "channels.readHistory",
        "contacts.block",
        "messages.readHistory",
        "messages.readMessageContents",
        "messages.report",
    }
)
"""What frozen accounts may do besides reading."""

Query = bytes | dict[str, Any]
"""A call as it came: TL bytes, or an object of JSON."""
WRITING = "messages.sendMessage"
"""Frozen accounts may write to the service chat: there they object to what froze them."""


def judge(app: App, account: int, method: Method, now: float, query: Query = b"") -> None:
    """Raise USER_DEACTIVATED_BAN or FROZEN_METHOD_INVALID where the account may not call this;
    ``query``: the call, which is looked at where a frozen account writes a message.
    """
    standing = account_status.load_standing(app, account, now)
    if standing is None or method.name in ALWAYS:
        return
    if standing.kind == account_status.SUSPENDED:
        raise Fault("USER_DEACTIVATED_BAN")
    if method.limit in READING or method.name in STILL:
        return
    if method.name != WRITING or not _to_service(query):
        raise Fault("FROZEN_METHOD_INVALID")


def _to_service(query: Query) -> bool:
    """Whether a message goes to the service chat, and to nobody else's eyes."""
    asked = codec.decode(query) if isinstance(query, bytes) else jsonform.from_json(query)
    peer = asked.peer
    return isinstance(peer, api.InputPeerUser) and peer.user_id == SERVICE_USER
