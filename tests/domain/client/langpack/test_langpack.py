"""Language packs: correct, versioned, empty."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.domain.client.langpack.service import VERSION
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


@pytest.fixture
async def client(sqlite_store: Store, tmp_path: Path) -> AsyncIterator[Client]:
    """A client before login: packs are asked for first of all."""
    yield World(sqlite_store, tmp_path).connect()


@pytest.mark.parametrize("code", ["fr", "pt-br", "zh-hans-raw", "en"])
async def test_a_pack_is_empty_and_has_a_version(client: Client, code: str) -> None:
    pack = await client.call(api.langpack.GetLangPack(lang_pack="android", lang_code=code))
    assert pack == api.LangPackDifference(
        lang_code=code, from_version=0, version=VERSION, strings=[]
    )
    for since in (0, VERSION, VERSION + 5):  # TDLib wants it back as it asked
        asked = api.langpack.GetDifference(lang_pack="android", lang_code=code, from_version=since)
        assert (await client.call(asked)).from_version == since
    strings = api.langpack.GetStrings(lang_pack="android", lang_code=code, keys=["A"])
    assert await client.call(strings) == []


async def test_the_languages_are_those_of_the_setting(client: Client) -> None:
    found = await client.call(api.langpack.GetLanguages(lang_pack="tdesktop"))
    assert [(one.lang_code, one.name, one.native_name) for one in found] == [
        ("fr", "French", "Français"),
        ("en", "English", "English"),
    ]


async def test_a_single_language(client: Client) -> None:
    asked = api.langpack.GetLanguage(lang_pack="webk", lang_code="ar")
    found = await client.call(asked)
    assert (found.lang_code, found.name, found.plural_code, found.rtl) == (
        "ar",
        "Arabic",
        "ar",
        True,
    )


@pytest.mark.parametrize(
    ("pack", "code", "error"),
    [
        ("android", "tlh-qq", "LANG_CODE_NOT_SUPPORTED"),
        ("android", "", "LANG_CODE_NOT_SUPPORTED"),
        ("android", "x" * 500, "LANG_CODE_NOT_SUPPORTED"),
        ("../etc", "fr", "LANG_PACK_INVALID"),
        ("", "fr", "LANG_PACK_INVALID"),
    ],
)
async def test_unknown_packs_and_languages_are_refused(
    client: Client, pack: str, code: str, error: str
) -> None:
    with pytest.raises(RpcFault, match=error):
        await client.call(api.langpack.GetLangPack(lang_pack=pack, lang_code=code))
