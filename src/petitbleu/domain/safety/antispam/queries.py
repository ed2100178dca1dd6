"""SQL of ``spam_*``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class CheckRow(NamedTuple):
    """A text that was looked at. ``score`` in millionths; ``judged``: -1 ham, 0 by nobody, 1
    spam.
    """

    id: int
    corpus: int
    door: str
    print: bytes
    at: int
    verdict: str
    score: int
    reasons: bytes
    fields: bytes
    ip: str
    sent: int
    judged: int
    judged_by: str
    peer: int
    message: int


class CorpusRow(NamedTuple):
    """Texts a classifier has learnt from."""

    corpus: int
    ham: int
    spam: int


class TokenRow(NamedTuple):
    """Texts in which a mark was seen, in all corpora that were asked."""

    token: str
    ham: int
    spam: int


class AuthorRow(NamedTuple):
    """Judged texts of an author."""

    ham: int
    spam: int


class WordRow(NamedTuple):
    """A word of the operator's list; ``weight`` in hundredths."""

    word: str
    weight: int


class KeyRow(NamedTuple):
    """A key of one of the operator's sites."""

    id: int
    digest: bytes
    hint: str
    site: str
    month_limit: int
    made_at: int
    revoked_at: int | None


class UsageRow(NamedTuple):
    """Calls of a key for a site in a month (YYYYMM)."""

    key: int
    month: int
    site: str
    calls: int
    spam: int
    ham: int
    missed: int
    wrong: int


class Sum(NamedTuple):
    """One number."""

    number: int


_CHECK = (
    "id, corpus, door, print, at, verdict, score, reasons, fields, ip, sent, judged, judged_by,"
    " peer, message"
)

CORPORA = query("select corpus, ham, spam from spam_corpus where corpus in (:corpora)", CorpusRow)
TOKENS = query(
    "select token, cast(sum(ham) as bigint), cast(sum(spam) as bigint) from spam_token"
    " where corpus in (:corpora) and token in (:tokens) group by token",
    TokenRow,
)
LEARN_CORPUS = query(
    "insert into spam_corpus (corpus, ham, spam) values (:corpus, :ham, :spam)"
    " on conflict (corpus) do update set ham = spam_corpus.ham + excluded.ham,"
    " spam = spam_corpus.spam + excluded.spam"
)
LEARN_TOKEN = query(
    "insert into spam_token (corpus, token, ham, spam, day)"
    " values (:corpus, :token, :ham, :spam, :day)"
    " on conflict (corpus, token) do update set ham = spam_token.ham + excluded.ham,"
    " spam = spam_token.spam + excluded.spam, day = excluded.day"
)
DROP_TOKENS = query("delete from spam_token where day < :day")

INSERT_CHECK = query(
    f"insert into spam_check ({_CHECK}) values (:id, :corpus, :door, :print, :at, :verdict, :score,"
    " :reasons, :fields, :ip, :sent, :judged, :judged_by, :peer, :message)"
)
CHECK = query(f"select {_CHECK} from spam_check where id = :id", CheckRow)
CHECKS = query(f"select {_CHECK} from spam_check where id in (:ids)", CheckRow)
OF_PRINT = query(
    f"select {_CHECK} from spam_check where corpus = :corpus and print = :print"
    " order by id desc limit 1",
    CheckRow,
)
OF_MESSAGE = query(
    f"select {_CHECK} from spam_check where peer = :peer and message = :message and message <> 0",
    CheckRow,
)
UNJUDGED = query(
    f"select {_CHECK} from spam_check where judged = 0 and verdict in (:verdicts) and id < :below"
    " order by id desc limit :limit",
    CheckRow,
)
LOCK_CHECK = query(
    f"update spam_check set judged = judged where id = :id returning {_CHECK}", CheckRow
)
JUDGE = query("update spam_check set judged = :judged, judged_by = :by where id = :id")
FORGET_IPS = query("update spam_check set ip = '' where at < :before and ip <> ''")
DROP_DISCARDED = query(
    "delete from spam_check where at < :before and verdict = 'discard' and judged = 0"
)
DROP_CHECKS = query("delete from spam_check where at < :before")

AUTHOR = query("select ham, spam from spam_author where who = :who", AuthorRow)
LEARN_AUTHOR = query(
    "insert into spam_author (who, ham, spam, day) values (:who, :ham, :spam, :day)"
    " on conflict (who) do update set ham = spam_author.ham + excluded.ham,"
    " spam = spam_author.spam + excluded.spam, day = excluded.day"
)
DROP_AUTHORS = query("delete from spam_author where day < :day")

WORDS = query("select word, weight from spam_word order by word limit :limit", WordRow)
PUT_WORD = query(
    "insert into spam_word (word, weight) values (:word, :weight)"
    " on conflict (word) do update set weight = excluded.weight",
    stamps=(("spam_words",),),
)
DROP_WORD = query("delete from spam_word where word = :word", stamps=(("spam_words",),))

_KEY = "id, digest, hint, site, month_limit, made_at, revoked_at"
INSERT_KEY = query(
    f"insert into spam_key ({_KEY})"
    " values (:id, :digest, :hint, :site, :month_limit, :made_at, null)"
)
KEY_OF = query(f"select {_KEY} from spam_key where digest = :digest", KeyRow)
KEYS = query(f"select {_KEY} from spam_key order by id limit :limit", KeyRow)
REVOKE_KEY = query("update spam_key set revoked_at = :at where id = :id and revoked_at is null")
COUNT_USAGE = query(
    "insert into spam_usage (key, month, site, calls, spam, ham, missed, wrong)"
    " values (:key, :month, :site, :calls, :spam, :ham, :missed, :wrong)"
    " on conflict (key, month, site) do update set calls = spam_usage.calls + excluded.calls,"
    " spam = spam_usage.spam + excluded.spam, ham = spam_usage.ham + excluded.ham,"
    " missed = spam_usage.missed + excluded.missed, wrong = spam_usage.wrong + excluded.wrong"
)
USAGE = query(
    "select key, month, site, calls, spam, ham, missed, wrong from spam_usage"
    " where key = :key and month = :month order by calls desc, site limit :limit",
    UsageRow,
)
CALLS = query(
    "select cast(coalesce(sum(calls), 0) as bigint) from spam_usage"
    " where key = :key and month = :month",
    Sum,
)
