from __future__ import annotations

import pytest

from petitbleu.binding import Binding, seal_bind, verify_bind
from petitbleu.errors import Fault
from petitbleu.mtproto import crypto
from tests.mtproto.pair import seeded

PERM = seeded(1)(256)
BINDING = Binding(77, -5, crypto.auth_key_id(PERM), 1 << 60, 1_800_086_400)
MSG_ID = 7_730_941_132_800_000_000


def test_an_honest_binding_is_taken() -> None:
    verify_bind(PERM, BINDING, MSG_ID, seal_bind(PERM, BINDING, MSG_ID, seeded(2)))


@pytest.mark.parametrize("field", Binding._fields)
def test_each_field_must_be_that_of_the_request(field: str) -> None:
    sealed = seal_bind(PERM, BINDING, MSG_ID, seeded(2))
    other = BINDING._replace(**{field: getattr(BINDING, field) + 1})
    with pytest.raises(Fault, match="ENCRYPTED_MESSAGE_INVALID"):
        verify_bind(PERM, other, MSG_ID, sealed)


def test_the_msg_id_must_be_that_of_the_request() -> None:
    sealed = seal_bind(PERM, BINDING, MSG_ID, seeded(2))
    with pytest.raises(Fault):
        verify_bind(PERM, BINDING, MSG_ID + 4, sealed)


def test_another_permanent_key_does_not_open_it() -> None:
    sealed = seal_bind(PERM, BINDING, MSG_ID, seeded(2))
    with pytest.raises(Fault):
        verify_bind(seeded(3)(256), BINDING, MSG_ID, sealed)


@pytest.mark.parametrize("at", (0, 8, 24, 60, 100))
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(seal_bind(PERM, BINDING, MSG_ID, seeded(2)))
    sealed[at] ^= 1
    with pytest.raises(Fault):
        verify_bind(PERM, BINDING, MSG_ID, bytes(sealed))


@pytest.mark.parametrize("size", (0, 23, 24, 40, 103, 105, 120, 4096))
def test_a_wrong_length_is_refused(size: int) -> None:
    with pytest.raises(Fault):
        verify_bind(PERM, BINDING, MSG_ID, bytes(size))
