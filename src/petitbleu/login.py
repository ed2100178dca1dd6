"""The login of one permanent key, and those of this instance that are remembered.

A leaf: ``rpc/logins.py`` reads them, the room ``devices`` forgets those that it ends.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.app import Part


class AuthRow(NamedTuple):
    """What the database knows of a login."""

    account: int | None
    pending_account: int | None
    kind: int | None
    layer: int
    api_id: int
    device: str
    system: str
    app_version: str
    lang: str
    lang_pack: str
    active_at: int
    active_month: int | None


class Login:
    """One permanent key's login."""

    __slots__ = (
        "active_at",
        "active_month",
        "auth_id",
        "bot",
        "device",
        "lang",
        "layer",
        "pending",
        "user_id",
    )

    def __init__(self, auth_id: int, row: AuthRow | None) -> None:
        self.auth_id = auth_id
        self.user_id = row.account or 0 if row else 0
        self.pending = row.pending_account or 0 if row else 0
        """The account whose password is still owed."""
        self.bot = bool(row and row.kind == 1)
        self.layer = row.layer if row else 0
        self.device: tuple[Any, ...] = (
            (row.api_id, row.device, row.system, row.app_version, row.lang, row.lang_pack)
            if row
            else ()
        )
        self.lang = row.lang if row else ""
        self.active_at = row.active_at if row else 0
        self.active_month = row.active_month or 0 if row else 0


class Logins(dict[int, Login]):
    """Permanent key -> its login."""

    __slots__ = ("generation",)

    def __init__(self) -> None:
        super().__init__()
        self.generation = 0
        """Moves when another worker changed one: what was read before may not be kept."""


LOGINS: Part[Logins] = Part(lambda _: Logins())
"""Those that are remembered."""
