"""What the room registers."""

from __future__ import annotations

from petitbleu.desk.adjudication.correspondence import service

HOOKS = (service.ended,)
"""Of letters (imported so that they register)."""
