"""The types that the web client is given."""

from __future__ import annotations

from pathlib import Path

from petitbleu.cli.dev_schema import client_types
from petitbleu.tl import schema as tl_schema
from petitbleu.tl.typescript import called, typescript

CLIENT = Path(__file__).parents[2] / "client/src"


def test_the_clients_file_is_fresh() -> None:
    _, stale = client_types(CLIENT)
    assert not stale, "run petitbleu dev schema typescript --write"


def test_only_what_is_called_and_can_come_back(tmp_path: Path) -> None:
    (tmp_path / "calls.ts").write_text(
        'call("messages.getDialogFilters", {}); say("chat.back"); call("messages.nothing")', "utf-8"
    )
    known = tl_schema.load()
    methods = called(tmp_path, known)
    assert methods == ["messages.getDialogFilters"]
    text = typescript(known, methods)
    assert '"messages.getDialogFilters": { params: {  }; result: messages_DialogFilters };' in text
    assert 'export interface messages_dialogFilters { _: "messages.dialogFilters"' in text
    assert "export interface updateNewMessage " in text, "updates can always come"
    assert "export interface account_password " not in text
    assert "sendMessage" not in text.partition("export interface Methods")[2]


def test_how_values_are_typed() -> None:
    text = typescript(tl_schema.load(), ["messages.getHistory", "messages.readHistory"])
    message = next(
        line for line in text.splitlines() if line.startswith("export interface message ")
    )
    assert "; id: number;" in message
    assert "; out?: boolean;" in message
    assert "; grouped_id?: Long;" in message
    assert "; entities?: MessageEntity[];" in message
    assert "flags" not in message
