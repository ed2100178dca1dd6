"""``petitbleu dev config-table``, ``limits`` and ``commands``: settings, limits, commands as
documentation.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

DOCUMENT = Path("docs/operate/configuration.md")
LIMITS = Path("docs/operate/limits.md")
COMMANDS = Path("docs/operate/commands-and-the-desk.md")
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->\n"


def renewed(document: str) -> str:
    """The document with the table between its marks replaced by the present one."""
    from petitbleu.run.config import table

    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


@click.command("config-table")
@click.option("--write", is_flag=True, help=f"Renew the table in {DOCUMENT}.")
@click.option("--check", is_flag=True, help="Only say whether the document is fresh (exit code).")
def config_table(write: bool, check: bool) -> None:
    """Print the table of settings."""
    from petitbleu.run.config import table

    if not (write or check):
        click.echo(table(), nl=False)
        return
    document = DOCUMENT.read_text("utf-8")
    fresh = renewed(document)
    if check and fresh != document:
        click.echo(f"{DOCUMENT} is stale: run petitbleu dev config-table --write", err=True)
        sys.exit(1)
    if write:
        DOCUMENT.write_text(fresh, "utf-8")


@click.command("limits")
@click.option("--write", is_flag=True, help=f"Renew {LIMITS}.")
@click.option("--check", is_flag=True, help="Only say whether the document is fresh (exit code).")
def limits(write: bool, check: bool) -> None:
    """Print the page about limits, as schema/limits.toml has them."""
    from petitbleu.limitrules import page

    fresh = page()
    if not (write or check):
        click.echo(fresh, nl=False)
        return
    if check and not (LIMITS.is_file() and LIMITS.read_text("utf-8") == fresh):
        click.echo(f"{LIMITS} is stale: run petitbleu dev limits --write", err=True)
        sys.exit(1)
    if write:
        LIMITS.write_text(fresh, "utf-8")


@click.command("commands")
@click.option("--write", is_flag=True, help=f"Renew the table in {COMMANDS}.")
def commands(write: bool) -> None:
    """Print the table of commands: doors, people, lines in the log (``petitbleu/commands.py``)."""
    from petitbleu.commands import table

    if not write:
        click.echo(table(), nl=False)
        return
    before, begin, rest = COMMANDS.read_text("utf-8").partition("<!-- commands: begin -->\n")
    _, end, after = rest.partition("<!-- commands: end -->")
    COMMANDS.write_text(f"{before}{begin}{table()}{end}{after}", "utf-8")
