from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zlib import crc32

import pytest

from petitbleu.errors import LocalFault, PeerFault
from petitbleu.mtproto.transport import (
    NEED_MORE,
    Abridged,
    Detected,
    Frame,
    Framing,
    Full,
    Intermediate,
    Padded,
    client_framing,
    detect,
    http,
)
from tests.mtproto.pair import seeded

ALL = (Abridged, Intermediate, Padded, Full)
SIZES = (24, 40, 504, 508, 512, 1024, 70_000)


def sealed(size: int) -> bytes:
    """A payload as an encrypted one looks: key id, then 16 bytes and whole blocks."""
    return b"\x01" * 8 + b"\x02" * (size - 8)


def sizes(kind: type[Framing]) -> list[int]:
    return [24 + size // 16 * 16 for size in SIZES] if kind is Padded else list(SIZES)


@pytest.mark.parametrize("kind", ALL)
def test_payloads_survive_both_ways_however_the_stream_is_cut(kind: type[Framing]) -> None:
    payloads = [sealed(size) for size in sizes(kind)]
    for step in (1, 7, 1000, 1 << 20):
        for client in (False, True):
            sender, receiver = kind(client=not client), kind(client=client)
            stream = b"".join(sender.pack(payload) for payload in payloads)
            cut = stream if step > 1 else stream[:3000]
            frames: list[Frame] = []
            for at in range(0, len(cut), step):
                frames += receiver.feed(cut[at : at + step])
            expected = payloads if step > 1 else payloads[: len(frames)]
            assert [frame.payload for frame in frames] == expected
            assert len(frames) >= 5
            assert not any(frame.quick_ack for frame in frames)


@pytest.mark.parametrize("kind", (Abridged, Intermediate, Padded))
@pytest.mark.parametrize("size", (40, 136, 600, 1016))
def test_the_top_bit_of_the_length_asks_for_a_quick_ack(kind: type[Framing], size: int) -> None:
    stream = kind(client=True).pack(sealed(size), quick_ack=True)
    assert kind().feed(stream) == [Frame(sealed(size), True)]


def test_a_low_length_byte_above_127_is_no_quick_ack() -> None:
    # The mistake of one server: bit 7 of byte 0 instead of bit 31.
    assert Intermediate().feed(Intermediate(client=True).pack(sealed(200))) == [
        Frame(sealed(200), False)
    ]


@pytest.mark.parametrize("kind", (Abridged, Intermediate, Padded))
def test_a_client_reads_quick_acks_between_payloads(kind: type[Framing]) -> None:
    server, client = kind(), kind(client=True)
    token = 0x92345678
    stream = server.pack_quick_ack(token) + server.pack(sealed(40))
    assert client.feed(stream) == [
        Frame(token.to_bytes(4, "little"), True),
        Frame(sealed(40), False),
    ]


def test_a_quick_ack_is_turned_round_in_abridged_only() -> None:
    assert Abridged().pack_quick_ack(0x92345678).hex() == "92345678"
    assert Intermediate().pack_quick_ack(0x92345678).hex() == "78563492"
    assert Full().pack_quick_ack(0x92345678) == b""


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("code", (-404, -429, -444))
def test_a_transport_error_reaches_the_client(kind: type[Framing], code: int) -> None:
    (frame,) = kind(client=True).feed(kind().pack_error(code))
    assert int.from_bytes(frame.payload, "little", signed=True) == code


def test_golden_bytes_of_each_framing() -> None:
    payload = bytes(8) + b"\x04" + bytes(7) + b"\x08\x00\x00\x00" + b"abcdefgh"
    assert Abridged(client=True).pack(payload) == b"\x07" + payload
    assert Intermediate(client=True).pack(payload) == b"\x1c\x00\x00\x00" + payload
    body = b"\x28\x00\x00\x00" + bytes(4) + payload
    assert Full(client=True).pack(payload) == body + crc32(body).to_bytes(4, "little")
    long = sealed(600)
    assert Abridged(client=True).pack(long) == b"\x7f\x96\x00\x00" + long
    assert Padded(client=True, random=lambda n: b"\x03" * n).pack(payload) == (
        b"\x1f\x00\x00\x00" + payload + b"\x03\x03\x03"
    )


def repeated(byte: int, count: int) -> bytes:
    return bytes((byte,)) * count


def test_padding_is_cut_off_a_plain_message() -> None:
    payload = bytes(16) + b"\x04\x00\x00\x00abcd"
    for filling in range(16):
        framing = Padded(client=True, random=partial(repeated, filling))
        assert Padded().feed(framing.pack(payload)) == [Frame(payload, False)]


def test_a_server_pads_so_little_that_the_length_modulo_four_is_the_padding() -> None:
    """All that Telethon and gotd cut off."""
    lengths = set()
    for filling in range(256):
        framing = Padded(random=partial(repeated, filling))
        content = framing.pack(sealed(40))[4:]
        lengths.add(len(content))
        assert content[: len(content) - len(content) % 4] == sealed(40)
    assert lengths == {40, 41, 42, 43}


@pytest.mark.parametrize("kind", ALL)
def test_a_frame_beyond_the_limit_is_refused_by_its_length_alone(kind: type[Framing]) -> None:
    stream = kind(client=True).pack(sealed(24 + 16 * 100))
    receiver = kind(max_frame=1000)
    with pytest.raises(PeerFault):
        receiver.feed(stream[:8])
    assert receiver.buffered == 0


@pytest.mark.parametrize("kind", ALL)
def test_a_frame_too_short_for_a_payload_is_refused(kind: type[Framing]) -> None:
    with pytest.raises(PeerFault):
        kind().feed(kind().pack(b"abcd"))


def test_full_refuses_a_wrong_number_and_a_wrong_checksum() -> None:
    sender = Full(client=True)
    first, second = sender.pack(sealed(40)), sender.pack(sealed(40))
    with pytest.raises(PeerFault):
        Full().feed(second)
    with pytest.raises(PeerFault):
        Full().feed(first[:-1] + bytes((first[-1] ^ 1,)))
    receiver = Full()
    receiver.feed(first)
    with pytest.raises(PeerFault):
        receiver.feed(first)


def test_abridged_cannot_carry_odd_lengths() -> None:
    with pytest.raises(LocalFault):
        Abridged().pack(b"abcde")


def opened(found: object) -> Detected:
    assert isinstance(found, Detected)
    return found


@pytest.mark.parametrize("kind", ALL)
def test_each_framing_is_told_by_its_first_bytes(kind: type[Framing]) -> None:
    stream = kind.tag + kind(client=True).pack(sealed(40))
    for size in range(len(stream)):
        if detect(stream[:size]) is not NEED_MORE:
            break
    assert size <= 8
    found = opened(detect(stream))
    assert type(found.framing) is kind
    assert found.dc is None
    assert found.framing.feed(found.rest) == [Frame(sealed(40), False)]


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("dc", (2, -3, 10002, -10004))
@pytest.mark.parametrize("secret", (b"", bytes(range(16))))
def test_each_framing_travels_obfuscated(kind: type[Framing], dc: int, secret: bytes) -> None:
    client, header = client_framing(kind(client=True), dc, seeded(dc), secret)
    stream = header + client.pack(sealed(40)) + client.pack(sealed(72))
    assert detect(stream[:63], secret=secret) is NEED_MORE
    found = opened(detect(stream[:75], secret=secret))
    assert found.dc == dc
    assert found.framing.name == f"obfuscated {kind.name}"
    frames = found.framing.feed(found.rest) + found.framing.feed(stream[75:])
    assert [frame.payload for frame in frames] == [sealed(40), sealed(72)]
    assert client.feed(found.framing.pack(sealed(104))) == [Frame(sealed(104), False)]
    if kind is not Full:
        assert client.feed(found.framing.pack_quick_ack(0x80000001))[0].quick_ack
    assert client.feed(found.framing.pack_error(-404))[0].payload == b"\x6c\xfe\xff\xff"


def test_obfuscation_against_computed_bytes() -> None:
    # Keys and counters taken straight from the page's definition, with another AES mode (ECB).
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import ECB

    _, header = client_framing(Abridged(client=True), 2, seeded(5))

    def stream(key: bytes, counter: bytes, size: int) -> bytes:
        ecb = Cipher(AES(key), ECB()).encryptor()
        start = int.from_bytes(counter, "big")
        blocks = [
            ecb.update(((start + n) % (1 << 128)).to_bytes(16, "big")) for n in range(size // 16)
        ]
        return b"".join(blocks)

    keys = stream(header[8:40], header[40:56], 64)
    plain = bytes(a ^ b for a, b in zip(header, keys, strict=True))
    assert plain[56:60] == b"\xef" * 4
    assert int.from_bytes(plain[60:62], "little", signed=True) == 2


def constant(start: bytes) -> Callable[[int], bytes]:
    rows = [start + bytes(60), b"\xef" + bytes(range(1, 64)), b"abcd" + bytes(60)]
    rows.append(bytes(range(1, 65)))
    return lambda n: rows.pop(0)[:n]


@pytest.mark.parametrize("word", (b"POST", b"GET ", b"HEAD", b"OPTI", b"\xee" * 4, b"\xdd" * 4))
def test_a_client_avoids_headers_that_look_like_another_protocol(word: bytes) -> None:
    _, header = client_framing(Abridged(client=True), 2, constant(word))
    assert header[:56] == bytes(range(1, 57))


@pytest.mark.parametrize("word", (b"POST /api", b"GET / HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01"))
def test_http_and_tls_are_no_mtproto_transport(word: bytes) -> None:
    with pytest.raises(PeerFault):
        detect(word)


def test_random_bytes_are_no_transport() -> None:
    with pytest.raises(PeerFault):
        detect(bytes(range(1, 73)))


def test_http_bodies_and_errors() -> None:
    assert http.payload_of(sealed(40)) == sealed(40)
    assert http.answer(b"abc") == (200, b"abc")
    assert http.error(-404) == (404, b"\x6c\xfe\xff\xff")
    for size in (0, 19, 1001):
        with pytest.raises(PeerFault):
            http.payload_of(bytes(size), 1000)
        with pytest.raises(PeerFault):
            http.check_length(size, 1000)


def test_how_long_a_poll_is_held() -> None:
    assert http.hold(500, 150, 25000, True) == 0.15
    assert http.hold(100, 150, 25000, True) == 0.1
    assert http.hold(0, 0, 9000, False) == 9.0
    assert http.hold(0, 0, 90_000_000, False) == http.DEFAULT_MAX_WAIT
    assert http.hold(-1, -1, -1, True) == 0.0
    assert http.hold(-1, -1, -1, False) == 0.0
