"""Log lines: structlog over the standard library, text or JSON, times in UTC.

A line never holds message text, a phone number, a code, a token or a full address. Callers do not
log them; :func:`redact` is the net below: it drops fields by name and blots out whatever looks
like one in values and in messages of third-party libraries. Codes on the ``--dev`` console are
printed, not logged.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

Event = MutableMapping[str, Any]

_SECRET = frozenset(
    (
        *("text", "message_text", "body", "phone", "phone_number", "code", "password", "token"),
        *("secret", "email", "first_name", "last_name", "name", "about", "key", "auth_key"),
        *("authorization", "cookie"),
    )
)
_ADDRESS = frozenset(("ip", "address", "peer", "client", "remote"))
_KEEP = frozenset(("event", "level", "timestamp", "logger"))

_V4 = re.compile(r"(?<![\d.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(?![\d.])")
_V6 = re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}(?::|[0-9a-fA-F]{1,4})(?:[0-9a-fA-F:]*)")
_PHONE = re.compile(r"(?<![\w.])\+?\d{7,15}(?![\w.])")
_EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
_LONG = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{32,}(?![\w-])")


def coarse(ip: str) -> str:
    """An address without its last part: 192.0.2.0, 2001:db8:1::."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "-"
    if address.is_loopback:
        return str(address)
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((ip, prefix), strict=False).network_address)


def blot(text: str) -> str:
    """A text without what looks like an address, a phone number, an e-mail or a token."""
    text = _EMAIL.sub("[email]", text)
    text = _V4.sub(r"\1.0", text)
    text = _V6.sub(
        lambda found: coarse(found[0]) if "::" in found[0] or found[0].count(":") > 5 else found[0],
        text,
    )
    text = _LONG.sub("[token]", text)
    return _PHONE.sub("[number]", text)


def redact(_: Any, __: str, event: Event) -> Event:
    """Processor: see the module's text."""
    for field, value in event.items():
        if field in _KEEP and field != "event":
            continue
        if field in _SECRET:
            event[field] = "[removed]"
        elif field in _ADDRESS and isinstance(value, str):
            event[field] = coarse(value)
        elif isinstance(value, str):
            event[field] = blot(value)
        elif not isinstance(value, int | float | bool | None):
            event[field] = blot(str(value))
    return event


def setup(format: str, level: str, stream: TextIO | None = None) -> Any:
    """Route structlog and the standard library to ``stream`` (standard error); the root logger."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    tail: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        structlog.processors.JSONRenderer()
        if format == "json"
        else structlog.dev.ConsoleRenderer(colors=False, sort_keys=False),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=tail,
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.get_logger("petitbleu")
