"""``petitbleu dev texts``: how far the catalogues of each language are, and their form."""

from __future__ import annotations

import sys

import click

from petitbleu import catalogue_files
from petitbleu.catalogues import FOLDER, SOURCE, Catalogue, entries


@click.command()
@click.option("--write", is_flag=True, help="Bring all files in line with their English ones.")
@click.option("--language", help="Begin a translation into this language (with --write).")
def texts(write: bool, language: str | None) -> None:
    """Say what each language has of each surface, and which files --write would change (exit code).

    A text that is new in English comes as an empty one into the others; one whose English has
    changed is marked “fuzzy” there, and shown in English until the mark is taken away.
    """
    changed = catalogue_files.write(FOLDER, language or "", dry=not write)
    entries.cache_clear()
    for path in sorted(FOLDER.glob(f"{SOURCE}/LC_MESSAGES/*.po")):
        surface = path.stem
        wanted = {entry[:2] for entry in entries(FOLDER, SOURCE, surface) if entry.key}
        offered = Catalogue(surface)
        for place in sorted(FOLDER.iterdir()):
            names = {
                entry[:2] for entry in entries(FOLDER, place.name, surface) if entry.translated
            }
            if names:
                mark = "" if place.name in offered else ", not offered"
                click.echo(f"{surface} {place.name}: {len(names & wanted)} of {len(wanted)}{mark}")
    for name in changed:
        click.echo(f"{'written' if write else 'not in line'}: {name}", err=not write)
    if changed and not write:
        sys.exit(1)
