"""TL handlers of the invites room: imports the parts, so that all are registered."""

from __future__ import annotations

from petitbleu.domain.administration.invites import rpc_entering, rpc_links

__all__ = ["rpc_entering", "rpc_links"]
