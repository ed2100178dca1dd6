"""Makes ``schema/countries.tsv`` from the phonenumbers package: codes, prefixes, number patterns.

The server reads the small file instead of loading the metadata of 245 countries.
``python -m tests.domain.client.config.countries_source --write`` after an update of the package.
"""

from __future__ import annotations

import re
import sys

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from petitbleu.resources import schema_dir

HEADER = "iso2\tcode\tprefixes\tpatterns"
WITHOUT_TELEPHONE = "FT\t888\t\tXXXX XXXX"
_KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)


def _prefixes(region: str) -> list[str]:
    """The digits behind a shared code that mean this country (``1`` + 809 is the Dominican
    Republic).
    """
    if region == "CA":
        return _canadian()
    metadata = PhoneMetadata.metadata_for_region(region)
    leading = (metadata.leading_digits if metadata is not None else None) or ""
    # "8001|8[024]9": sets are spelled out; a pattern that cannot be is no list of prefixes.
    spelled = [_spell(part) for part in leading.split("|")]
    return sorted({one for part in spelled for one in part}) if all(spelled) else []


def _spell(pattern: str) -> list[str]:
    match = re.fullmatch(r"(\d*)(?:\[(\d+)\])?(\d*)", pattern)
    if match is None or not pattern:
        return []
    head, some, tail = match.groups()
    return [head + one + tail for one in sorted(some or ("",))]


def _canadian() -> list[str]:
    """Canada has no leading digits in the data: try every area code."""
    tried = {str(area): phonenumbers.parse(f"+1{area}2345678") for area in range(200, 1000)}
    return [area for area, one in tried.items() if phonenumbers.region_code_for_number(one) == "CA"]


def _patterns(region: str, code: str) -> list[str]:
    found: list[str] = []
    for kind in _KINDS:
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        shown = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
        national = re.sub(r"[^0-9]+", " ", shown.removeprefix(f"+{code}")).strip()
        found.append(re.sub(r"\d", "X", national))
    return list(dict.fromkeys(found))


def table() -> str:
    """The whole file."""
    lines = [WITHOUT_TELEPHONE]
    for number, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        code = str(number)
        for region in regions:
            if region.isalpha():
                prefixes, patterns = _prefixes(region), _patterns(region, code)
                lines.append(f"{region}\t{code}\t{','.join(prefixes)}\t{','.join(patterns)}")
    return "\n".join([HEADER, *sorted(lines)]) + "\n"


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    (schema_dir() / "countries.tsv").write_text(table(), "utf-8")
