"""Which calls sign somebody in, or change how: the cookie gets a new value then. Pure."""

from __future__ import annotations

FIRST = frozenset(
    {"auth.exportLoginToken", "auth.initPasskeyLogin", "auth.sendCode", "petitbleu.sendCode"}
)
"""Methods that let a browser in that has no cookie yet."""
SIGNING = frozenset(
    {
        "account.registerPasskey",
        "account.updatePasswordSettings",
        "auth.checkPassword",
        "auth.exportLoginToken",
        "auth.finishPasskeyLogin",
        "auth.importLoginToken",
        "auth.recoverPassword",
        "auth.signIn",
        "auth.signUp",
    }
)
"""Methods after which the cookie gets a new value, if they changed who is signed in or how."""
_TOKEN = b'{"_":"auth.loginToken",'


def changes_login(method: str, number: int, answer: bytes) -> bool:
    """Whether the call has changed who is signed in, or how."""
    ok = b'{"i":%d,"ok":' % number
    return method in SIGNING and answer.startswith(ok) and not answer.startswith(_TOKEN, len(ok))
