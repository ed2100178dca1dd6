"""TLS on the shared port: a transport over a transport, begun once the first bytes say so.

``loop.start_tls`` cannot take over bytes that were read already, so the record layer runs on an
``ssl.MemoryBIO`` pair here; it works alike on asyncio and uvloop.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

_CHUNK = 65536
_RECHECK = 5.0
"""Seconds between looks at the certificate files."""


class Certificate:
    """The certificate and key of the port; read again when the files change."""

    __slots__ = ("_cert", "_checked", "_context", "_key", "_on_error", "_stamp")

    def __init__(self, cert: str, key: str, on_error: Callable[[Exception], None]) -> None:
        self._cert = cert
        self._key = key
        self._on_error = on_error
        self._stamp = self._files()
        self._context = self._load()
        self._checked = 0.0

    def context(self, now: float) -> ssl.SSLContext:
        """The context for a new connection. A broken renewal keeps the old certificate in use."""
        if now - self._checked >= _RECHECK:
            self._checked = now
            try:
                stamp = self._files()
                if stamp != self._stamp:
                    self._context = self._load()
                    self._stamp = stamp
            except OSError as error:
                self._on_error(error)
        return self._context

    def _files(self) -> tuple[tuple[int, int], tuple[int, int]]:
        cert, key = Path(self._cert).stat(), Path(self._key).stat()
        return (cert.st_mtime_ns, cert.st_ino), (key.st_mtime_ns, key.st_ino)

    def _load(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.options |= ssl.OP_NO_RENEGOTIATION
        context.set_alpn_protocols(["http/1.1"])
        context.load_cert_chain(self._cert, self._key)
        return context


def looks_like_tls(data: bytes) -> bool | None:
    """Whether ``data`` begins a TLS ClientHello record; None while more bytes are needed.

    Random bytes of an obfuscated connection pass for one once in 10**10 times.
    """
    known = (b"\x16", b"\x03", b"\x00\x01\x02\x03\x04", None, None, b"\x01")
    for byte, allowed in zip(data, known, strict=False):
        if allowed is not None and byte not in allowed:
            return False
    return True if len(data) >= len(known) else None


class TlsLayer(asyncio.Transport, asyncio.Protocol):
    """The protocol of a raw transport and the transport of an inner protocol at once."""

    def __init__(self, context: ssl.SSLContext, inner: asyncio.Protocol) -> None:
        super().__init__()
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._ssl = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._inner = inner
        self._raw: asyncio.Transport
        self._established = False
        self._paused = False
        self._closing = False
        self._eof = False

    # The protocol of the raw transport.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has classes of its own
        self._raw = transport
        self._inner.connection_made(self)

    def data_received(self, data: bytes) -> None:
        self._incoming.write(data)
        self._pump()

    def eof_received(self) -> bool | None:
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self._closing = True
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _pump(self) -> None:
        try:
            if not self._established:
                self._ssl.do_handshake()
                self._established = True
            while not (self._paused or self._closing):
                data = self._ssl.read(_CHUNK)
                if not data:
                    self._end()
                    break
                self._inner.data_received(data)
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self._end()
        except ssl.SSLError:
            self._flush()
            self.abort()
            return
        self._flush()

    def _end(self) -> None:
        if not self._eof:
            self._eof = True
            if not self._inner.eof_received():
                self.close()

    def _flush(self) -> None:
        if self._outgoing.pending and not self._raw.is_closing():
            self._raw.write(self._outgoing.read())

    # The transport of the inner protocol.

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if data and not self._closing:
            self._ssl.write(data)
            self._flush()

    def close(self) -> None:
        if self._closing:
            return
        self._closing = True
        if self._established:
            try:
                self._ssl.unwrap()
            except ssl.SSLError:
                pass  # the other side has not said goodbye yet; ours is in the buffer
            self._flush()
        self._raw.close()

    def abort(self) -> None:
        self._closing = True
        self._raw.abort()

    def is_closing(self) -> bool:
        return self._closing or self._raw.is_closing()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        assert isinstance(protocol, asyncio.Protocol)
        self._inner = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._inner

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        if name == "sslcontext":
            return self._ssl.context
        if name == "ssl_object":
            return self._ssl
        return self._raw.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._paused = True
        self._raw.pause_reading()

    def resume_reading(self) -> None:
        if self._paused:
            self._paused = False
            self._raw.resume_reading()
            asyncio.get_running_loop().call_soon(self._resumed)

    def _resumed(self) -> None:
        if not self._closing:
            self._pump()

    def is_reading(self) -> bool:
        return not self._paused and not self.is_closing()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._raw.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self) -> int:
        return self._raw.get_write_buffer_size() + self._outgoing.pending
