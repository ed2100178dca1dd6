"""The page of a suspension for misuse: ``PB-2026-000123-M1``, and the key that opens it.

It is the how-manieth suspension of the case in which it was decided. As of a decision, the letter
about it has the address, with a key for the person concerned and nobody else.
"""

from __future__ import annotations

import hmac
import re

from petitbleu import folding
from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions import writing
from petitbleu.desk.adjudication.decisions.numbers import number as of_case
from petitbleu.desk.adjudication.decisions.queries import MisuseRow as MisuseRow
from petitbleu.desk.adjudication.decisions.queries import StatementRow
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Reader

_MAX_ROWS = 1000
PURPOSE = "misuse."
"""How the purposes of letters about suspensions begin."""
SUSPENSION = "suspension"
"""What answers to such a letter in the service chat are about: ``[SUSPENSION, number as text]``."""
_NUMBER = re.compile(r"PB-\d{4}-\d+-M\d+")


def text(case: int, nth: int) -> str:
    """Its number as people read it."""
    return f"{case_numbers.text(case)}-M{nth}"


def parse(written: str) -> tuple[int, int] | None:
    """The case and how-manieth; None where it is no number of a suspension."""
    case, _, nth = written.strip().rpartition("-M")
    number = case_numbers.parse(case)
    if number is None or not (nth.isascii() and nth.isdigit() and 0 < int(nth) < _MAX_ROWS):
        return None
    return number, int(nth)


def named(words: str) -> str:
    """The first number of a suspension in a text; "" where it names none."""
    match = _NUMBER.search(words)
    return match[0] if match is not None else ""


def purpose(kind: str, at: int) -> str:
    """What its letter is called among the letters of the case."""
    return f"{PURPOSE}{kind}.{at}"


def link(app: App, case: int, nth: int, who: str) -> str:
    """The page for the person concerned."""
    return f"{joining.base_url(app)}/decision/{text(case, nth)}?key={key(app, case, nth, who)}"


def key(app: App, case: int, nth: int, who: str) -> str:
    """Opens one suspension for whom it concerns (22 characters)."""
    return folding.url64(app.secrets.hmac("desk.suspension", _what(case, nth, who))[:16])


def _what(case: int, nth: int, who: str) -> bytes:
    return f"{case} {nth} {who}".encode()


async def holder(app: App, written: str, given: str) -> MisuseRow | None:
    """The suspension that a number and key open; None for a wrong key as for one not there."""
    named = parse(written)
    row = await get(app.store, *named) if named is not None else None
    if row is None:
        return None
    known = app.secrets.hmacs("desk.suspension", _what(row.number, row.nth, row.who))
    right = [hmac.compare_digest(folding.url64(mac[:16]).encode(), given.encode()) for mac in known]
    return row if any(right) else None


async def get(reader: Reader, case: int, nth: int) -> MisuseRow | None:
    """One suspension."""
    return await reader.row(q.SUSPENSION, number=case, nth=nth)


async def of_account(reader: Reader, account: int) -> list[MisuseRow]:
    """The suspensions of an account, newest first."""
    return await reader.rows(q.SUSPENSIONS_ABOUT, who=f"person:{account}")


def account(row: MisuseRow) -> int:
    """Whose account it concerns; 0: somebody who writes by e-mail."""
    prefix, _, rest = row.who.partition(":")
    return int(rest) if prefix == "person" else 0


def address(row: MisuseRow) -> str:
    """Whose e-mail address it concerns; empty: an account."""
    prefix, _, rest = row.who.partition(":")
    return rest if prefix == "mail" else ""


async def statements_to_person(reader: Reader, row: MisuseRow) -> list[StatementRow]:
    """What the person was told in the app about steps in this case."""
    rows = await reader.rows(q.STATEMENTS, number=of_case(row.number, 0))
    return [one for one in rows if one.account == account(row)]


def letter_key(row: MisuseRow) -> str:
    """Under which key the letter to an address was queued."""
    return writing.letter_key(of_case(row.number, 0), purpose(row.kind, row.at), address(row))
