"""TL handlers of the messages room: imports the parts, so that all are registered."""

from __future__ import annotations

from petitbleu.domain.messages import rpc_change, rpc_history, rpc_send

__all__ = ["rpc_change", "rpc_history", "rpc_send"]
