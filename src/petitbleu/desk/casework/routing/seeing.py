"""Who may see cases of a kind."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.cases.queues import CHILD
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff import service as staff_room
from petitbleu.desk.staffing.staff.service import Staff

ORDERS_RIGHT = "orders"
ORDERS = kinds.select(lambda one: one.seen_by == ORDERS_RIGHT)
"""Kinds that come from authorities: to see them takes the right, or that to sort."""


def may_see(staff: Staff, kind: str) -> bool:
    """Whether a person may see cases of a kind."""
    if kind in ORDERS and not (staff.may(ORDERS_RIGHT) or staff.may("triage")):
        return False
    if kind == CHILD and staff.covers_child:
        return staff.may_queue(kind)
    return may_sign(staff, kind)


def may_change(staff: Staff, kind: str) -> bool:
    """Whether they may do more than look at it: who stands in for child safety may not."""
    return kind != CHILD or staff.may("child")


def may_sign(staff: Staff, kind: str) -> bool:
    """Whether a person who can be the second may read a request about a case of a kind: orders
    too, though their role does not see them. Child abuse and named queues stay where they belong.
    """
    if kind == CHILD and not staff.may("child"):
        return False
    return staff.may_queue(kind)


async def problems(app: App) -> list[str]:
    """Kinds of cases that nobody on the staff can open and take, in a sentence for ``check``.
    Nothing where there is no staff as yet: the command line is the desk then.
    """
    people = [person for person in await staff_room.everybody(app, app.store) if person.active]
    if not people:
        return []
    kinds = law.load_law(app).kinds
    unseen = sorted(kind for kind in kinds if not any(works_on(person, kind) for person in people))
    if not unseen:
        return []
    return [
        "Cases of these kinds can be seen by nobody on the staff:"
        f" {', '.join(unseen)}. Give somebody a role and queues for them."
    ]


def works_on(staff: Staff, kind: str) -> bool:
    """Whether a case of a kind is not lost with this person: they may open and take it."""
    return staff.active and staff.may("cases") and staff.may("take") and may_see(staff, kind)
