"""What the room registers."""

from __future__ import annotations

from petitbleu.desk.adjudication.decisions import (
    misuse,
    public_notice,
    purges,
    releasing,
    templates,
    threats,
)

HOOKS = (
    misuse.suspended,
    templates.agreed,
    public_notice.asked,
    purges.purged,
    releasing.answered,
    threats.ended,
)
"""Of cases, letters, second signatures, measures and pages (imported so that they register)."""
