"""SQL of ``staff_subject``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class SubjectRow(NamedTuple):
    """An account at a provider and whose it is."""

    issuer: str
    subject: str
    staff: int
    made_at: int


_SUBJECT = "issuer, subject, staff, made_at"

SUBJECT = query(
    f"select {_SUBJECT} from staff_subject where issuer = :issuer and subject = :subject",
    SubjectRow,
)
OF_STAFF = query(f"select {_SUBJECT} from staff_subject where staff = :staff", SubjectRow)
INSERT = query(
    f"insert into staff_subject ({_SUBJECT}) values (:issuer, :subject, :staff, :at)"
    " on conflict do nothing"
)
DELETE = query("delete from staff_subject where staff = :staff")
