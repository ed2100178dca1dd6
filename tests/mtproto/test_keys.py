from __future__ import annotations

import stat
from pathlib import Path

import pytest

from petitbleu.errors import LocalFault
from petitbleu.keys import (
    RsaKey,
    RsaKeys,
    RsaPublic,
    Secrets,
    fingerprint,
    power,
    seal_auth_key,
    unseal_auth_key,
)
from tests.mtproto import samples
from tests.mtproto.pair import seeded

PUBLISHED_N = int(
    "C150023E2F70DB7985DED064759CFECF0AF328E69A41DAF4D6F01B538135A6F91F8F8B2A0EC9BA9720CE352EFCF6"
    "C5680FFC424BD634864902DE0B4BD6D49F4E580230E3AE97D95C8B19442B3C0A10D8F5633FECEDD6926A7F6DAB0D"
    "DB7D457F9EA81B8465FCD6FFFEED114011DF91C059CAEDAF97625F6C96ECC74725556934EF781D866B34F011FCE4"
    "D835A090196E9A5F0E4449AF7EB697DDB9076494CA5F81104A305B6DD27665722C46B60E5DF680FB16B210607EF2"
    "17652E60236C255F6A28315F4083A96791D7214BF64C1DF4FD0DB1944FB26A2A57031B32EEE64AD15A8BA68885CD"
    "E74A5BFC920F6ABF59BA5C75506373E7130F9042DA922179251F",
    16,
)
"""The key of the published example."""


def test_power_is_pow() -> None:
    random = seeded()
    for _ in range(5):
        base, exponent, modulus = (int.from_bytes(random(64), "big") | 1 for _ in range(3))
        assert power(base, exponent, modulus) == pow(base, exponent, modulus)


def test_the_fingerprint_of_the_published_key() -> None:
    assert fingerprint(PUBLISHED_N, 65537) == samples.FINGERPRINT
    assert RsaPublic(PUBLISHED_N, 65537).fingerprint == samples.FINGERPRINT


def test_a_fresh_key_whose_fingerprint_begins_with_zero_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """mtcute would say that it does not know the server's key."""
    prints = iter([0x071BD2842C883A50, 0x0000000000000001, 0x1FFFFFFFFFFFFFFF])
    monkeypatch.setattr("petitbleu.keys.fingerprint", lambda n, e: next(prints))
    assert RsaKey.generate().fingerprint == 0x1FFFFFFFFFFFFFFF
    prints = iter([-1])
    assert RsaKey.generate().fingerprint == -1


def test_decrypt_undoes_encrypt_on_the_edges_too(rsa_keys: RsaKeys) -> None:
    key = rsa_keys.current
    for value in (0, 1, 2, key.n - 1, 1 << 2000, int.from_bytes(seeded()(255), "big")):
        assert key.decrypt(key.encrypt(value), seeded()) == value


def test_a_pem_is_pkcs1_and_reads_back(rsa_keys: RsaKeys) -> None:
    key = rsa_keys.current
    assert key.pem().startswith("-----BEGIN RSA PUBLIC KEY-----")
    assert key.private_pem().startswith(b"-----BEGIN RSA PRIVATE KEY-----")
    again = RsaKey.from_pem(key.private_pem())
    assert (again.n, again.fingerprint) == (key.n, key.fingerprint)
    assert again.decrypt(again.encrypt(5)) == 5


def test_keys_are_made_once_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = RsaKeys.load_or_create(folder)
    assert RsaKeys.load_or_create(folder).fingerprints == first.fingerprints
    Secrets.load_or_create(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"rsa-0001.pem": 0o600, "secrets.json": 0o600}


def test_rotation_serves_the_key_before_too(tmp_path: Path) -> None:
    first = RsaKeys.load_or_create(tmp_path).current
    second = RsaKeys.rotate(tmp_path)
    assert second.current.fingerprint != first.fingerprint
    assert second.fingerprints == (second.current.fingerprint, first.fingerprint)
    assert second.find(first.fingerprint) is not None
    third = RsaKeys.rotate(tmp_path)
    assert third.find(first.fingerprint) is None
    assert len(third.keys) == 2
    assert third.find(123) is None


def test_an_empty_set_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LocalFault):
        RsaKeys([])
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    with pytest.raises(LocalFault):
        RsaKey.from_pem(pem)
    with pytest.raises(LocalFault):
        RsaKey(rsa.generate_private_key(65537, 1024))


def test_sealing_is_bound_to_its_context() -> None:
    secrets = Secrets.create()
    sealed = secrets.seal(b"data", b"row 1")
    assert secrets.unseal(sealed, b"row 1") == b"data"
    assert secrets.seal(b"data", b"row 1") != sealed
    for wrong, context in (
        (sealed, b"row 2"),
        (sealed[:-1] + bytes((sealed[-1] ^ 1,)), b"row 1"),
        (b"\x09\x00" + sealed[2:], b"row 1"),
        (sealed[:20], b"row 1"),
        (b"", b"row 1"),
    ):
        with pytest.raises(LocalFault):
            secrets.unseal(wrong, context)


def test_auth_keys_are_sealed_under_their_id() -> None:
    secrets, key = Secrets.create(), seeded()(256)
    sealed = seal_auth_key(secrets, -5, key)
    assert key not in sealed
    assert unseal_auth_key(secrets, -5, sealed) == key
    with pytest.raises(LocalFault):
        unseal_auth_key(secrets, 5, sealed)


def test_digests_depend_on_purpose_parts_and_their_borders() -> None:
    secrets = Secrets.create(seeded())
    found = {
        secrets.hmac("a", b"xy"),
        secrets.hmac("b", b"xy"),
        secrets.hmac("a", b"x", b"y"),
        secrets.hmac("a", b"", b"xy"),
        secrets.hmac("a"),
        Secrets.create(seeded(2)).hmac("a", b"xy"),
    }
    assert len(found) == 6
    assert secrets.hmac("a", b"xy") == Secrets.create(seeded()).hmac("a", b"xy")


def test_rotated_secrets_open_old_seals_and_know_old_digests(tmp_path: Path) -> None:
    old = Secrets.load_or_create(tmp_path)
    sealed, digest = old.seal(b"data", b"row"), old.hmac("a", b"x")
    new = Secrets.rotate(tmp_path)
    assert new.version == old.version + 1
    assert new.unseal(sealed, b"row") == b"data"
    assert new.seal(b"data", b"row")[:2] != sealed[:2]
    assert new.hmac("a", b"x") != digest
    assert new.hmacs("a", b"x") == [new.hmac("a", b"x"), digest]
    again = Secrets.load_or_create(tmp_path)
    assert again.hmac("a", b"x") == new.hmac("a", b"x")
