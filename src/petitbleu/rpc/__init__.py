"""The RPC layer: from a decoded TL method to the room that serves it, and back to bytes.

Knows the TL schema, never sockets. Rooms register handlers with :func:`petitbleu.rpc.registry.rpc`.
"""
