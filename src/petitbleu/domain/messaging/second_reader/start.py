"""What hangs on posts: edits that wait go with them."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.second_reader import held
from petitbleu.store.api import Tx


async def begin(app: App) -> None:
    """Nothing has to be done: listening begins when the module is imported."""


@messages.when_erased
async def erased(tx: Tx, author: int, body: int) -> None:
    """The post is gone for good."""
    if author < 0:
        await held.drop(tx, author, body, at=0)
