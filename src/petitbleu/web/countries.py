"""Names of countries, as pages write them."""

from __future__ import annotations

from functools import cache


@cache
def country_name(code: str, language: str) -> str:
    """``DE`` -> Germany (DE); the code alone where it is none of ISO 3166."""
    from babel import Locale  # 50 ms that a server without pages does not need

    name = Locale(language).territories.get(code)
    return f"{name} ({code})" if name else code
