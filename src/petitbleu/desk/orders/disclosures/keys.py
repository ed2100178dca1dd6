"""The key that data are encrypted for: one of the directory's, confirmed by a call."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.orders.disclosures import making
from petitbleu.desk.orders.disclosures.plans import Plan, load_case
from petitbleu.desk.orders.disclosures.refused import Refused
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.directory.service import AuthorityRow
from petitbleu.desk.staffing.staff.service import Signed
from petitbleu.domain.safety.case_numbers import service as case_numbers


async def _entry(app: App, state: CaseState, key: str = "") -> AuthorityRow | None:
    """Whose key data are encrypted for: the authority of the case as the directory has it, else
    the one with ``key``.
    """
    domain = state.authority.domain if state.authority is not None else ""
    entry = await directory.authority(app.store, domain) if domain else None
    if entry is not None:
        return entry
    authorities = await directory.by_key(app.store, key) if key.strip() else []
    return max(authorities, key=lambda one: one.key_checked_at, default=None)


async def record_key(app: App, case: int, by: Signed, *, key: str, spoke_with: str) -> None:
    """The authority confirmed its key when the directory's number was called. ``key``: as it was
    read out. Raises Refused.
    """
    entry = await _entry(app, await load_case(app, case), key)
    if entry is None or not entry.age_key.strip():
        raise Refused("no_key")
    if entry.age_key.strip() != key.strip():
        raise Refused("key_directory")
    if not entry.phone:
        raise Refused("no_number")
    if not spoke_with.strip():
        raise Refused("spoke_with")
    making.recipient(entry.age_key)
    subject = case_numbers.text(case)
    done = await app.store.write(
        directory.key_checked, app, entry, by.staff.actor, subject, spoke_with.strip()
    )
    if not done:
        raise Refused("key_directory")


async def check(app: App, state: CaseState, plan: Plan) -> AuthorityRow:
    """The key is that of an authority in the directory, and was confirmed by a call."""
    making.recipient(plan.key)
    entry = await _entry(app, state, plan.key)
    if entry is None or entry.age_key.strip() != plan.key.strip():
        raise Refused("key_directory")
    if not entry.key_checked_at:
        raise Refused("key_unchecked")
    return entry
