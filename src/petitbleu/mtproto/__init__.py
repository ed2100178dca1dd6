"""MTProto 2.0, sans-I/O, both roles: framings, key exchange, sessions.

Bytes and times go in, events and bytes come out. Must not know sockets, the event loop, the
database or the API's own TL. Spec: core.telegram.org/mtproto.
"""
