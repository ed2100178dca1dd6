"""What a start costs: which modules it imports, what it reads and what it leaves for the next one.
No measured time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from petitbleu.config import Config
from petitbleu.errors import LocalFault
from petitbleu.keys import RsaKey, RsaKeys
from petitbleu.run.instance import opened

LIGHT = {
    "Stemmer", "anyio", "babel", "click", "cryptg", "cryptography", "gmpy2", "greenlet",
    "httptools", "jinja2", "markupsafe", "msgspec", "nh3", "petitbleu", "prometheus_client",
    "python_multipart", "sniffio", "starlette", "structlog", "typing_extensions",
    "uvicorn", "uvloop", "websockets",
}  # fmt: skip
"""What a start may import. Libraries that take long and that only some work needs (pillow,
weasyprint, holidays, phonenumbers, webauthn, asyncpg, aiohttp, ...) are imported by that work."""

LOADED = """
import sys
from petitbleu.cli import serve
from petitbleu.run import main
from petitbleu import desk, domain
domain.load_rooms()
desk.load_rooms()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""

READ = (
    LOADED.rpartition("print")[0]
    + """
from petitbleu import catalogues
print(catalogues.entries.cache_info().misses)
"""
)

SERVED = """
import sys, types
from petitbleu.cli.main import cli
stub = types.ModuleType("petitbleu.run.main")
def run(config, **flags):
    import petitbleu.domain.communities.chats.flags
stub.run = run
sys.modules["petitbleu.run.main"] = stub
cli(["serve", "--data", sys.argv[1]])
"""


def python(code: str, *words: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_catalogue_is_read_before_a_text_of_it_is_asked_for() -> None:
    assert python(READ).strip() == "0"


def test_a_start_imports_no_heavy_library() -> None:
    known = set(sys.stdlib_module_names) | LIGHT
    others = {name for name in python(LOADED).split() if not name.startswith("_")} - known
    assert others <= {"cython_runtime"}


def test_a_start_leaves_bytecode_for_the_next_one(tmp_path: Path) -> None:
    """Also where the environment says that imports write none."""
    kept = tmp_path / "bytecode"
    python(
        SERVED,
        str(tmp_path / "data"),
        PYTHONDONTWRITEBYTECODE="1",
        PYTHONPYCACHEPREFIX=str(kept),
    )
    assert list(kept.rglob("flags.*.pyc"))


async def test_a_start_reads_each_key_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    RsaKeys.load_or_create(folder)
    RsaKeys.rotate(folder)
    async with opened(Config(data=tmp_path), structlog.get_logger()):
        pass  # the first start also proves the keys, of which the database knows nothing yet
    read: list[int] = []
    from_pem = RsaKey.from_pem.__func__  # type: ignore[attr-defined]

    def counted(cls: type[RsaKey], data: bytes, number: int = 1) -> RsaKey:
        read.append(number)
        return from_pem(cls, data, number)  # type: ignore[no-any-return]

    monkeypatch.setattr(RsaKey, "from_pem", classmethod(counted))
    async with opened(Config(data=tmp_path), structlog.get_logger()):
        pass
    assert sorted(read) == [1, 2]


@pytest.mark.parametrize("part", range(6))
def test_a_key_whose_numbers_do_not_fit_is_refused(part: int) -> None:
    key = RsaKey.generate()
    assert key.is_sound()
    parts = list(key._parts)
    parts[part] += 2
    key._parts = tuple(parts)  # type: ignore[assignment]
    assert not key.is_sound()


def test_a_damaged_key_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = RsaKey.generate().private_pem()
    monkeypatch.setattr(RsaKey, "is_sound", lambda self: False)
    with pytest.raises(LocalFault, match="damaged"):
        RsaKey.from_pem(pem)
