"""Speaking with the OpenID provider: discovery, the code's exchange, the ID token. The one module
that knows Authlib.

What is fetched is fetched anew for each sign-in: staff come in a few times a day, and nothing that
could be old is kept. The host of ``[sso] issuer`` is the operator's choice and may lie inside;
hosts that its discovery document names are called at public addresses alone.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import msgspec

from petitbleu.app import App
from petitbleu.config import Sso
from petitbleu.desk.staffing.staff.service import Refused
from petitbleu.domain.messaging.webpages import service as webpages

SECONDS = 10.0
"""Time of each call."""
MOST_BYTES = 256 << 10
"""Of an answer."""
_LEEWAY = 60
"""Seconds by which the provider's clock may differ."""
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures by a key of the provider; none by a shared secret."""
_MOST_SUBJECT = 255
"""Characters of a ``sub`` (OpenID Connect Core 1.0, 2)."""


class Metadata(msgspec.Struct, frozen=True):
    """What the discovery document has to say (OpenID Connect Discovery 1.0, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Asked(NamedTuple):
    """What a sign-in hands to the provider and expects back."""

    redirect: str
    """Where the provider sends the browser."""
    verifier: str
    """RFC 7636: known to us until the code is exchanged."""
    nonce: str


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str
    access_token: str = ""


async def discover(app: App) -> Metadata:
    """What the provider says of itself. Raises Refused: ``sso_away``, ``sso_issuer``."""
    issuer = app.config.sso.issuer
    url = issuer.rstrip("/") + "/.well-known/openid-configuration"
    status, body = await _call(app, "GET", url)
    if status != 200:
        raise _away(app, f"discovery answered {status}")
    try:
        found = msgspec.json.decode(body, type=Metadata)
    except msgspec.DecodeError as error:
        raise _away(app, f"discovery: {error}") from None
    if found.issuer != issuer:
        app.log.info("desk.sso_refused", reason="issuer", said=found.issuer[:200])
        raise Refused("sso_issuer")
    for endpoint in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
        if not _is_fit(issuer, endpoint):
            raise _away(app, f"discovery names {endpoint[:200]}")
    return found


def _is_fit(issuer: str, endpoint: str) -> bool:
    """HTTPS, or the very scheme and host of the issuer (plain HTTP on loopback, for a trial)."""
    ours, theirs = urlsplit(issuer), urlsplit(endpoint)
    plain = endpoint.isascii() and endpoint.isprintable() and bool(theirs.hostname)
    same = (ours.scheme, ours.hostname) == (theirs.scheme, theirs.hostname)
    return plain and (theirs.scheme == "https" or same)


def authorization_url(app: App, found: Metadata, asked: Asked, state: str) -> str:
    """Where the browser goes to sign in."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    url: str = prepare_grant_uri(
        found.authorization_endpoint,
        app.config.sso.client_id,
        "code",
        redirect_uri=asked.redirect,
        scope="openid",
        state=state,
        nonce=asked.nonce,
        code_challenge=create_s256_code_challenge(asked.verifier),
        code_challenge_method="S256",
    )
    return url


async def subject(app: App, found: Metadata, asked: Asked, code: str) -> str:
    """Who signed in: the ``sub`` of a checked ID token.

    Raises Refused: ``sso_away``, ``sso_code``, ``sso_token``, ``sso_nonce``, ``sso_issuer``,
    ``sso_audience``, ``sso_expired``.
    """
    sso = app.config.sso
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.redirect,
        "code_verifier": asked.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    secret = _secret(sso)
    if secret and "client_secret_basic" in found.token_endpoint_auth_methods_supported:
        headers["Authorization"] = _basic(sso.client_id, secret)
    else:
        fields |= {"client_id": sso.client_id} | ({"client_secret": secret} if secret else {})
    body = urlencode(fields).encode()
    status, said = await _call(app, "POST", found.token_endpoint, headers, body)
    if status >= 500:
        raise _away(app, f"the token endpoint answered {status}")
    if status != 200:
        app.log.info("desk.sso_refused", reason="code", status=status)
        raise Refused("sso_code")
    try:
        tokens = msgspec.json.decode(said, type=_Tokens)
    except msgspec.DecodeError as error:
        raise _away(app, f"the token endpoint: {error}") from None
    status, keys = await _call(app, "GET", found.jwks_uri)
    if status != 200:
        raise _away(app, f"the keys answered {status}")
    return _checked(app, tokens, keys, asked.nonce)


def _basic(name: str, secret: str) -> str:
    """RFC 6749, 2.3.1: both are form-encoded first."""
    pair = urlencode([(name, secret)]).replace("=", ":", 1)
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _secret(sso: Sso) -> str:
    if sso.client_secret_file:
        return Path(sso.client_secret_file).read_text("utf-8").strip()
    return sso.client_secret


_REASONS = {"iss": "sso_issuer", "aud": "sso_audience", "azp": "sso_audience"} | {
    "nonce": "sso_nonce", "exp": "sso_expired", "iat": "sso_expired", "nbf": "sso_expired",
}  # fmt: skip
"""A claim that is wrong -> what staff read."""


def _checked(app: App, tokens: _Tokens, keys: bytes, nonce: str) -> str:
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import ClaimError, JoseError
    from joserfc.jwk import KeySet

    try:
        known = KeySet.import_key_set(msgspec.json.decode(keys))
        token = jwt.decode(tokens.id_token, known, algorithms=_ALGORITHMS)
        options: dict[str, Any] = {
            "iss": {"essential": True, "value": app.config.sso.issuer},
            "aud": {"essential": True, "value": app.config.sso.client_id},
        }
        params = {
            "nonce": nonce,
            "client_id": app.config.sso.client_id,
            "access_token": tokens.access_token,
        }
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(int(app.clock.now()), _LEEWAY)
    except ClaimError as wrong:
        app.log.info("desk.sso_refused", reason=str(wrong)[:200])
        raise Refused(_REASONS.get(wrong.claim, "sso_token")) from None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        app.log.info("desk.sso_refused", reason=f"{type(wrong).__name__}: {wrong}"[:200])
        raise Refused("sso_token") from None
    found = claims["sub"]
    if not (isinstance(found, str) and 0 < len(found) <= _MOST_SUBJECT and found.isprintable()):
        raise Refused("sso_token")
    return found


def digest(issuer: str, found: str) -> str:
    """How the log names an account at a provider."""
    return hashlib.sha256(f"{issuer}\n{found}".encode()).hexdigest()[:16]


# ── calls ───────────────────────────────────────────────────────────────────────────────────────


def _away(app: App, why: str) -> Refused:
    app.log.warning("desk.sso_away", why=why[:300])
    return Refused("sso_away")


async def _call(
    app: App, method: str, url: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> tuple[int, bytes]:
    """Status and body; redirects are not followed. Raises Refused (``sso_away``)."""
    try:
        if urlsplit(url).hostname == urlsplit(app.config.sso.issuer).hostname:
            return await _inside(method, url, headers or {}, body)
        call = webpages.Call(method, url, headers or {}, body)
        reply = await webpages.call(app, call, seconds=SECONDS, keep=MOST_BYTES)
        return reply.status, reply.body
    except webpages.Refused as why:
        raise _away(app, f"{url[:200]}: {why}") from None
    except (OSError, TimeoutError, ValueError) as error:
        raise _away(app, f"{url[:200]}: {type(error).__name__}") from None


async def _inside(method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    """A call to the host that the operator named. Raises OSError, TimeoutError, ValueError."""
    import aiohttp  # 60 ms and 15 MiB that a server without a provider does not need

    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.request(
                method, url, data=body or None, headers=headers, allow_redirects=False
            ) as answer,
        ):
            raw = bytearray()
            async for piece in answer.content.iter_chunked(8192):
                raw += piece
                if len(raw) > MOST_BYTES:
                    raise ValueError("the answer is too large")
            return answer.status, bytes(raw)
    except aiohttp.ClientError as error:
        raise OSError(type(error).__name__) from None
