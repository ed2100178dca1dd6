"""What the room registers: what follows when a second person agrees, or nobody does."""

from __future__ import annotations

from petitbleu.desk.casework.secrecy import service

HOOKS = (service.agreed, service.declined)
