"""What the room registers."""

from __future__ import annotations

from petitbleu.desk.correspondence import service

HOOKS = (service.ended,)
"""Of letters (imported so that they register)."""
