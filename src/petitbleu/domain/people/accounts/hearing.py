"""Bots in privacy mode: in groups they hear only what concerns them
(core.telegram.org/bots/features#privacy-mode).

Every bot is, unless the operator lets it hear all. Rendering asks for each message, so they are
held in memory; the bots room fills the set at the start and keeps it.
"""

from __future__ import annotations

from petitbleu.app import App, Part

HEARS_ALL = "hears_all"
"""Key of the account's settings: true for a bot out of privacy mode."""


IN_PRIVACY_MODE: Part[set[int]] = Part(lambda _: set())


def bots_in_privacy_mode(app: App) -> set[int]:
    """The bots in privacy mode."""
    return app.parts[IN_PRIVACY_MODE]
