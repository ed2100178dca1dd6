"""What a provider can say that does not count."""

from __future__ import annotations

import json
import time
from typing import Any

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from petitbleu.clock import ManualClock
from petitbleu.config import Sso
from petitbleu.desk.staffing.sso import provider
from petitbleu.desk.staffing.staff.service import Refused
from petitbleu.domain.messaging.webpages import service as webpages
from tests.kit.world import World

ISSUER = "https://login.example.org"
KEY = RSAKey.generate_key(2048, {"kid": "1"})
KEYS = json.dumps({"keys": [KEY.as_dict(private=False)]}).encode()


@pytest.fixture
def made(world: World) -> World:
    world.app.config = msgspec.structs.replace(
        world.app.config, sso=Sso(issuer=ISSUER, client_id="desk")
    )
    world.app.clock = ManualClock(float(int(time.time())))
    return world


def token(key: Any = KEY, alg: str = "RS256", **changed: Any) -> provider._Tokens:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "desk", "sub": "ada", "nonce": "n", "iat": now} | {
        "exp": now + 600, **changed,
    }  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    return provider._Tokens(jwt.encode({"alg": alg, "kid": "1"}, claims, key, algorithms=[alg]))


WRONG = [
    ({"iss": "https://evil.example"}, "sso_issuer"),
    ({"iss": None}, "sso_issuer"),
    ({"aud": "another"}, "sso_audience"),
    ({"aud": ["another", "third"]}, "sso_audience"),
    ({"aud": ["desk", "another"], "azp": "another"}, "sso_audience"),
    ({"aud": None}, "sso_audience"),
    ({"nonce": "other"}, "sso_nonce"),
    ({"nonce": None}, "sso_nonce"),
    ({"exp": int(time.time()) - 3600}, "sso_expired"),
    ({"exp": None}, "sso_expired"),
    ({"exp": "soon"}, "sso_expired"),
    ({"sub": None}, "sso_token"),
    ({"sub": ""}, "sso_token"),
    ({"sub": 7}, "sso_token"),
    ({"sub": "a\nb"}, "sso_token"),
    ({"sub": "a" * 256}, "sso_token"),
]


async def test_a_token_is_checked_whole(made: World) -> None:
    assert provider._checked(made.app, token(), KEYS, "n") == "ada"
    assert provider._checked(made.app, token(aud=["desk"]), KEYS, "n") == "ada"
    for changed, reason in WRONG:
        with pytest.raises(Refused) as refused:
            provider._checked(made.app, token(**changed), KEYS, "n")
        assert refused.value.reason == reason, changed


async def test_only_a_key_of_the_provider_signs(made: World) -> None:
    other = RSAKey.generate_key(2048, {"kid": "1"})
    shared = OctKey.import_key(KEYS)
    curve = ECKey.generate_key("P-256", {"kid": "1"})
    bare = token().id_token.split(".")
    none = "eyJhbGciOiJub25lIn0." + bare[1] + "."
    for one in (
        token(other),
        token(shared, "HS256"),
        token(curve, "ES256"),
        provider._Tokens(none),
        provider._Tokens(".".join([*bare[:2], "AAAA"])),
        provider._Tokens("x"),
        provider._Tokens(""),
    ):
        with pytest.raises(Refused) as refused:
            provider._checked(made.app, one, KEYS, "n")
        assert refused.value.reason == "sso_token"
    for keys in (b"", b"[]", b"{}", b'{"keys": [{}]}', b'{"keys": 3}', b"\xff"):
        with pytest.raises(Refused):
            provider._checked(made.app, token(), keys, "n")


def document(**changed: Any) -> bytes:
    at = f"{ISSUER}/"
    return json.dumps({
        "issuer": ISSUER, "authorization_endpoint": at + "a", "token_endpoint": at + "t",
        "jwks_uri": at + "k", **changed,
    }).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, b"", "sso_away"),
        (302, document(), "sso_away"),
        (200, b"<html>", "sso_away"),
        (200, b"{}", "sso_away"),
        (200, document(issuer="https://evil.example"), "sso_issuer"),
        (200, document(token_endpoint="http://login.example.org/t"), "sso_away"),
        (200, document(jwks_uri="file:///etc/passwd"), "sso_away"),
        (200, document(authorization_endpoint="javascript:alert(1)"), "sso_away"),
    ],
)
async def test_discovery_that_is_of_no_use(
    made: World, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes, reason: str
) -> None:
    async def call(*given: Any) -> tuple[int, bytes]:
        return status, body

    monkeypatch.setattr(provider, "_call", call)
    with pytest.raises(Refused) as refused:
        await provider.discover(made.app)
    assert refused.value.reason == reason


async def test_hosts_that_discovery_names_are_called_at_public_addresses_alone(
    made: World,
) -> None:
    found = provider.Metadata(
        ISSUER, f"{ISSUER}/a", "https://127.0.0.1/token", "https://localhost/keys"
    )
    asked = provider.Asked("https://desk.example.org/x", "v", "n")
    with pytest.raises(webpages.Refused):
        await webpages.call(made.app, webpages.Call("GET", found.token_endpoint, {}), seconds=5)
    with pytest.raises(Refused) as refused:
        await provider.subject(made.app, found, asked, "code")
    assert refused.value.reason == "sso_away"
