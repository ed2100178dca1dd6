"""Language packs: versioned, and empty, since clients carry their own strings."""

from __future__ import annotations

import re
from typing import NamedTuple

from babel import Locale

from petitbleu.app import App
from petitbleu.domain.client.config import service as config
from petitbleu.errors import Fault

VERSION = 1
"""Of every pack; rises when strings are first added."""

_PACK = re.compile(r"[a-z][a-z0-9_]{1,31}")


class Language(NamedTuple):
    """A language as the list of a pack shows it."""

    code: str
    name: str
    native_name: str
    plural_code: str
    rtl: bool


def check_pack(pack: str) -> None:
    """LANG_PACK_INVALID unless it is a name such as ``android``, ``tdesktop``, ``webk``."""
    if not _PACK.fullmatch(pack):
        raise Fault("LANG_PACK_INVALID")


def language(code: str) -> Language:
    """The language of a code as clients write them (``fr``, ``pt-br``, ``fr-raw``).

    Raises LANG_CODE_NOT_SUPPORTED.
    """
    locale = config.locale(code.lower()) if is_language(code) else None
    if locale is None:
        raise Fault("LANG_CODE_NOT_SUPPORTED")
    return Language(
        code=code,
        name=_name(locale, "en"),
        native_name=_name(locale, str(locale)),
        plural_code=locale.language,
        rtl=locale.text_direction == "rtl",
    )


def is_language(code: str) -> bool:
    """Whether a code names a language."""
    return 2 <= len(code) <= 32 and config.locale(code.lower()) is not None


def _name(one: Locale, reader: str) -> str:
    name: str | None = one.get_display_name(reader)
    return name[:1].upper() + name[1:] if name else one.language


def languages(app: App) -> list[Language]:
    """The languages this server speaks itself, the default first."""
    return [language(code) for code in app.config.languages]
