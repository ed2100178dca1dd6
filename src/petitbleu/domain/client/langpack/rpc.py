"""TL methods of language packs (core.telegram.org/api/translations)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.client.langpack import service
from petitbleu.domain.client.langpack.service import Language
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api


@rpc("langpack.getLangPack", who=ANYONE)
async def get_lang_pack(ctx: Ctx, q: api.langpack.GetLangPack) -> api.LangPackDifference:
    return _difference(q.lang_pack, q.lang_code, 0)


@rpc("langpack.getDifference", who=ANYONE)
async def get_difference(ctx: Ctx, q: api.langpack.GetDifference) -> api.LangPackDifference:
    try:
        service.language(q.lang_code)
    except Fault:  # of a language there is no error of its own here
        raise Fault("LANG_PACK_INVALID") from None
    return _difference(q.lang_pack, q.lang_code, q.from_version)


@rpc("langpack.getStrings", who=ANYONE)
async def get_strings(ctx: Ctx, q: api.langpack.GetStrings) -> list[Any]:
    """No pack has strings yet, so none of the keys has one."""
    service.check_pack(q.lang_pack)
    service.language(q.lang_code)
    return []


@rpc("langpack.getLanguages", who=ANYONE)
async def get_languages(ctx: Ctx, q: api.langpack.GetLanguages) -> list[api.LangPackLanguage]:
    service.check_pack(q.lang_pack)
    return [_language(language) for language in service.languages(ctx.app)]


@rpc("langpack.getLanguage", who=ANYONE)
async def get_language(ctx: Ctx, q: api.langpack.GetLanguage) -> api.LangPackLanguage:
    service.check_pack(q.lang_pack)
    return _language(service.language(q.lang_code))


def _difference(pack: str, code: str, from_version: int) -> api.LangPackDifference:
    """What came after ``from_version``, which is said back as it was asked: clients compare."""
    service.check_pack(pack)
    return api.LangPackDifference(
        lang_code=service.language(code).code,
        from_version=from_version,
        version=service.VERSION,
        strings=[],
    )


def _language(one: Language) -> api.LangPackLanguage:
    return api.LangPackLanguage(
        official=True,
        rtl=one.rtl,
        name=one.name,
        native_name=one.native_name,
        lang_code=one.code,
        plural_code=one.plural_code,
        strings_count=0,
        translated_count=0,
        translations_url="",
    )
