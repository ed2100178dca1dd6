"""An outside service that speaks the Akismet protocol (akismet.com/developers). Off by default.

Both ways of giving the key (a field, the first label of the host), all six calls. ``ask`` never
raises and never takes longer than the budget: where the service is slow, down or answers something
else, the answer is ``down``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from petitbleu import __version__
from petitbleu.app import App
from petitbleu.domain.safety.antispam.submission import Submission

AGENT = f"Petitbleu/{__version__} | Akismet-compatible"
PATIENT_SECONDS = 10.0
"""For calls nobody waits for."""
_MAX_RESPONSE_BYTES = 1 << 16


class Down(OSError):
    """The service did not answer as it should; the text says what it did."""


class Answer:
    """An answer: text and headers (lower case names)."""

    __slots__ = ("headers", "text")

    def __init__(self, text: str, headers: Mapping[str, str]) -> None:
        self.text = text
        self.headers = headers


def enabled(app: App) -> bool:
    """Whether an outside service is set."""
    return bool(app.config.antispam.outside_url and app.config.antispam.outside_key)


async def ask(app: App, what: Submission) -> str | None:
    """``comment-check``: ``ham``, ``spam``, ``discard`` or ``down``; None: no service is set."""
    if not enabled(app):
        return None
    try:
        seconds = app.config.antispam.outside_milliseconds / 1000
        answer = await _post(app, "comment-check", _fields(app, what), seconds)
    except Down as problem:
        app.log.warning("spam service did not answer", problem=str(problem))
        return "down"
    if answer.text == "true":
        discard = answer.headers.get("x-akismet-pro-tip") == "discard"
        return "discard" if discard else "spam"
    if answer.text == "false":
        return "ham"
    help_text = answer.headers.get("x-akismet-debug-help", "")
    app.log.warning("spam service answered something else", text=answer.text[:80], help=help_text)
    return "down"


async def submit(app: App, what: Submission, *, spam: bool) -> None:
    """``submit-spam`` or ``submit-ham``; raises Down. Nothing where no service is set."""
    if not enabled(app):
        return
    name = "submit-spam" if spam else "submit-ham"
    answer = await _post(app, name, _fields(app, what), PATIENT_SECONDS)
    if not answer.text.startswith("Thanks for making the web a better place"):
        raise Down(f"{name} answered {answer.text[:80]!r}")


async def verify(app: App) -> bool:
    """``verify-key``; raises Down."""
    fields = {"key": app.config.antispam.outside_key, "blog": _site(app)}
    answer = await _post(app, "verify-key", fields, PATIENT_SECONDS)
    if answer.text not in ("valid", "invalid"):
        raise Down(f"verify-key answered {answer.text[:80]!r}")
    return answer.text == "valid"


async def usage(app: App) -> dict[str, Any]:
    """``usage-limit``; raises Down."""
    return await _get(app, "usage-limit")


async def sites(app: App) -> dict[str, Any]:
    """``key-sites``; raises Down."""
    return await _get(app, "key-sites")


def _site(app: App) -> str:
    return app.config.antispam.outside_site or app.config.public_url


def _fields(app: App, what: Submission) -> dict[str, str]:
    """What is sent; address and e-mail only as the operator allows."""
    settings = app.config.antispam
    fields = {
        "blog": _site(app),
        "user_ip": _ip(what.ip, settings.outside_ip),
        "user_agent": what.agent,
        "referrer": what.referrer,
        "permalink": what.link,
        "comment_type": what.kind,
        "comment_author": what.author,
        "comment_author_email": what.email if settings.outside_email else "",
        "comment_author_url": what.site,
        "comment_content": what.text,
        "user_role": what.role,
        "blog_lang": ", ".join(app.config.languages),
        "blog_charset": "UTF-8",
    }
    if what.test:
        fields["is_test"] = "1"
    return {name: value for name, value in fields.items() if value}


def _ip(ip: str, how: str) -> str:
    if how == "whole" or not ip:
        return ip
    if how == "none":
        return "0.0.0.0"  # noqa: S104 - the protocol wants an address; this is nobody's
    head = ip.rpartition(".")[0]
    return f"{head}.0" if head and ":" not in ip else ":".join(ip.split(":")[:3]) + "::"


def _url(app: App, version: str, name: str) -> str:
    """Where a call goes: the key in front of the host where the operator wants that."""
    parts = urlsplit(app.config.antispam.outside_url)
    host = parts.netloc
    if app.config.antispam.outside_key_in_host:
        host = f"{app.config.antispam.outside_key}.{host}"
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}/{version}/{name}"


async def _post(app: App, name: str, fields: dict[str, str], seconds: float) -> Answer:
    data = {"api_key": app.config.antispam.outside_key} | fields
    return await _call(app, "POST", _url(app, "1.1", name), seconds, data=data)


async def _get(app: App, name: str) -> dict[str, Any]:
    params = {"api_key": app.config.antispam.outside_key}
    answer = await _call(app, "GET", _url(app, "1.2", name), PATIENT_SECONDS, params=params)
    try:
        return msgspec.json.decode(answer.text.encode(), type=dict[str, Any])
    except msgspec.DecodeError:
        raise Down(f"{name} answered {answer.text[:80]!r}") from None


async def _whole(content: Any) -> bytes:
    """An answer to its end: the first piece of one may be the word "false" of something else."""
    body = b""
    while piece := await content.read(_MAX_RESPONSE_BYTES):
        body += piece
        if len(body) > _MAX_RESPONSE_BYTES:
            raise Down("the answer does not end")
    return body


async def _call(app: App, method: str, url: str, seconds: float, **more: Any) -> Answer:
    import aiohttp  # 60 ms that a server without an outside service does not need

    timeout = aiohttp.ClientTimeout(total=seconds)
    headers = {"User-Agent": AGENT}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.request(method, url, allow_redirects=False, **more) as response,
        ):
            body = await _whole(response.content)
            if response.status != 200:
                raise Down(f"HTTP {response.status}")
            named = {name.lower(): value for name, value in response.headers.items()}
            return Answer(body.decode("utf-8", "replace").strip(), named)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        if isinstance(error, Down):
            raise
        raise Down(f"{type(error).__name__}: {error}") from None
