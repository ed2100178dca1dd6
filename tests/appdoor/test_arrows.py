"""Who may import the door, and where updates are written for those who are pushed them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from petitbleu.cli import structure
from tests.kit.trees import nodes

pytestmark = pytest.mark.sources

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "petitbleu"


def _sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_only_run_imports_the_door() -> None:
    importers = {
        path.relative_to(PACKAGE).parts[0]
        for path in _sources()
        for _, name in structure.imports(path)
        if name.startswith("petitbleu.appdoor")
    }
    assert importers == {"appdoor", "run"}


def _calls(path: Path, name: str) -> list[ast.Call]:
    return [
        node
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    ]


def test_what_is_pushed_is_made_in_one_place() -> None:
    """Whoever pushes to a session takes the bytes from ``rpc.links.encoded``: a session that speaks
    JSON would be sent bytes of TL by any other way."""
    pushers = {
        str(path.relative_to(PACKAGE)): path
        for path in _sources()
        if path.relative_to(PACKAGE).parts[0] in ("domain", "desk", "rpc", "run", "web")
        and any(
            isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("link")
            for call in _calls(path, "push")
        )
    }
    assert set(pushers) == {
        "domain/registration/auth/rpc_tokens.py",
        "domain/updates/fanout.py",
        "domain/updates/fanout_remote.py",
        "domain/updates/fanout_stream.py",
    }
    pushers["fanout_together"] = PACKAGE / "domain/updates/fanout_together.py"
    for path in pushers.values():
        assert _calls(path, "encoded"), path
        named = {ast.unparse(node) for node in nodes(path) if isinstance(node, ast.Attribute)}
        assert not {one for one in named if one.startswith("codec.")}, path


def test_only_links_makes_what_is_pushed() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix() for path in _sources() if _calls(path, "encode_push")
    }
    assert makers == {"rpc/links.py"}
