"""Several processes listen on one port, and each address reaches one of them.

``SO_REUSEPORT`` spreads connections by address *and* port: the budgets of an address, a key
exchange over HTTP and its polls would be torn between the workers. A classic BPF program on the
group of sockets (``SO_ATTACH_REUSEPORT_CBPF``, Linux 4.5) chooses by the source address alone, IPv6
by its /64. Where the number it gives is one of a worker that has just ended, the kernel chooses by
itself.
"""

from __future__ import annotations

import ctypes
import socket
import struct

_ATTACH = 51
"""SO_ATTACH_REUSEPORT_CBPF (asm-generic/socket.h)."""
_NETWORK = -0x100000
"""SKF_NET_OFF (linux/filter.h): from here the header of the network layer is read."""
_LOAD_WORD, _LOAD_NUMBER, _TO_X = 0x20, 0x00, 0x07
_XOR_X, _MULTIPLY, _SHIFT_RIGHT, _MODULO, _RETURN = 0xAC, 0x24, 0x74, 0x94, 0x16
_V4_SOURCE, _V6_SOURCE = 12, 8
_SPREAD = 2_654_435_761
"""Knuth's multiplier: neighbouring addresses land apart."""


def share(sock: socket.socket) -> None:
    """Before ``bind``: let other processes listen where this one does."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)


def spread(sock: socket.socket, workers: int) -> None:
    """Once it listens: connections are spread over ``workers`` processes by their addresses. Raises
    OSError where the kernel does not offer it.
    """
    program = _program(sock.family == socket.AF_INET6, workers)
    code = b"".join(struct.pack("=HBBI", op, 0, 0, k & 0xFFFFFFFF) for op, k in program)
    buffer = ctypes.create_string_buffer(code)
    sock.setsockopt(
        *(socket.SOL_SOCKET, _ATTACH),
        struct.pack("HL", len(program), ctypes.addressof(buffer)),
    )


def _program(v6: bool, workers: int) -> list[tuple[int, int]]:
    """(operation, number) of each step: the number of a socket of the group from the address."""
    if v6:
        source = [
            (_LOAD_WORD, _NETWORK + _V6_SOURCE),
            (_TO_X, 0),
            (_LOAD_WORD, _NETWORK + _V6_SOURCE + 4),
            (_XOR_X, 0),
        ]
    else:
        source = [(_LOAD_WORD, _NETWORK + _V4_SOURCE)]
    return [
        *source,
        (_MULTIPLY, _SPREAD),
        (_SHIFT_RIGHT, 16),
        (_MODULO, workers),
        (_RETURN, 0),
    ]
