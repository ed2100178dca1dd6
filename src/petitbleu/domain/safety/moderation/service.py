"""The moderation room as other rooms see it."""

from __future__ import annotations

from petitbleu.domain.safety.moderation.finding import (
    LOOKED_AT,
    Removal,
    lately,
    messages_of,
    removal,
)
from petitbleu.domain.safety.moderation.holds import held_until
from petitbleu.domain.safety.moderation.hooks import on_confirm, on_report, on_typed
from petitbleu.domain.safety.moderation.own_cases import OwnCase, OwnCases, on_own_cases
from petitbleu.domain.safety.moderation.public_notice import Reason, on_asked, reason
from petitbleu.domain.safety.moderation.queries import MeasureRow, OwnReport
from petitbleu.domain.safety.moderation.receipts import Following, on_receipt
from petitbleu.domain.safety.moderation.reports import plan_admins
from petitbleu.domain.safety.moderation.reports import spam as report_spam
from petitbleu.domain.safety.moderation.surfaces import (
    NAMES,
    PRIVATE,
    PUBLIC,
    SEMI_PUBLIC,
    Surface,
)
from petitbleu.domain.safety.moderation.surfaces import classify_surface as surface_of
from petitbleu.domain.safety.moderation.suspension_notice import (
    SuspensionNotice,
    on_suspended,
    suspension_notice,
)

__all__ = [
    "LOOKED_AT",
    "NAMES",
    "PRIVATE",
    "PUBLIC",
    "SEMI_PUBLIC",
    "Following",
    "MeasureRow",
    "OwnCase",
    "OwnCases",
    "OwnReport",
    "Reason",
    "Removal",
    "Surface",
    "SuspensionNotice",
    "held_until",
    "lately",
    "messages_of",
    "on_asked",
    "on_confirm",
    "on_own_cases",
    "on_receipt",
    "on_report",
    "on_suspended",
    "on_typed",
    "plan_admins",
    "reason",
    "removal",
    "report_spam",
    "surface_of",
    "suspension_notice",
]
