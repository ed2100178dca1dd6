"""Service messages as TL: ``body.extra["action"]`` = ``[name, *arguments]`` -> MessageAction.

A room declares its own::

    action("chat_photo", lambda photo: api.MessageActionChatEditPhoto(photo=...))
    action("chat_add", make, named=lambda users: users)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.tl import api


class Action(NamedTuple):
    """How one kind of service message looks, and whom it names."""

    make: Callable[..., Any]
    named: Callable[..., Iterable[int]]


ACTIONS: dict[str, Action] = {}


def _nobody(*arguments: Any) -> Iterable[int]:
    return ()


def action(
    name: str, make: Callable[..., Any], named: Callable[..., Iterable[int]] = _nobody
) -> None:
    """Declare ``name``: ``make(*arguments)`` gives the TL, ``named(*arguments)`` peer numbers."""
    if name in ACTIONS:
        raise RuntimeError(f"service message {name} is declared twice")
    ACTIONS[name] = Action(make, named)


def render_action(stored: list[Any]) -> Any:
    """The TL of a stored action; ``messageActionEmpty`` for none."""
    if not stored or stored[0] not in ACTIONS:
        return api.MessageActionEmpty()
    return ACTIONS[stored[0]].make(*stored[1:])


def named(stored: list[Any]) -> Iterable[int]:
    """Peers a stored action names."""
    if not stored or stored[0] not in ACTIONS:
        return ()
    return ACTIONS[stored[0]].named(*stored[1:])


action("pin", api.MessageActionPinMessage)
action("history_clear", api.MessageActionHistoryClear)
action("contact_sign_up", api.MessageActionContactSignUp)
action(
    "chat_create",
    lambda title, users: api.MessageActionChatCreate(title=title, users=users),
    lambda title, users: users,
)
action("chat_title", lambda title: api.MessageActionChatEditTitle(title=title))
action("chat_add", lambda users: api.MessageActionChatAddUser(users=users), lambda users: users)
action(
    "chat_delete",
    lambda user: api.MessageActionChatDeleteUser(user_id=user),
    lambda user: (user,),
)
action(
    "chat_joined_link",
    lambda inviter: api.MessageActionChatJoinedByLink(inviter_id=inviter),
    lambda inviter: (inviter,),
)
action("chat_joined_request", api.MessageActionChatJoinedByRequest)
action("channel_create", lambda title: api.MessageActionChannelCreate(title=title))
action(
    "migrate_to",
    lambda channel: api.MessageActionChatMigrateTo(channel_id=ids.bare(channel)),
    lambda channel: (channel,),
)
action(
    "migrate_from",
    lambda title, chat: api.MessageActionChannelMigrateFrom(title=title, chat_id=ids.bare(chat)),
    lambda title, chat: (chat,),
)
