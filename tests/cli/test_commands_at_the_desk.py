"""Commands where there is a desk: agreed to on its page, refused on a stopped server; and the lines
of the service chat and of jobs.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu import commands, domain
from petitbleu import desk as package
from petitbleu.appdoor import browsers
from petitbleu.cli.main import cli
from petitbleu.control import CommandRefused, perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.jobs import KINDS, NoData
from petitbleu.run import housekeeping
from petitbleu.tl import api
from tests.cli.register_place import place, set_up_desk
from tests.domain.publishing.comments import kit
from tests.kit.desk import DeskSite
from tests.kit.servicechat import ask, heard, run
from tests.kit.world import Client, World

DAY = 86_400


async def actions(world: World) -> list[tuple[str, str, str]]:
    size = (await audit.head(world.app.store)).size
    rows = await audit.entries(world.app.store, 0, size)
    return [(row.actor, row.action, row.subject) for row in rows]


async def test_a_person_is_handed_out_once_somebody_has_agreed(
    desk: DeskSite, tmp_path: Path
) -> None:
    app = desk.world.app
    ada = await desk.world.sign_up("Ada")
    lou = await desk.person("lead")
    asked = {"who": str(ada.user_id), "to": str(tmp_path / "export")}
    with pytest.raises(CommandRefused) as refused:
        await perform(app, "export.begin", asked)
    page = re.search(r"https://desk.example.org(/desk/seconds/\d+);", str(refused.value))
    assert page is not None
    shown = await lou.get(page[1])
    assert "petitbleu export user" in shown.words and f"Ada ({ada.user_id})" in shown.words
    assert "Command of the command line" in shown.words
    done = await lou.sign(f"{page[1]}/answer", {"answer": "agree", "reason": ""})
    assert done.status == 303, done.words
    begun = await perform(app, "export.begin", asked)
    assert (await perform(app, "export.step", begun))["finished"]
    assert ("operator", "command.export.begin", f"account:{ada.user_id}") in await actions(
        desk.world
    )
    with pytest.raises(CommandRefused, match="a second person agrees"):
        await perform(app, "export.begin", asked | {"to": str(tmp_path / "again")})
    log = await (await desk.person("dpo")).get("/desk/log")
    assert "petitbleu export user" in log.words


async def test_the_log_is_not_exported_page_by_page_without_an_agreement(desk: DeskSite) -> None:
    await desk.person("lead")
    for asked in ({}, {"case": "PB-2027-000001"}):
        with pytest.raises(CommandRefused, match="a second person agrees"):
            await perform(desk.world.app, "desk.audit.export", dict(asked))
    with pytest.raises(CommandRefused, match="begin the export again"):
        await perform(desk.world.app, "desk.audit.export", {"first": 0, "size": 5, "token": "x"})


async def test_a_refusal_names_the_case_of_the_report(world: World, tmp_path: Path) -> None:
    at = await place(world, tmp_path)
    await set_up_desk(world)
    number = case_numbers.parse(at.report) or 0
    before = await cases.get(world.app.store, number)
    told = len(await reports.listed(world.app))
    asked = {"kind": "remove", "report": at.report, "reason": "x"}
    with pytest.raises(CommandRefused, match=f"/desk/cases/{at.report}"):
        await perform(world.app, "measure.apply", asked)
    assert await cases.get(world.app.store, number) == before, "the case stands as it was"
    assert len(await reports.listed(world.app)) == told
    await world.settle()
    said = await ask(at.ada, "help")
    assert "led to a decision" not in said


def test_a_stopped_server_with_a_desk(tmp_path: Path) -> None:
    """Commands that two people agree to are refused by name; those of the desk as ever."""
    data = str(tmp_path / "data")
    (tmp_path / "data").mkdir()

    def petitbleu(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, [*words, "--data", data])
        return result.exit_code, result.output + result.stderr

    assert petitbleu("admin", "user", "add", "+33612345678")[0] == 0
    conn = sqlite3.connect(tmp_path / "data/petitbleu.sqlite")
    conn.execute(
        "insert into staff (name, email, language, roles, queues, measures, on_call, until,"
        " made_at, made_by) values ('L', 'l@x.org', 'en', 'lead', '', '', 0, 0, 1, 'operator')"
    )
    conn.execute(
        "insert into staff_passkey (credential, staff, public_key, print, counter, label,"
        " transports, synced, made_at, used_at, revoked_at)"
        " values (x'01', 1, x'01', x'01', 0, '', '', 0, 1, 0, 0)"
    )
    conn.commit()
    conn.close()
    file = tmp_path / "letter.txt"
    file.write_text("")
    for words in (
        ("desk", "audit", "export", str(tmp_path / "log")),
        ("desk", "templates", "set", "statement", "en", str(file)),
    ):
        code, said = petitbleu(*words)
        assert code == 1 and "no server runs" in said and "petitbleu serve" in said, said
    assert not (tmp_path / "log").exists()
    code, said = petitbleu(
        "admin", "measure", "apply", "suspend", "--account", "+33612345678", "--reason", "x"
    )
    assert code == 1 and "this instance has a desk" in said, said


# ── the service chat and jobs ───────────────────────────────────────────────────────────────────


def test_every_word_of_the_service_chat_and_every_job_that_touches_is_registered() -> None:
    domain.load_rooms()
    package.load_rooms()
    assert browsers  # the web client's door has a job, too
    known = {servicechat._commands[word].handler for word in commands.CHAT}
    assert {one.handler for one in servicechat._commands.values()} == known
    told = {*commands.JOBS, *(kind for kinds in commands.OTHER_JOBS.values() for kind in kinds)}
    messenger = {
        kind
        for kind, what in KINDS.items()
        if not what.handler.__module__.startswith("petitbleu.desk.")
    }
    assert housekeeping and messenger == told - {"evidence.copies"} and told <= set(KINDS)


async def said_to(client: Client) -> list[str]:
    return [one.message for one in await heard(client)]


async def test_what_is_written_to_the_service_chat_has_its_line(world: World) -> None:
    talk = await kit.talk(world)
    await talk.wrote("Une remarque.")
    owner = talk.channel.owner
    who = f"person:{owner.user_id}"
    await ask(owner, "page @mairie robots noindex")
    assert (who, "chat.page", f"chat:{talk.channel.peer}") in await actions(world)
    (one,) = await comments.waiting(world.app)
    await run(world)
    asked = next(text for text in await said_to(owner) if "Une remarque" in text)
    number = re.search(r"\b(\d+)\b", asked)
    assert number is not None
    before = await actions(world)
    await ask(owner, "page @mairie")
    assert await actions(world) == before, "reading one's own is no act"
    await ask(owner, f"no {number[1]}")
    new = (await actions(world))[len(before) :]
    assert (who, "chat.comment", f"comment:{one.row.id}") in new


async def test_jobs_write_the_line_of_what_they_do(world: World) -> None:
    ada = await world.sign_up("Ada")
    asked = {"kind": "restrict", "account": ada.phone, "reason": "x", "seconds": 60}
    number = (await perform(world.app, "measure.apply", asked))["number"]
    world.clock.advance(61)
    await run(world)
    assert ("system", "job.measure.end", number) in await actions(world)
    days = await ada.call(api.account.GetAccountTTL())
    world.clock.advance((days.days + 2) * DAY)
    await KINDS["deletion.idle"].handler(world.app, NoData())
    assert ("system", "job.account.delete", f"account:{ada.user_id}") in await actions(world)
    written = {action for _, action, _ in await actions(world)}
    assert "job.holds.prune" not in written, "nothing was held"
