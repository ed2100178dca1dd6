"""The log page: filters, the button that checks, the export that needs two."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from pathlib import Path

import pytest

from petitbleu import desk as package
from petitbleu.desk.records.audit import heads
from petitbleu.desk.workplace.pages import log
from petitbleu.desk.workplace.pages.texts import TEXTS
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.kit.desk import DeskSite
from tests.kit.trees import nodes

SCRIPT = Path(__file__).resolve().parents[4] / "examples/verify_journal.py"


async def test_lines_by_who_what_about_and_when(desk: DeskSite) -> None:
    dpo, tim = await desk.person("dpo"), await desk.person("triage")
    await tim.get("/desk/settings")
    page = await dpo.get("/desk/log?actor=staff:2&subject=/desk/settings")
    assert page.words.count("page seen") == 1
    assert "/desk/keys" not in page.words
    assert "No line fits" in (await dpo.get("/desk/log?action=never")).words
    assert "staff:2" in (await dpo.get("/desk/log?from=2027-01-15&to=2027-01-15")).words
    assert "No line fits" in (await dpo.get("/desk/log?to=2027-01-14")).words
    assert (await dpo.get("/desk/log?from=x")).status == 422
    last = (await desk.log())[-1]
    assert last.action == "log.view"
    assert json.loads(last.data) == {"to": "2027-01-14"}, "what was searched is in the log"
    assert (await tim.get("/desk/log")).status == 403


def _actions() -> set[str]:
    """Every action that the desk's code writes into the log as it stands there."""
    found: set[str] = set()
    for path in (Path(package.__file__).parent).rglob("*.py"):
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            name, given = ast.unparse(node.func), [ast.unparse(one) for one in node.args]
            if name != "audit.append" and "audit_line" in given:
                given = given[given.index("audit_line") :]
            elif name != "audit.append":
                given = []
            if len(given) > 3 and given[3].startswith(("'", '"')):
                found.add(ast.literal_eval(given[3]))
            if name == "page":
                found |= {
                    ast.literal_eval(one.value) for one in node.keywords if one.arg == "action"
                }
    return found - {""}


@pytest.mark.sources
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_was_done_is_said_in_words(lang: str) -> None:
    actions = _actions()
    assert {"sign-in", "rule.move", "search", "appeal.decide", "log.verify"} <= actions
    events = {f"case.{key[3:]}" for key in TEXTS[lang] if key.startswith("ev_")}
    same = {one for one in actions | events if log.did(TEXTS[lang], one) == one}
    assert same <= {"search", "refused"}, "words that are the code"


async def test_the_page_says_what_was_done_and_about_what(desk: DeskSite) -> None:
    dpo = await desk.person("dpo", "lead", language="fr")
    await dpo.get("/desk/queues")
    await dpo.get("/desk/routing")
    page = await dpo.get("/desk/log")
    rows = re.findall(r"<tr data-row>.*?</tr>", page.text, re.DOTALL)
    assert any(">page vue</a>" in row and ">Files d’attente</a>" in row for row in rows)
    assert any(">connexion</a>" in row for row in rows)
    assert "page vue" in (await dpo.get("/desk/log?action=view")).words


async def test_older_lines_are_a_page_away(desk: DeskSite) -> None:
    dpo = await desk.person("dpo")
    for _ in range(60):
        await dpo.get("/desk/settings")
    page = await dpo.get("/desk/log?subject=/desk/settings")
    older = page.text.partition("before=")[2].partition('"')[0]
    page = await dpo.get("/desk/log?before=" + older.replace("&amp;", "&"))
    assert page.text.count("data-row") == 10


async def edit(tx: Tx) -> None:
    await tx.run(query("update audit set subject = 'x' where n = 2"))


async def test_the_button_finds_an_edited_line(desk: DeskSite) -> None:
    dpo = await desk.person("dpo")
    assert "Verified:" in (await dpo.post("/desk/log/verify")).words
    await desk.world.app.store.write(edit)
    page = await dpo.post("/desk/log/verify")
    assert "Verification failed." in page.words and "Line 2 was changed" in page.words
    assert (await desk.actions())[-2:] == ["log.verify", "log.view"]


async def test_the_export_needs_a_second_person_and_counts_once(desk: DeskSite) -> None:
    dpo, lead = await desk.person("dpo"), await desk.person("lead")
    assert (await dpo.post("/desk/log/export/take")).status == 403
    page = await dpo.sign("/desk/log/export", {"why": "yearly audit"})
    path = page.headers["location"]
    assert (await dpo.sign(f"{path}/answer", {"answer": "agree"})).status == 422
    assert (await dpo.post("/desk/log/export/take")).status == 403
    read = await lead.get(path)
    assert "yearly audit" not in read.words, "the first one's reason is hidden"
    assert (await lead.sign(f"{path}/answer", {"answer": "agree"})).status == 303
    assert "yearly audit" in (await lead.get(path)).words
    assert (await lead.post("/desk/log/export/take")).status == 403, "the lead may not export"
    file = await dpo.post("/desk/log/export/take")
    assert file.headers["content-disposition"].startswith("attachment")
    spec = importlib.util.spec_from_file_location("verify_journal", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    verifier = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(verifier)
    assert verifier.check(file.text, heads.verifier(desk.world.app)).startswith("sound")
    assert (await dpo.post("/desk/log/export/take")).status == 403
    assert "log.export" in await desk.actions()


async def test_heads_are_published(desk: DeskSite) -> None:
    await desk.person("dpo")
    eve = desk.outsider()
    assert (await eve.get("/transparence/journal/checkpoint")).status == 404
    head = await heads.sign(desk.world.app)
    assert head is not None
    said = json.loads((await eve.get("/transparence/journal")).text)
    assert said["origin"] == "desk.example.org/journal"
    assert said["heads"][0]["note"] == head.note
    assert (await eve.get("/transparence/journal/checkpoint")).text == head.note
