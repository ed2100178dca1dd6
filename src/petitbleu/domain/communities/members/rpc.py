"""TL handlers of the members room: imports the parts, so that all are registered."""

from __future__ import annotations

from petitbleu.domain.communities.members import rpc_channels, rpc_handover, rpc_lists

__all__ = ["rpc_channels", "rpc_handover", "rpc_lists"]
