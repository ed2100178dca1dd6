"""A writer of small MMDB files (maxmind.github.io/MaxMind-DB), for tests of countries."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MARKER = b"\xab\xcd\xefMaxMind.com"
_UINT16, _UINT32, _MAP, _UINT64, _ARRAY, _TEXT = 5, 6, 7, 9, 11, 2


def _head(kind: int, size: int) -> bytes:
    assert size < 29
    return bytes([kind << 5 | size]) if kind < 8 else bytes([size, kind - 7])


def _encode(value: Any, kind: int = 0) -> bytes:
    if isinstance(value, str):
        raw = value.encode()
        return _head(_TEXT, len(raw)) + raw
    if isinstance(value, dict):
        parts = [_encode(part) for pair in value.items() for part in pair]
        return _head(_MAP, len(value)) + b"".join(parts)
    if isinstance(value, list):
        return _head(_ARRAY, len(value)) + b"".join(map(_encode, value))
    number, kind = value
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return _head(kind, len(raw)) + raw


def write(path: Path, networks: Mapping[str, dict[str, Any]]) -> Path:
    """A file that says of each IPv4 network (``192.0.2.0/24``) what is given."""
    nodes: list[list[Any]] = [[None, None]]
    for text, record in networks.items():
        network = ipaddress.IPv4Network(text)
        bits = f"{int(network.network_address):032b}"[: network.prefixlen]
        at = 0
        for bit in bits[:-1]:
            step = nodes[at][int(bit)]
            if not isinstance(step, int):
                step = nodes[at][int(bit)] = len(nodes)
                nodes.append([None, None])
            at = step
        nodes[at][int(bits[-1])] = record
    data, tree = b"", b""
    for node in nodes:
        for record in node:
            if isinstance(record, int):
                value = record
            elif record is None:
                value = len(nodes)
            else:
                value = len(nodes) + 16 + len(data)
                data += _encode(record)
            tree += value.to_bytes(3, "big")
    about = {
        "node_count": (len(nodes), _UINT32),
        "record_size": (24, _UINT16),
        "ip_version": (4, _UINT16),
        "database_type": "Test-Country",
        "languages": ["en"],
        "binary_format_major_version": (2, _UINT16),
        "binary_format_minor_version": (0, _UINT16),
        "build_epoch": (1_800_000_000, _UINT64),
        "description": {"en": "test"},
    }
    path.write_bytes(tree + bytes(16) + data + _MARKER + _encode(about))
    return path
