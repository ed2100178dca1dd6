"""The rules of schema/limits.toml: what operators change, what they read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from petitbleu import limitrules
from petitbleu.cli.dev_config import LIMITS
from petitbleu.cli.main import cli
from petitbleu.config import Limits
from petitbleu.resources import schema_text
from petitbleu.run.config import FILE, ConfigError, load
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import RpcFault, World, running

ROOT = Path(__file__).resolve().parents[1]


def loaded(folder: Path, toml: str = "", **env: str) -> Limits:
    if toml:
        (folder / FILE).write_text(toml)
    return load(folder, {}, env).limits


CHANGED = """
[limits]
connections = 7
[limits.memory.send]
rate = 50
[limits.durable.signup_ip]
count = 500
[limits.durable.code_ip]
seconds = 60
[limits.daily.people_added]
count = 3000
"""


def test_workers_together_allow_what_one_allows() -> None:
    rules = limitrules.load_rules(Limits()).memory
    code = rules["code"]
    assert code.divided(1) is code
    alone = int(1 + code.tolerance / code.interval)
    for workers in (2, 3, 7, 100):
        each = code.divided(workers)
        burst = round(1 + each.tolerance / each.interval)
        assert burst >= limitrules.ONE_PERSON, "one person signs in at any of them without a wait"
        assert burst * workers <= max(alone, limitrules.ONE_PERSON * workers)
        assert workers / each.interval == pytest.approx(1 / code.interval)


def test_changes_are_taken_by_name_and_the_rest_stays(tmp_path: Path) -> None:
    before = limitrules.load_rules(Limits())
    limits = loaded(tmp_path, CHANGED, PETITBLEU_LIMITS__DAILY__GROUPS_MADE__COUNT="31")
    after = limitrules.load_rules(limits)
    assert limits.connections == 7
    assert after.memory["send"].interval == 1 / 50
    assert after.memory["send"].tolerance == 200 / 50  # the burst is what it was
    rule = after.durable["signup_ip"]
    assert (rule.interval, rule.interval + rule.tolerance) == (86_400_000 // 500, 86_400_000)
    assert after.durable["code_ip"].interval == 60_000 // 30
    assert after.daily["people_added"] == 3000 and after.daily["groups_made"] == 31
    for kind in ("memory", "durable", "daily"):
        was, now = getattr(before, kind), getattr(after, kind)
        changed = {name for name in was if was[name] != now[name]}
        assert (
            changed
            == {
                "memory": {"send"},
                "durable": {"signup_ip", "code_ip"},
                "daily": {"people_added", "groups_made"},
            }[kind]
        )


@pytest.mark.parametrize(
    ("toml", "env", "said"),
    [
        (
            "[limits.daily.people_aded]\ncount = 5",
            {},
            "limits.daily.people_aded: there is no such rule (did you mean"
            " limits.daily.people_added?)",
        ),
        (
            "[limits.durable.people_added]\ncount = 5",
            {},
            "limits.durable.people_added: there is no such rule (did you mean"
            " limits.daily.people_added?)",
        ),
        ("[limits.daily.people_added]\ncount = 0", {}, "limits.daily.people_added.count: expected"),
        ("[limits.daily.people_added]\ncount = 'many'", {}, "expected int"),
        ("[limits.memory.send]\nrate = 0", {}, "limits.memory.send.rate: expected"),
        (
            "[limits.daily.people_added]\nseconds = 60",
            {},
            "limits.daily.people_added.seconds: no such setting",
        ),
        ("[limits.daily]\npeople_added = 7", {}, "limits.daily.people_added: expected"),
        ("[limits]\ndaily = 7", {}, "limits.daily: expected"),
        ("", {"PETITBLEU_LIMITS__DAILY__PEOPLE_ADED__COUNT": "5"}, "there is no such rule"),
        ("", {"PETITBLEU_LIMITS__DAILY__PEOPLE_ADDED__COUNT": "0"}, "expected `int` >= 1"),
        ("", {"PETITBLEU_LIMITS__DAILY__PEOPLE_ADDED": "5"}, "no such setting"),
        ("", {"PETITBLEU_LIMITS__DAILY": "5"}, "no such setting"),
        ("", {"PETITBLEU_LIMITS__DAILY__PEOPLE_ADDED__SECONDS": "5"}, "no such setting"),
    ],
)
def test_a_wrong_change_is_one_sentence_that_names_it(
    tmp_path: Path, toml: str, env: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, toml, **env)
    sentence = str(refused.value)
    assert said.replace("`", "") in sentence.replace("`", ""), sentence
    assert "\n" not in sentence


async def test_a_change_holds_for_whoever_calls(store: Store, tmp_path: Path) -> None:
    limits = loaded(
        tmp_path, "[limits.daily.groups_made]\ncount = 2\n[limits.memory.typing]\nrate=1"
    )
    async with running(World(store, tmp_path, limits=limits)) as world:
        client = await world.sign_up()
        client.link.ip = "203.0.113.5"
        made: Any = api.channels.CreateChannel(title="G", about="", megagroup=True)
        for _ in range(2):
            await client.call(made)
        with pytest.raises(RpcFault, match="FLOOD_WAIT_"):
            await client.call(made)


# ── the page ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_for_operators_is_current() -> None:
    document = (ROOT / LIMITS).read_text("utf-8")
    assert document == limitrules.page(), "run petitbleu dev limits --write"


def test_the_page_names_every_rule_with_what_whom_how_much_and_why() -> None:
    page = limitrules.page()
    data = tomllib.loads(schema_text("limits.toml"))
    every = {f"{kind}.{name}" for kind, rules in data.items() for name in rules}
    assert {f"{text.kind}.{text.name}" for text in limitrules.texts()} == every
    for text in limitrules.texts():
        assert all(text), text
        assert page.count(f"| `{text.kind}.{text.name}` |") == 1
    assert set(data) == set(limitrules.KINDS)
    names = [name for rules in data.values() for name in rules]
    assert len(names) == len(set(names))  # a name alone says which rule is meant


def test_the_command_writes_and_checks_the_page(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["dev", "limits", "--check"]).exit_code == 1
    LIMITS.parent.mkdir(parents=True)
    assert CliRunner().invoke(cli, ["dev", "limits", "--write"]).exit_code == 0
    assert CliRunner().invoke(cli, ["dev", "limits", "--check"]).exit_code == 0
    LIMITS.write_text("# Limits\n")
    refused = CliRunner().invoke(cli, ["dev", "limits", "--check"])
    assert refused.exit_code == 1 and "petitbleu dev limits --write" in refused.output
    assert CliRunner().invoke(cli, ["dev", "limits"]).output == limitrules.page()


def test_every_rule_is_used_and_every_rule_that_is_used_exists() -> None:
    source = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "src" / "petitbleu").rglob("*.py")
    )
    for text in limitrules.texts():
        assert f'"{text.name}"' in source, text.name
