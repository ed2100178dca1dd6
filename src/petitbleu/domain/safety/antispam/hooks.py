"""Who reads to the filter what its first model leaves open: an encoder of sentences, which runs in
a process of its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from petitbleu.app import App

Reader = Callable[[App, str], Awaitable[float | None]]
"""What the encoder says for spam in a text (``Sentences.say``); None: it cannot be asked now."""

_READERS: list[Reader] = []


def on_left_open(hook: Reader) -> Reader:
    """Have ``hook`` asked about comments that the first model leaves open. Registers at import."""
    _READERS.append(hook)
    return hook


async def ask(app: App, text: str) -> float | None:
    """What the encoder says of a text; None where nobody can be asked."""
    for hook in _READERS:
        said = await hook(app, text)
        if said is not None:
            return said
    return None
