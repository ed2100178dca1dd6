"""Keyboards: since layer 229 a button has one constructor and a type; inline buttons have their
own.

Until layer 228 there was one constructor for each kind of button, the same for both keyboards.
"""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import downgrade, lowered, renamed, stand_in, upgrade

Old = dict[str, Any]


def _copied(cls: Any, source: Any, *attributes: str) -> Any:
    return cls(**{attribute: getattr(source, attribute) for attribute in attributes})


# Constructor of old -> (type of today, the attributes it has besides text and style).
REPLY: dict[Any, tuple[Any, tuple[str, ...]]] = {
    api.KeyboardButtonRequestPhone: (api.ButtonTypeRequestPhone, ()),
    api.KeyboardButtonRequestGeoLocation: (api.ButtonTypeRequestGeoLocation, ()),
    api.KeyboardButtonRequestPoll: (api.ButtonTypeRequestPoll, ("quiz",)),
    api.KeyboardButtonRequestPeer: (
        api.ButtonTypeRequestPeer,
        ("button_id", "peer_type", "max_quantity"),
    ),
    api.InputKeyboardButtonRequestPeer: (
        api.InputButtonTypeRequestPeer,
        (
            "name_requested",
            "username_requested",
            "photo_requested",
            "button_id",
            "peer_type",
            "max_quantity",
        ),
    ),
    api.KeyboardButtonSimpleWebView: (api.ButtonTypeSimpleWebView, ("url",)),
}
INLINE: dict[Any, tuple[Any, tuple[str, ...]]] = {
    api.KeyboardButtonUrl: (api.InlineButtonTypeUrl, ("url",)),
    api.KeyboardButtonCallback: (api.InlineButtonTypeCallback, ("requires_password", "data")),
    api.KeyboardButtonSwitchInline: (
        api.InlineButtonTypeSwitchInline,
        ("same_peer", "query", "peer_types"),
    ),
    api.KeyboardButtonGame: (api.InlineButtonTypeGame, ()),
    api.KeyboardButtonBuy: (api.InlineButtonTypeBuy, ()),
    api.KeyboardButtonUrlAuth: (api.InlineButtonTypeUrlAuth, ("fwd_text", "url", "button_id")),
    api.InputKeyboardButtonUrlAuth: (
        api.InputInlineButtonTypeUrlAuth,
        ("request_write_access", "fwd_text", "url", "bot"),
    ),
    api.KeyboardButtonUserProfile: (api.InlineButtonTypeUserProfile, ("user_id",)),
    api.InputKeyboardButtonUserProfile: (api.InputInlineButtonTypeUserProfile, ("user_id",)),
    api.KeyboardButtonWebView: (api.InlineButtonTypeWebView, ("url",)),
    api.KeyboardButtonCopy: (api.InlineButtonTypeCopy, ("copy_text",)),
}
_OLD_OF = {kind: (cls, names) for cls, (kind, names) in {**REPLY, **INLINE}.items()}


@renamed(*(cls.NAME for cls in REPLY))
def _reply_button(button: Any) -> api.KeyboardButton:
    kind, names = REPLY[button.__class__]
    return api.KeyboardButton(
        style=button.style, text=button.text, type=_copied(kind, button, *names)
    )


@upgrade("keyboardButton", lacking=("type",))
def _plain_button(button: api.KeyboardButton, old: Old) -> None:
    button.type = api.ButtonTypeDefault()


@lowered("keyboardButton")
def _old_button(button: api.KeyboardButton) -> Any:
    old = _OLD_OF.get(button.type.__class__)
    return button if old is None else _old_form(button, *old)


def _old_form(button: Any, cls: Any, names: tuple[str, ...]) -> Any:
    special = {name: getattr(button.type, name) for name in names}
    return cls(text=button.text, style=button.style, **special)


@upgrade("replyInlineMarkup", fields=("rows",))
def _inline_rows(markup: api.ReplyInlineMarkup, old: Old) -> None:
    markup.rows = [
        api.KeyboardInlineButtonRow(buttons=[_inline_button(b) for b in row.buttons])
        for row in old["rows"]
    ]


def _inline_button(button: Any) -> api.KeyboardInlineButton:
    kind, names = INLINE.get(button.__class__, (api.InlineButtonTypeDisabled, ()))
    return api.KeyboardInlineButton(
        style=button.style, text=button.text, type=_copied(kind, button, *names)
    )


@downgrade("replyInlineMarkup", "rows")
def _old_rows(markup: api.ReplyInlineMarkup) -> list[api.KeyboardButtonRow]:
    return [
        api.KeyboardButtonRow(buttons=[_old_inline(b) for b in row.buttons]) for row in markup.rows
    ]


def _old_inline(button: api.KeyboardInlineButton) -> Any:
    """A disabled button becomes one whose press the server ignores."""
    old = _OLD_OF.get(button.type.__class__)
    if old is None:
        return api.KeyboardButtonCallback(text=button.text, data=b"", style=button.style)
    return _old_form(button, *old)


@stand_in(*(cls.NAME for cls in INLINE if cls is not api.KeyboardButtonCopy))
def _misplaced(button: Any) -> api.KeyboardButton:
    """An inline button that an old client put into a reply keyboard: its text."""
    return api.KeyboardButton(style=button.style, text=button.text, type=api.ButtonTypeDefault())


@stand_in("keyboardButtonCopy")
def _without_copy(button: Any) -> api.KeyboardButtonCallback:
    """Until layer 186 nothing copied: a button whose press the server ignores."""
    return api.KeyboardButtonCallback(text=button.text, data=b"", style=button.style)


@stand_in("inputKeyboardButtonRequestPeer")
def _plain_request(button: Any) -> api.KeyboardButtonRequestPeer:
    """Until layer 176 a button could not ask for names and pictures as well."""
    return api.KeyboardButtonRequestPeer(
        style=button.style,
        text=button.text,
        button_id=button.button_id,
        peer_type=button.peer_type,
        max_quantity=button.max_quantity,
    )
