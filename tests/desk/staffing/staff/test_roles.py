"""The table of roles against what desk.md says of them; people's queues, measures and ends."""

from __future__ import annotations

from petitbleu.desk.staffing.approvals.kinds import KINDS
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import RIGHTS, ROLES
from tests.kit.desk import add_staff
from tests.kit.world import World


def test_roles_give_known_rights_only_and_each_right_has_a_role() -> None:
    given: set[str] = set()
    for role in ROLES.values():
        given |= role.rights
    assert given == set(RIGHTS)


def test_who_sees_content_and_who_does_not() -> None:
    assert {name for name, role in ROLES.items() if role.content} == {
        *("comments", "triage", "moderator", "child_safety", "legal", "lead"),
    }
    for blind in ("dpo", "director", "auditor", "tech"):
        for right in ("mail", "cases", "search", "private", "child"):
            assert right not in ROLES[blind].rights, (blind, right)


def test_child_abuse_material_is_for_the_dedicated_role_alone() -> None:
    assert [name for name, role in ROLES.items() if "child" in role.rights] == ["child_safety"]


def test_only_heads_change_the_team_and_only_auditors_must_end() -> None:
    assert {n for n, r in ROLES.items() if "team.change" in r.rights} == set(staff.HEADS)
    assert [name for name, role in ROLES.items() if role.limited] == ["auditor"]


def test_every_two_person_kind_has_two_roles_that_can_do_it() -> None:
    for name, kind in KINDS.items():
        assert any(kind.ask in role.rights for role in ROLES.values()), name
        seconds = [r for r in ROLES.values() if all(one in r.rights for one in kind.second)]
        assert seconds, name


async def test_queues_measures_and_ends_narrow_what_roles_allow(world: World) -> None:
    app = world.app
    id, _ = await app.store.write(
        add_staff,
        app,
        "moderator",
        queues=["notice"],
        measures=["remove"],
        until=int(world.clock.now()) + 60,
        on_call=True,
    )
    one = await staff.get(app, app.store, id)
    assert one is not None
    assert (one.may_queue("notice"), one.may_queue("order")) == (True, False)
    assert (one.may_measure("remove"), one.may_measure("suspend")) == (True, False)
    assert [who.id for who in await staff.on_call(app, app.store)] == [id]
    assert [who.id for who in await staff.with_right(app, app.store, "decide")] == [id]
    world.clock.advance(60)
    one = await staff.get(app, app.store, id)
    assert one is not None
    assert (one.active, one.rights, one.may_measure("remove")) == (False, frozenset(), False)
    assert await staff.on_call(app, app.store) == []
