"""Behind its newest known head the desk stands still until two people have signed why."""

from __future__ import annotations

import json
from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import service as intake
from petitbleu.desk.records.audit import heads, notes, outside, resuming, standing
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import start as audit_start
from petitbleu.desk.records.audit.notes import Checkpoint
from petitbleu.jobs import KINDS, NoData
from petitbleu.keys import new_signing_key, signing_key
from petitbleu.run import health
from petitbleu.store import settings
from tests.desk.adjudication.decisions.deciding import NOTICE, scene
from tests.desk.intake.mails import mail
from tests.desk.kit import signer
from tests.desk.reconciliation.full_desk import attack
from tests.kit.desk import DeskSite
from tests.kit.talk import say
from tests.kit.world import World

WHY = "the disk of Tuesday failed, the backup of Monday was restored"


async def again(world: World) -> standing.Hold | None:
    """A start of the same folder and database."""
    world.app.parts[standing.HELD] = None
    await audit_start.begin(world.app)
    return standing.held(world.app)


async def cut(world: World, lines: int) -> None:
    """Take the newest lines and all heads away, as a database of before would be."""
    size = (await audit.head(world.app.store)).size - lines
    (row,) = await audit.entries(world.app.store, size - 1, 1)
    await world.app.store.write(attack, "delete from audit where n >= :n", n=size)
    await world.app.store.write(attack, "delete from audit_signed where size > :n", n=size)
    end = "update audit_head set size = :n, chain = :chain"
    await world.app.store.write(attack, end, n=size, chain=row.chain)


async def write(world: World, count: int) -> None:
    for n in range(count):
        await world.app.store.write(audit.append, world.app, "staff:1", "view", "x", {"n": n})


async def test_a_head_is_a_file_once_it_is_in_the_database(world: World) -> None:
    await write(world, 3)
    seen: list[bool] = []
    real = outside.write

    def watched(app: Any, size: int, note: str) -> None:
        import sqlite3

        if app.store.dialect == "sqlite":
            with sqlite3.connect(app.store.place) as conn:
                seen.append(bool(conn.execute("select 1 from audit_signed").fetchone()))
        real(app, size, note)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outside, "write", watched)
        head = await heads.sign(world.app)
    assert head is not None
    assert seen in ([True], [])
    assert [one.size for one in outside.known(world.app)] == [3]
    # the file that a stop came before is written at the next start
    for path in outside.folder(world.app).iterdir():
        path.unlink()
    assert await again(world) is None
    assert [one.size for one in outside.known(world.app)] == [3]


@pytest.mark.parametrize("grown", [0, 9])
async def test_behind_its_head_the_desk_decides_and_publishes_nothing(
    world: World, grown: int
) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    await write(world, 5)
    await heads.sign(world.app)
    await cut(world, 4)
    await write(world, grown)
    hold = await again(world)
    assert hold is not None and hold.why == (standing.OTHER if grown else standing.BEHIND)
    with pytest.raises(standing.Held):
        await at.decide(case)
    assert (await at.case(case)).decisions == []
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert await heads.sign(world.app) is None
    with pytest.raises(standing.Held):
        actor = "staff:7"
        note = cases.CaseEvent("note", {"text": "x"})
        await world.app.store.write(cases.append, world.app, case, actor, note)
    # messages and letters go on
    await say(at.ada, await at.ada.peer(at.bob), "=hello")
    letter = mail("Me <me@home.example>", text="Bonjour")
    taken = await intake.deliver(world.app, letter, channel="smtp")
    assert taken.case > case + 9000, "no number that was given out and lost is given out again"
    found = await health.with_desk(world.app)
    assert not found.ok and any("stands still" in one for one in found.lines)
    # the next start does not forget it
    assert await again(world) is not None


async def test_two_people_sign_and_it_goes_on_with_a_line(world: World) -> None:
    await write(world, 5)
    one, other = await signer(world, "lead"), await signer(world, "lead")
    await heads.sign(world.app)
    size = (await audit.head(world.app.store)).size
    await cut(world, 2)
    assert await again(world) is not None
    with pytest.raises(CommandRefused, match="two people"):
        await perform(world.app, "desk.audit.accept", {"reason": WHY})
    assert not await resuming.sign(world.app, one.staff.actor, WHY, alone=False)
    with pytest.raises(standing.Held):
        await resuming.sign(world.app, one.staff.actor, WHY, alone=False)
    hold = await again(world)
    assert hold is not None and hold.first == one.staff.actor
    assert await resuming.sign(world.app, other.staff.actor, "I agree to it", alone=False)
    assert standing.held(world.app) is None
    line = (await audit.about(world.app.store, standing.SUBJECT))[0]
    said = json.loads(line.data)
    assert line.action == standing.ACCEPT and said["known"] == size
    assert said["reasons"] == [WHY, "I agree to it"]
    await write(world, 9)
    await heads.sign(world.app)
    assert await again(world) is None


@pytest.mark.parametrize("people", [0, 1])
async def test_where_two_cannot_sign_the_shell_does(world: World, people: int) -> None:
    await write(world, 5)
    lead = await signer(world, "lead") if people else None
    await heads.sign(world.app)
    await cut(world, 2)
    assert await again(world) is not None
    with pytest.raises(CommandRefused, match="ten characters"):
        await perform(world.app, "desk.audit.accept", {"reason": "x"})
    said = await perform(world.app, "desk.audit.accept", {"reason": WHY})
    assert said == {"over": not people}
    if lead is not None:
        assert await resuming.sign(world.app, lead.staff.actor, "it is so", alone=False)
    assert standing.held(world.app) is None


async def test_foreign_and_broken_head_files_are_reported_and_ignored(world: World) -> None:
    await write(world, 3)
    await heads.sign(world.app)
    place = outside.folder(world.app)
    foreign = notes.sign(
        Checkpoint(heads.origin(world.app), 900, bytes(32)), signing_key(new_signing_key())
    )
    (place / "000000000900.head").write_text(foreign)
    (place / "mail.txt").write_bytes(b"\xff\xfe no head")
    assert [one.size for one in outside.known(world.app)] == [3]
    assert await again(world) is None


async def test_a_database_or_folder_that_was_copied_back_is_noticed(world: World) -> None:
    assert await again(world) is None
    place = world.app.config.data / resuming.PLACE
    old_folder = place.read_bytes()
    (old,) = await world.app.store.rows(settings.LOAD, name="desk.place")
    assert await again(world) is None
    newer = place.read_bytes()
    # the folder of before
    place.write_bytes(old_folder)
    assert await resuming.look(world.app)
    place.write_bytes(newer)
    assert await resuming.look(world.app) is None
    # the database of before
    (new,) = await world.app.store.rows(settings.LOAD, name="desk.place")
    await world.app.store.write(resuming._keep_place, old.value)
    found = await resuming.look(world.app)
    assert found is not None and found.why == standing.COPIED
    await world.app.store.write(resuming._keep_place, new.value)
    # the folder without its mark
    place.unlink()
    assert await resuming.look(world.app)
    place.write_bytes(newer)
    # both of before: SQLite's file is another one then
    if world.app.store.dialect == "sqlite":
        said = json.loads(new.value) | {"file": 1}
        await world.app.store.write(resuming._keep_place, json.dumps(said).encode())
        found = await resuming.look(world.app)
        assert found is not None and found.why == standing.COPIED


async def test_leads_and_directors_are_told_and_get_heads(world: World) -> None:
    await write(world, 3)
    await signer(world, "lead")
    await signer(world, "director")
    await signer(world, "moderator")
    await heads.sign(world.app)
    await KINDS["audit.mail"].handler(world.app, NoData())
    assert {one.to for one in world.mail.sent} == {"p1@example.org", "p2@example.org"}
    world.mail.sent.clear()
    await cut(world, 2)
    assert await again(world) is not None
    await KINDS["audit.held"].handler(world.app, NoData())
    assert {one.to for one in world.mail.sent} == {"p1@example.org", "p2@example.org"}
    assert all("stands still" in one.subject for one in world.mail.sent)


async def test_only_its_page_is_open_and_two_sign_there(desk: DeskSite) -> None:
    lead, other = await desk.person("lead"), await desk.person("lead")
    reader = await desk.person("moderator")
    world = desk.world
    await write(world, 3)
    await heads.sign(world.app)
    await cut(world, 2)
    assert await again(world) is not None
    for path in ("/desk", "/desk/queues", "/desk/team", "/desk/log"):
        page = await lead.get(path)
        assert (page.status, page.headers["location"]) == (303, "/desk/log/hold")
    assert (await lead.post("/desk/log/verify")).status == 409
    assert "Your roles give no second signature" in (await reader.get("/desk/log/hold")).words
    assert (await reader.sign("/desk/log/hold/sign", {"reason": WHY})).status == 403
    assert (await lead.sign("/desk/log/hold/sign", {"reason": "x"})).status == 422
    assert (await lead.sign("/desk/log/hold/sign", {"reason": WHY})).status == 303
    assert (await lead.sign("/desk/log/hold/sign", {"reason": WHY})).status == 403
    assert WHY in (await other.get("/desk/log/hold")).words
    assert (await other.sign("/desk/log/hold/sign", {"reason": "so it is, yes"})).status == 303
    assert (await lead.get("/desk/log")).status == 200
    assert {standing.HOLD, standing.ACCEPT} <= set(await desk.actions())
