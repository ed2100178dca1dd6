"""The report is counted from what happened: real cases, decisions, complaints and sign-ins."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from petitbleu.cli.desk_transparency import transparency
from petitbleu.control import CommandRefused, perform
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import misuse
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.transparency import report as reports
from petitbleu.desk.transparency import signing
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER, OTHER, STAFF, Scene, scene
from tests.desk.adjudication.decisions.test_misuse import strikes
from tests.desk.transparency import checker
from tests.kit.world import World

YEAR = "2027-01-01/2027-12-31"
ACT = "Number of orders to act against illegal content received"
KEY = "Category of illegal content"
OWN = "Number of measures taken at the provider's own initiative"


async def built(world: World, period: str = "2027", **more: Any) -> tuple[dict[str, Any], Any]:
    """The answer of the command, and the files by name."""
    answer = await perform(world.app, "desk.transparency.build", {"period": period} | more)
    files = {one["name"]: base64.b64decode(one["data"]) for one in answer["files"]}
    return answer, files


def rows(files: dict[str, bytes], part: int) -> list[dict[str, str]]:
    name = next(one for one in files if f"_Part_{part}_" in one)
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def row(files: dict[str, bytes], part: int, **wanted: str) -> dict[str, str]:
    found = [
        one for one in rows(files, part) if all(one[key] == value for key, value in wanted.items())
    ]
    assert len(found) == 1
    return found[0]


async def a_year(world: World) -> Scene:
    """One French order, one notice, one measure of our own, and a complaint that reverses."""
    at = await scene(world)
    order = await at.open(ORDER)
    receipt = CaseEvent("receipt", {"at": int(world.clock.now()) + 60, "language": "fr"})
    await world.app.store.write(cases.append, world.app, order, "system", receipt)
    world.clock.advance(3600)
    await at.decide(order, at.form(source="other", measures=[_limited(at)]))
    notice = await at.open(NOTICE, category="STATEMENT_CATEGORY_VIOLENCE")
    world.clock.advance(7200)
    taken = await at.decide(notice, at.form(measures=[_limited(at)]))
    own = await at.open(NOTICE | {"kind": "moderation_decision", "sender": "", "channel": "desk"})
    ours = at.form(source="own", ground="rule", measures=[_limited(at)])
    await at.decide(own, ours)
    await at.pass_time(700)
    lodged = await appeals.lodge(
        world.app, taken, at.ada.user_id, email="", text="It is a quotation, look.", language="en"
    )
    world.clock.advance(86_400)
    await appeals.decide(world.app, OTHER, lodged.number, "reverse", "Indeed.", command="r")
    await at.settle()
    return at


def _limited(at: Scene) -> dict[str, str]:
    return {"kind": "age_limit", "item": at.link()}


async def test_a_year_is_counted_from_what_happened(world: World) -> None:
    await a_year(world)
    answer, files = await built(world)
    assert checker.check(files) == []
    total = row(files, 3, **{KEY: "TOTAL", "Scope": "TOTAL"})
    assert total[ACT] == "1"
    assert total["Median time to give effect to the order to act against illegal content"] == "1"
    assert row(files, 3, **{KEY: "KEYWORD_TERRORIST_CONTENT", "Scope": "FR"})[ACT] == "1"
    notices = row(files, 4, **{KEY: "KEYWORD_TERRORIST_CONTENT"})
    assert notices["Number of notices received"] == "1", "the category of the decision counts"
    assert notices["Median time to take action"] == "2"
    assert notices["Number of actions taken on the basis of the law"] == "1"
    rules = rows(files, 6)[0]
    assert (rules[OWN], rules["Visibility restriction Labelled"]) == ("1", "1")
    assert rows(files, 5)[0][OWN] == "0", "orders and notices are no own initiative"
    upheld = row(
        files,
        7,
        Indicator="Complaint regarding a decision to remove or disable access to or restrict"
        " visibility of information",
        Scope="Decisions reversed",
    )
    assert upheld["Value"] == "1"
    assert answer["figures"]["complaints"] == 1
    assert answer["figures"]["automated"] == 0


@pytest.mark.sometimes(2)
async def test_the_same_data_give_the_same_bytes_and_building_changes_nothing(
    world: World,
) -> None:
    await a_year(world)
    first, files = await built(world)
    world.clock.advance(5)
    again, same = await built(world, period=YEAR)
    assert first["period"] == again["period"] == YEAR
    assert files == same


async def test_a_number_drills_down_to_its_cases(world: World) -> None:
    at = await a_year(world)
    asked = {"period": "2027", "part": 3, "row": 1, "column": ACT}
    found = await perform(world.app, "desk.transparency.cases", asked)
    assert found["value"] == 1
    [number] = found["cases"]
    case = case_numbers.parse(number)
    assert case is not None
    assert (await at.case(case)).kind == "dsa_art9_order"
    with pytest.raises(CommandRefused):
        await perform(world.app, "desk.transparency.cases", asked | {"row": 9999})


async def test_what_lies_outside_the_period_is_not_counted(world: World) -> None:
    await a_year(world)
    _, files = await built(world, period="2026")
    assert rows(files, 4)[0]["Number of notices received"] == "0"
    assert rows(files, 7)[0]["Value"] == "0"


@pytest.mark.parametrize("period", ["", "26", "2027-13", "2027-02-01/2027-01-01", "2027/2028"])
async def test_a_period_that_is_none_is_refused(world: World, period: str) -> None:
    with pytest.raises(CommandRefused, match="is no period"):
        await built(world, period=period)


# ── recipients ──────────────────────────────────────────────────────────────────────────────────


async def test_who_is_active_counts_once_a_month(world: World) -> None:
    ada = await world.sign_up("Ada")
    bo = await world.sign_up("Bo")
    again = await world.sign_in(ada.phone)
    for client in (ada, again, bo):
        await client.call(api.updates.GetState())
    world.clock.advance(31 * 86_400)
    await again.call(api.updates.GetState())
    await ada.call(api.updates.GetState())
    await world.settle()
    _, files = await built(world)
    total = row(files, 10, Scope="TOTAL")
    assert total["Value"] == "2", "(2 + 1) / 2, rounded"


# ── exemptions and publishing ───────────────────────────────────────────────────────────────────


async def test_a_small_enterprise_may_publish_what_it_need_not(world: World) -> None:
    await directory.set_operator(world.app, {"micro_or_small": True}, "operator")
    wanted = {
        "Indicator": "Number of complaints submitted to the internal-complaints mechanism",
        "Scope": "Decisions reversed",
    }
    answer, files = await built(world)
    assert row(files, 7, **wanted)["Value"] == ""
    assert any("need not publish" in note for note in answer["notes"])
    _, files = await built(world, exempt=True)
    assert row(files, 7, **wanted)["Value"] == "0"


async def test_the_operators_own_words_stand_in_part_11(world: World) -> None:
    given = {"transparency_texts": {"automated_means": "We use a tea leaf reader."}}
    await directory.set_operator(world.app, given, "operator")
    _, files = await built(world)
    texts = [one["Value"] for one in rows(files, 11)]
    assert "We use a tea leaf reader." in texts
    assert all(texts[:6]), "the six texts of every provider are filled"
    assert not any(texts[6:]), "those of very large platforms are blank"


async def test_publishing_freezes_and_signs(world: World) -> None:
    await a_year(world)
    with pytest.raises(CommandRefused, match="not over"):
        await perform(world.app, "desk.transparency.publish", {"period": "2027"})
    world.clock.advance(380 * 86_400)
    made = await perform(world.app, "desk.transparency.publish", {"period": "2027"})
    assert made["version"] == 1
    sums = await reports.published_file(world.app, YEAR, 1, reports.LIST)
    assert sums is not None
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signing.public(world.app)))
    signature = bytes.fromhex(made["signature"])
    public.verify(signature, reports.signed_text(YEAR, 1, sums))
    with pytest.raises(InvalidSignature):
        public.verify(signature, reports.signed_text(YEAR, 2, sums))
    files = {
        line.split()[1]: await reports.published_file(world.app, YEAR, 1, line.split()[1])
        for line in sums.decode().splitlines()
    }
    assert len(files) == 12
    assert checker.check({name: data for name, data in files.items() if data}) == []
    dates = {one["Indicator"]: one["Value"] for one in rows(files, 1)}  # type: ignore[arg-type]
    assert dates["Date of the publication of the report"].startswith("2028-")
    with pytest.raises(CommandRefused, match="say what is corrected"):
        await perform(world.app, "desk.transparency.publish", {"period": "2027"})
    why = {"period": "2027", "why": "One order was counted twice."}
    assert (await perform(world.app, "desk.transparency.publish", why))["version"] == 2
    listed = (await perform(world.app, "desk.transparency.list", {}))["reports"]
    assert [one["version"] for one in listed] == [2, 1], "all versions stay"


def test_the_command_line_writes_eleven_parts_and_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "petitbleu.toml").write_text("dev = true\n")
    arguments = ["build", "--data", str(tmp_path / "data"), "--period", "2026", "--json"]
    result = CliRunner().invoke(transparency, [*arguments, "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert checker.check(files) == []
    assert sum(name.endswith(".csv") for name in files) == 11
    assert sum(name.endswith(".xlsx") for name in files) == 1
    assert "report.html" in files
    wrong = CliRunner().invoke(transparency, [*arguments[:-3], "--period", "soon"])
    assert wrong.exit_code != 0
    assert "is no period" in wrong.output


ALL = "Number of complaints submitted to the internal-complaints mechanism"
ACCOUNT = "Complaint regarding a decision to suspend or terminate an account"


async def test_objections_to_suspensions_count_among_the_complaints(world: World) -> None:
    at = await a_year(world)
    content = await _objected(at, misuse.person(at.ada.user_id), misuse.CONTENT, days=30)
    await appeals.answer_objection(world.app, OTHER, content, ends=True, text="It was not you.")
    address = misuse.address("notifier@people.example")
    await _objected(at, address, misuse.NOTICE, days=14)
    await at.settle()
    answer, files = await built(world)
    assert checker.check(files) == []

    def value(indicator: str, scope: str) -> str:
        return row(files, 7, Indicator=indicator, Scope=scope)["Value"]

    scopes = ("Total number", "Decisions upheld", "Decisions reversed", "Median time")
    assert [value(ALL, scope) for scope in scopes] == ["3", "0", "2", "13"]
    assert [value(ACCOUNT, scope) for scope in scopes] == ["1", "0", "1", "2"]
    assert answer["figures"]["complaints"] == 3
    asked = {"period": "2027", "part": 7, "column": "Value"}
    place = 1 + [(one["Indicator"], one["Scope"]) for one in rows(files, 7)].index(
        (ACCOUNT, "Total number")
    )
    found = await perform(world.app, "desk.transparency.cases", asked | {"row": place})
    assert found["cases"] == [case_numbers.text(content)]


async def _objected(at: Scene, who: str, kind: str, *, days: int) -> int:
    """Suspend somebody who went on after a warning; the case of their objection two hours old."""
    for step in (misuse.warn, None):
        for _ in range(3 if step else 1):
            if kind == misuse.CONTENT:
                case = await strikes(at, 1)
            else:
                case = await at.open(NOTICE)
                form = at.form(outcome="no_action", measures=[], unfounded="yes", manifest="yes")
                await at.decide(case, form)
        if step is not None:
            await step(at.world.app, STAFF, who, kind, case=case)
            at.world.clock.advance(60)
    made = await misuse.suspend(
        at.world.app, STAFF, who, kind, case=case, reason="Again and again", days=days
    )
    lodged = await appeals.object_to(
        at.world.app, made, email="", text="That was somebody else, look.", language="en"
    )
    at.world.clock.advance(7200)
    return lodged.number
