"""How good bytes are made bad."""

from __future__ import annotations

from random import Random

EDGES = (0, 1, 2, 3, 4, 7, 8, 253, 254, 255, 0x7F, 0x80, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def damaged(random: Random, data: bytes) -> bytes:
    """A copy with one to four accidents; now and then an honest one."""
    if random.random() < 0.1:
        return data
    for _ in range(random.randint(1, 4)):
        data = _accident(random, data)
    return data


def _accident(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    match random.randrange(7):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + random.randbytes(random.choice((1, 4, 16))) + data[at:]
        case 2:
            end = min(len(data), at + random.choice((1, 4, 8, 64)))
            return data[:at] + data[end:]
        case 3 if data:
            at = min(at, len(data) - 1)
            return data[:at] + bytes((data[at] ^ 1 << random.randrange(8),)) + data[at + 1 :]
        case 4:
            at &= ~3
            return data[:at] + random.choice(EDGES).to_bytes(4, "little") + data[at + 4 :]
        case 5:
            end = random.randrange(at, len(data) + 1)
            return data[:end] + data[at:end] + data[end:]
        case _:
            return data + random.randbytes(random.randrange(32))


def cuts(random: Random, data: bytes) -> list[bytes]:
    """The stream in pieces, as a network may deliver it."""
    pieces, at = [], 0
    while at < len(data):
        end = at + random.choice((1, 2, 3, 7, 64, 1000, 1 << 20))
        pieces.append(data[at:end])
        at = end
    return pieces
