"""What was done to a log is found: by ``desk audit verify``, and by the stand-alone verifier."""

from __future__ import annotations

import ast
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.reconciliation import service as reconciliation
from petitbleu.desk.reconciliation.process import PLAIN
from petitbleu.desk.records.audit import export, heads, merkle, notes
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit.notes import BadNote, Checkpoint
from petitbleu.desk.records.witnesses import service as witnesses
from petitbleu.jobs import KINDS, NoData
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.kit.world import World

SCRIPT = Path(__file__).resolve().parents[4] / "examples/verify_journal.py"
CASE = "PB-2026-000007"


def alone() -> ModuleType:
    """The stand-alone verifier."""
    spec = importlib.util.spec_from_file_location("verify_journal", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Verified(NamedTuple):
    """What comparing finds wrong with the log itself."""

    size: int
    heads: int
    root: str
    problem: str | None

    @property
    def sound(self) -> bool:
        return self.problem is None


async def verified(world: World) -> Verified:
    """By a process of its own, as the command does it."""
    found = await reconciliation.compare(world.app)
    problems = found.problems[PLAIN]
    return Verified(found.size, found.heads, found.root, problems[0] if problems else None)


@pytest.fixture
async def world(world: World) -> World:
    """With a log of 40 lines, signed after 13, 26 and 39."""
    for n in range(40):
        data = {"n": n, "wörter": ["é", "\u2028", '"', "😀"]}
        subject = CASE if n % 3 == 0 else f"staff:{n % 4}"
        await world.app.store.write(
            audit.append, world.app, f"staff:{n % 5}", "view", subject, data
        )
        if n % 13 == 12:
            await heads.sign(world.app)
    return world


async def write(tx: Tx, sql: str) -> None:
    await tx.run(query(sql))


async def rechain(tx: Tx, first: int) -> None:
    """What somebody does who knows how lines are chained: makes all later hashes fit again."""
    chain = audit.ORIGIN
    for row in await tx.rows(_ALL):
        leaf = audit.leaf(row[0], row[1], row[2], row[3], row[4], row[5])
        chain = audit.chained(chain, leaf)
        if row[0] >= first:
            await tx.run(_CHAIN, n=row[0], chain=chain)
    await tx.run(_END, chain=chain)


_ALL = query("select n, at, actor, action, subject, data from audit order by n")
_CHAIN = query("update audit set chain = :chain where n = :n")
_END = query("update audit_head set chain = :chain where id = 1")


async def test_an_untouched_log_is_sound(world: World) -> None:
    found = await verified(world)
    assert found.problem is None
    assert (found.size, found.heads) == (40, 3)
    said = await perform(world.app, "desk.audit.verify", {})
    assert (said["ok"], said["lines"], said["heads"]) == (True, 40, 3)
    assert (said["root"], said["problem"]) == (found.root, None)


SWAP = (
    "update audit set n = -1 where n = 20",
    "update audit set n = 20 where n = 21",
    "update audit set n = 21 where n = -1",
)


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (("update audit set subject = 'x' where n = 20",), "line 20 was changed"),
        (("update audit set actor = 'staff:9' where n = 0",), "line 0 was changed"),
        (("update audit set at = at + 1 where n = 39",), "line 39 was changed"),
        (("delete from audit where n = 20",), "line 20 is missing"),
        (("delete from audit where n = 39",), "line 39 is missing"),
        (("delete from audit where n = 0",), "line 0 is missing"),
        (SWAP, "line 20 was changed, or stands in another’s place"),
        (("update audit_head set size = 39",), "ends elsewhere"),
        (("update audit_signed set size = 27 where size = 26",), "says something else"),
    ],
)
async def test_a_changed_log_is_found(world: World, changes: tuple[str, ...], words: str) -> None:
    for sql in changes:
        await world.app.store.write(write, sql)
    assert words in str((await verified(world)).problem)


async def test_a_log_whose_chain_was_made_to_fit_again_does_not_fit_its_heads(
    world: World,
) -> None:
    await world.app.store.write(write, "update audit set subject = 'x' where n = 20")
    await world.app.store.write(rechain, 20)
    found = await verified(world)
    assert str(found.problem) == "the first 26 lines are not those that were signed"


async def test_cutting_lines_off_with_their_counters_is_found(world: World) -> None:
    await world.app.store.write(write, "delete from audit where n >= 30")
    await world.app.store.write(write, "update audit_head set size = 30 where id = 1")
    await world.app.store.write(rechain, 30)
    assert "39 lines were signed, 30 are there" in str((await verified(world)).problem)


async def test_a_forged_head_is_found(world: World) -> None:
    head = await heads.newest(world.app)
    assert head is not None
    forged = notes.sign(
        Checkpoint(heads.origin(world.app), head.size, head.root), Ed25519PrivateKey.generate()
    )
    await world.app.store.write(_forge, note=forged, size=head.size)
    assert "not signed by this log" in str((await verified(world)).problem)


async def _forge(tx: Tx, note: str, size: int) -> None:
    await tx.run(query("update audit_signed set note = :n where size = :s"), n=note, s=size)


async def test_nothing_is_signed_on_top_of_changed_lines(world: World) -> None:
    app = world.app
    await app.store.write(write, "update audit set subject = 'x' where n = 39")
    app.config = msgspec.structs.replace(
        app.config, desk=msgspec.structs.replace(app.config.desk, dpo="dpo@example.org")
    )
    await KINDS["audit.sign"].handler(app, NoData())
    assert [one["event"] for one in world.errors] == ["audit.unsound"]
    world.errors.clear()
    assert "abîmé ou modifié" in world.mail.sent[-1].subject
    assert "n’est plus intact. La ligne 39 a été modifiée" in world.mail.sent[-1].text
    newest = await heads.newest(app)
    assert newest is not None
    assert newest.size == 39
    with pytest.raises(CommandRefused, match="line 39 was changed"):
        await perform(app, "desk.audit.head", {})


async def test_heads_are_signed_hourly_and_mailed_daily(world: World) -> None:
    app = world.app
    await KINDS["audit.sign"].handler(app, NoData())
    await KINDS["audit.sign"].handler(app, NoData())
    head = await heads.newest(app)
    assert head is not None
    assert head.size == 40
    assert (KINDS["audit.sign"].every, KINDS["audit.mail"].every) == (3600, 86_400)
    await KINDS["audit.mail"].handler(app, NoData())
    assert world.mail.sent == []
    app.config = msgspec.structs.replace(
        app.config, desk=msgspec.structs.replace(app.config.desk, dpo="dpo@example.org")
    )
    await KINDS["audit.mail"].handler(app, NoData())
    assert world.mail.sent[-1].to == "dpo@example.org"
    assert head.note in world.mail.sent[-1].text
    assert heads.verifier(app) in world.mail.sent[-1].text
    assert (await witnesses.published(app))["heads"][0]["note"] == head.note


def test_a_note_is_as_c2sp_describes_it() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    note = notes.sign(Checkpoint("desk.example.org/journal", 7, bytes(32)), key)
    text, signature = note.split("\n\n")
    assert text == f"desk.example.org/journal\n7\n{'A' * 43}="
    assert signature.startswith("— desk.example.org/journal ")
    assert signature.endswith("\n")
    public = key.public_key()
    assert notes.check(note, "desk.example.org/journal", public).size == 7
    for bad in (note.replace("\n7\n", "\n8\n"), text, "", note.replace("— ", "- "), note[:-9]):
        with pytest.raises(BadNote):
            notes.check(bad, "desk.example.org/journal", public)
    with pytest.raises(BadNote):
        notes.check(note, "other/journal", public)


async def test_heads_signed_under_an_earlier_address_still_count(world: World) -> None:
    app = world.app
    app.config = msgspec.structs.replace(app.config, public_url="https://new.example.org")
    await world.app.store.write(audit.append, app, "operator", "test", "moved")
    await heads.sign(app)
    assert (await verified(world)).problem is None
    rows = await exported(world)
    assert alone().check(text(rows), heads.verifier(app)).endswith("new.example.org/journal")


# ── the stand-alone verifier ────────────────────────────────────────────────────────────────────


async def exported(world: World) -> list[dict[str, Any]]:
    return [json.loads(row) async for row in export.whole(world.app, "operator")]


def text(rows: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def test_the_stand_alone_verifier_imports_nothing_of_the_product() -> None:
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not any(name.startswith("petitbleu") for name in names)


async def test_an_export_is_sound_for_the_stand_alone_verifier(world: World) -> None:
    kept = await heads.newest(world.app)
    assert kept is not None
    rows = await exported(world)
    said = alone().check(text(rows), heads.verifier(world.app), [kept.note])
    assert said == "sound: 41 lines, 4 signed heads of localhost/journal"


def edited(rows: list[dict[str, Any]]) -> None:
    rows[21]["data"] = rows[21]["data"].replace("20", "21")


def removed(rows: list[dict[str, Any]]) -> None:
    del rows[21]


def swapped(rows: list[dict[str, Any]]) -> None:
    rows[21], rows[22] = rows[22], rows[21]


def renumbered(rows: list[dict[str, Any]]) -> None:
    swapped(rows)
    rows[21]["n"], rows[22]["n"] = 20, 21


def rehashed(rows: list[dict[str, Any]]) -> None:
    rows[21]["subject"] = "x"
    chain = bytes(32)
    for row in rows[1:]:
        if "n" in row:
            chain = alone().sha256(chain + alone().leaf_of(row))
            row["chain"] = chain.hex()


def cut(rows: list[dict[str, Any]]) -> None:
    rows[:] = [row for row in rows if row.get("n", 0) < 30]


def forged(rows: list[dict[str, Any]]) -> None:
    key = Ed25519PrivateKey.generate()
    rows[-1]["head"] = notes.sign(Checkpoint("localhost/journal", 41, bytes(32)), key)


def headless(rows: list[dict[str, Any]]) -> None:
    rows[:] = [row for row in rows if "head" not in row]


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edited, "line 20 was changed"),
        (removed, "line 20 is missing"),
        (swapped, "line 20 is missing, or lines were swapped"),
        (renumbered, "line 20 was changed"),
        (rehashed, "the first 26 lines are not those that were signed"),
        (cut, "lines were signed, 30 are there"),
        (forged, "not signed by this key"),
        (headless, "no signed head"),
    ],
)
async def test_the_stand_alone_verifier_finds_what_was_done_to_an_export(
    world: World, change: Callable[[list[dict[str, Any]]], None], words: str
) -> None:
    rows = await exported(world)
    change(rows)
    verifier = alone()
    with pytest.raises(verifier.Wrong, match=words):
        verifier.check(text(rows))


async def test_a_log_signed_anew_does_not_fit_a_head_that_was_kept(world: World) -> None:
    """Even who holds the key cannot change what was published."""
    app, kept = world.app, await heads.newest(world.app)
    assert kept is not None
    await app.store.write(write, "update audit set subject = 'x' where n = 20")
    await app.store.write(rechain, 20)
    await app.store.write(write, "delete from audit_signed")
    rows = await exported(world)
    verifier = alone()
    verifier.check(text(rows))
    with pytest.raises(verifier.Wrong, match="the first 39 lines are not those"):
        verifier.check(text(rows), heads.verifier(app), [kept.note])
    with pytest.raises(verifier.Wrong, match="another key"):
        other = notes.verifier("localhost/journal", Ed25519PrivateKey.generate().public_key())
        verifier.check(text(rows), other)


async def test_one_case_is_exported_with_proofs(world: World) -> None:
    found = await perform(world.app, "desk.audit.export", {"case": CASE})
    rows = [found["begin"], *found["lines"], *found["heads"]]
    assert len(found["lines"]) == 14
    verifier = alone()
    assert verifier.check(text(rows)).startswith("sound: 14 lines, 1 signed heads")
    rows[3]["action"] = "decide"
    with pytest.raises(verifier.Wrong, match="line 6 was changed"):
        verifier.check(text(rows))
    said = await perform(world.app, "desk.audit.verify", {"case": CASE})
    assert len(said["case_lines"]) == 14
    assert all(row["proven"] for row in said["case_lines"])
    with pytest.raises(CommandRefused, match="no number of a case"):
        await perform(world.app, "desk.audit.verify", {"case": "x"})


async def test_proofs_can_be_asked_for_one_by_one(world: World) -> None:
    app = world.app
    old = (await heads.signed(app))[1]
    one = await perform(app, "desk.audit.prove", {"line": 17})
    path = [bytes.fromhex(step) for step in one["proof"]]
    root = bytes.fromhex(one["root"])
    assert merkle.included(bytes.fromhex(one["leaf"]), 17, one["size"], path, root)
    grown = await perform(app, "desk.audit.prove", {"since": old.size})
    path = [bytes.fromhex(step) for step in grown["proof"]]
    assert merkle.consistent(old.size, grown["size"], path, old.root, root)
    for wrong in ({"line": one["size"]}, {"since": one["size"] + 1}):
        with pytest.raises(CommandRefused, match="the signed log has 40 lines"):
            await perform(app, "desk.audit.prove", wrong)


@pytest.mark.parametrize("junk", ["", "x", "[]", "{}", '{"format": "petitbleu journal 1"}', "3"])
def test_junk_is_no_export(junk: str) -> None:
    verifier = alone()
    with pytest.raises(verifier.Wrong, match="no export"):
        verifier.check(junk)
