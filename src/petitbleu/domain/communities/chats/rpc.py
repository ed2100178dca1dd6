"""TL handlers of the chats room: imports the parts, so that all are registered."""

from __future__ import annotations

from petitbleu.domain.communities.chats import rpc_channels, rpc_groups, rpc_switches

__all__ = ["rpc_channels", "rpc_groups", "rpc_switches"]
