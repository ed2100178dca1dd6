"""SQL of ``desk_appeal``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class AppealRow(NamedTuple):
    """A complaint against a decision. Times are Unix seconds; see the migration for columns."""

    number: int
    decision: int
    about: int
    who: str
    account: int
    email: str
    language: str
    subject: str
    filed_at: int
    outcome: str
    answer: str
    decided_by: str
    decided_at: int | None
    told_at: int | None
    restricted: int
    asked: int


_APPEAL = (
    "number, decision, about, who, account, email, language, subject, filed_at, outcome, answer,"
    " decided_by, decided_at, told_at, restricted, asked"
)
INSERT = query(
    "insert into desk_appeal (number, decision, about, who, person, account, email, language,"
    " subject, filed_at) values (:number, :decision, :about, :who, :person, :account, :email,"
    " :language, :subject, :at) on conflict do nothing"
)
OF_PERSON = query(
    f"select {_APPEAL} from desk_appeal where decision = :decision and person = :person", AppealRow
)
GET = query(f"select {_APPEAL} from desk_appeal where number = :number", AppealRow)
LOCK = query(
    f"update desk_appeal set asked = asked where number = :number returning {_APPEAL}", AppealRow
)
OF_DECISION = query(
    f"select {_APPEAL} from desk_appeal where decision = :decision order by number", AppealRow
)
BETWEEN = query(
    f"select {_APPEAL} from desk_appeal where filed_at >= :first and filed_at < :last"
    " order by filed_at, number",
    AppealRow,
)
DECIDED = query(
    "update desk_appeal set outcome = :outcome, answer = :answer, decided_by = :actor,"
    " decided_at = :at, told_at = :at, restricted = :restricted where number = :number"
)
ASKED = query("update desk_appeal set asked = asked + 1 where number = :number")
