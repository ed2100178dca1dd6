from __future__ import annotations

import pytest

from petitbleu.mtproto import crypto
from petitbleu.mtproto.binding import Binding, open_binding, seal_binding
from tests.mtproto.pair import seeded

PERM = seeded(1)(256)
PERM_ID = crypto.auth_key_id(PERM)
BINDING = Binding(7_730_941_132_800_000_000, 77, -5, PERM_ID, 1 << 60, 1_800_086_400)


def sealed(binding: Binding = BINDING) -> bytes:
    return seal_binding(PERM, PERM_ID, binding, seeded(2)(24))


def test_what_was_sealed_is_read() -> None:
    assert open_binding(PERM, PERM_ID, sealed()) == BINDING


@pytest.mark.parametrize("field", Binding._fields)
def test_every_field_travels_inside_the_seal(field: str) -> None:
    other = BINDING._replace(**{field: getattr(BINDING, field) - 1})
    assert open_binding(PERM, PERM_ID, sealed(other)) == other


def test_another_key_does_not_open_it() -> None:
    assert open_binding(seeded(3)(256), PERM_ID, sealed()) is None
    assert open_binding(PERM, PERM_ID + 1, sealed()) is None


@pytest.mark.parametrize("at", (0, 8, 23, 24, 40, 60, 95))
def test_a_changed_byte_is_noticed(at: int) -> None:
    message = bytearray(sealed())
    message[at] ^= 1
    assert open_binding(PERM, PERM_ID, bytes(message)) is None


@pytest.mark.parametrize("size", (0, 7, 23, 24, 40, 103, 105, 120, 4096))
def test_a_wrong_length_is_refused(size: int) -> None:
    assert (
        open_binding(PERM, PERM_ID, PERM_ID.to_bytes(8, "little", signed=True).ljust(size)) is None
    )


@pytest.mark.parametrize("at", (16, 24, 28, 32))
def test_a_well_sealed_message_of_another_kind_is_refused(at: int) -> None:
    # Sequence number, length and constructor are part of the proof: msg_id (at 16) is the caller's.
    from petitbleu.mtproto import binding

    plain = binding._HEAD.pack(bytes(16), BINDING.msg_id, 0, binding._BODY.size)
    plain += binding._BODY.pack(binding.BIND_AUTH_KEY_INNER, *BINDING[1:])
    plain = plain[:at] + bytes((plain[at] ^ 4,)) + plain[at + 1 :]
    msg_key = binding._sha1(plain)[4:]
    key, iv = binding._derive(PERM, msg_key)
    head = PERM_ID.to_bytes(8, "little", signed=True) + msg_key
    found = open_binding(PERM, PERM_ID, head + crypto.encrypt_ige(plain + bytes(8), key, iv))
    if at == 16:
        assert found == BINDING._replace(msg_id=BINDING.msg_id ^ 4)
    else:
        assert found is None
