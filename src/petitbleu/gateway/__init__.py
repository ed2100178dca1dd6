"""Sockets: one port for raw MTProto, WebSocket, HTTP and TLS, told apart by their first bytes.

The only folder that touches transports. It knows mtproto (bytes in, events out) and the RPC
dispatcher (bytes of a call in, bytes of its answer out); never TL objects, never a room.
Spec: core.telegram.org/mtproto/mtproto-transports and /mtproto/transports.
"""
