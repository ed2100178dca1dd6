"""TL handlers of the messages room: imports the parts, so that all are registered."""

from __future__ import annotations

from petitbleu.domain.messaging.messages import (
    rpc_change,
    rpc_channels,
    rpc_history,
    rpc_media,
    rpc_saved,
    rpc_send,
    rpc_speakers,
)

__all__ = [
    "rpc_change",
    "rpc_channels",
    "rpc_history",
    "rpc_media",
    "rpc_saved",
    "rpc_send",
    "rpc_speakers",
]
