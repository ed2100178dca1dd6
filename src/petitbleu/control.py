"""Commands of the control socket: what ``petitbleu admin …`` asks of the instance.

A leaf: rooms and ``cli`` register handlers, ``run/control_socket.py`` serves them to the command
line
while a server runs, and the command line calls the same table itself (under the exclusive lock of
the data folder) when none does.

A handler takes the App and a mapping of plain JSON values and returns one::

    @command("user.add")
    async def user_add(app: App, params: dict[str, Any]) -> dict[str, Any]: ...

A refusal is ``raise CommandRefused("one clear sentence")``. Each command stands in the register
(``petitbleu/commands.py``): it says what becomes of it where there is a desk, and what the log
calls it. The handler gets an App whose first transaction holds that line (``petitbleu/acts.py``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from petitbleu import acts, commands
from petitbleu.app import App

Handler = Callable[[App, dict[str, Any]], Awaitable[dict[str, Any]]]

OPERATOR = "operator"
"""Who acts by the command line, as the log names them."""

COMMANDS: dict[str, Handler] = {}
"""Command name -> handler. Filled at import, read-only afterwards."""


class CommandRefused(Exception):
    """The command cannot be done; the text is shown to the operator as it is."""


def command(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of one command."""

    def register(handler: Handler) -> Handler:
        if name in COMMANDS:
            raise RuntimeError(f"command {name} is registered twice")
        COMMANDS[name] = handler
        return handler

    return register


async def perform(app: App, name: str, params: dict[str, Any]) -> dict[str, Any]:
    """Run one command. Raises CommandRefused where it is unknown or refused.

    What it did, or what it is about to show, stands in the log before this returns.
    """
    handler = COMMANDS.get(name)
    if handler is None or name not in commands.COMMANDS:
        raise CommandRefused(f"this server knows no command “{name}”")
    await acts.pass_gate(app, name, params)
    act = acts.Act(name, OPERATOR, action=commands.line_of(name))
    own = commands.COMMANDS[name].door == commands.NONE or commands.COMMANDS[name].line
    with acts.current(act):
        if own:
            return await handler(app, params)
        result = await handler(acts.performing(app, act), params)
        await acts.finish(app, act)
    return result
