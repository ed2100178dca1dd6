"""Framings: how payloads travel in a byte stream. Sans-I/O; nothing here knows what a payload
means.
"""

from petitbleu.mtproto.transport.abridged import Abridged
from petitbleu.mtproto.transport.detect import NEED_MORE, AnyFraming, Detected, NeedMore, detect
from petitbleu.mtproto.transport.framing import Frame, Framing
from petitbleu.mtproto.transport.full import Full
from petitbleu.mtproto.transport.intermediate import Intermediate
from petitbleu.mtproto.transport.obfuscated import Obfuscated, client_framing
from petitbleu.mtproto.transport.padded import Padded

__all__ = [
    "NEED_MORE",
    "Abridged",
    "AnyFraming",
    "Detected",
    "Frame",
    "Framing",
    "Full",
    "Intermediate",
    "NeedMore",
    "Obfuscated",
    "Padded",
    "client_framing",
    "detect",
]
