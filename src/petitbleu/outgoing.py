"""The register of outgoing paths: every way by which anything about a case could reach somebody.

An order may forbid that people are told of it. The rule is enforced where things leave: a module
that sends, or that shows what the desk knows outside of it, stands here with its paths and with the
call by which it asks whether it may (``guard``), or why nothing secret can pass through it
(``because``). ``tests/test_architecture.py`` refuses a sender that is not in the register and one
that does not make its call; ``tests/desk/casework/secrecy`` walks every path with a secret case.
"""

from __future__ import annotations

from typing import NamedTuple

PERSON, NOTIFIER, PUBLIC, AUTHORITY, STAFF, OWN = (
    "person", "notifier", "public", "authority", "staff", "own",
)  # fmt: skip
"""Whom a path reaches: whom a decision concerns; who reported or complains; everybody; whoever sent
the order; the desk; somebody about their own account, where no case is spoken of."""

PATHS: dict[str, str] = {
    "service_chat": PERSON,
    "mail": PERSON,
    "push": PERSON,
    "statement": PERSON,
    "disclosure_notice": PERSON,
    "decision_page": PERSON,
    "status_page": NOTIFIER,
    "my_cases": PERSON,
    "notifier_answer": NOTIFIER,
    "complaint_answer": NOTIFIER,
    "placeholder": PUBLIC,
    "gone_page": PUBLIC,
    "public_decision": PUBLIC,
    "feeds": PUBLIC,
    "recent_actions": PERSON,
    "export": PERSON,
    "takeout": PERSON,
    "access_request": PERSON,
    "transparency_row": PUBLIC,
    "transparency_report": PUBLIC,
    "access_ledger": PERSON,
    "health_page": PUBLIC,
    "receipt": AUTHORITY,
    "authority_answer": AUTHORITY,
    "portal": AUTHORITY,
    "threat_notice": AUTHORITY,
    "staff_mail": STAFF,
    "own_mail": OWN,
    "own_chat": OWN,
    "cache_purge": PUBLIC,
    "newsletter": PUBLIC,
}
"""Path -> whom it reaches. Push notices of a person carry what the service chat says; the export, a
takeout and the answer to an access request carry what their own boxes hold; the ledger of looks at
content is staff's, and a page for members that is built on it has to be added here."""


class Sender(NamedTuple):
    """One module that sends or shows. ``guard``: the call that it makes before; ``because``: why it
    makes none.
    """

    paths: tuple[str, ...]
    guard: str = ""
    because: str = ""


def _guarded(guard: str, *paths: str) -> Sender:
    return Sender(paths, guard)


def _through(where: str, *paths: str) -> Sender:
    return Sender(paths, because=f"only queues: it leaves through {where}, which asks")


def _free(because: str, *paths: str) -> Sender:
    return Sender(paths, because=because)


_LETTERS, _CHAT = "desk/casework/letters/service.py", "desk/adjudication/decisions/notifications.py"
_OWN = "is about the account or chat itself; no case is known there"
_STAFF = "goes to staff: number, kind and time, never content, names or references"

_NUMBERS = "hands on numbers and times of measures; the page asks for their reason"

SENDERS: dict[str, Sender] = {
    # the desk: what leaves
    "desk/casework/letters/service.py": _guarded(
        "secrecy.verdict_of",
        "mail",
        "statement",
        "notifier_answer",
        "complaint_answer",
        "receipt",
        "authority_answer",
        "access_request",
        "threat_notice",
    ),
    "desk/adjudication/decisions/notifications.py": _guarded(
        "secrecy.of_case",
        "service_chat",
        "push",
        "statement",
        "notifier_answer",
        "complaint_answer",
    ),
    "desk/orders/disclosures/notices.py": _guarded(
        "secrecy.of_case", "disclosure_notice", "service_chat"
    ),
    "desk/adjudication/eu_database/service.py": _guarded("secrecy.of_case", "transparency_row"),
    "desk/adjudication/decisions/public_notice.py": _guarded(
        "secrecy.verdict_of", "gone_page", "public_decision"
    ),
    "desk/adjudication/decisions/planning.py": _guarded("secrecy.verdict", "placeholder"),
    # the desk: what is queued
    "desk/adjudication/decisions/writing.py": _through(_CHAT, "service_chat", "mail", "statement"),
    "desk/adjudication/decisions/answering.py": _through(_CHAT, "complaint_answer"),
    "desk/adjudication/decisions/misuse.py": _through(_CHAT, "service_chat", "mail"),
    "desk/adjudication/decisions/threats.py": _through(_LETTERS, "threat_notice"),
    "desk/adjudication/appeals/answering.py": _through(_LETTERS, "complaint_answer"),
    "desk/adjudication/appeals/lodging.py": _through(_LETTERS, "receipt"),
    "desk/adjudication/correspondence/service.py": _through(_LETTERS, "mail", "access_request"),
    "desk/intake/receipts.py": _through(_LETTERS, "receipt"),
    "desk/outside/notices.py": _through(_LETTERS, "mail"),
    # the desk: pages for everybody
    "desk/outside/outcomes.py": _guarded(
        "secrecy.of_case", "status_page", "my_cases", "decision_page", "complaint_answer"
    ),
    "desk/outside/progress.py": _guarded("letters.may_leave", "status_page", "my_cases"),
    "desk/outside/pages_decision.py": _guarded("outcomes.is_hidden", "decision_page"),
    "desk/outside/commands.py": Sender(
        ("service_chat",), because="says what `objecting.py` found, which asks"
    ),
    "desk/outside/plain_measures.py": _free(
        "measures taken without a desk: no order, nothing secret", "service_chat"
    ),
    "desk/outside/objecting.py": _guarded(
        "outcomes.is_hidden", "service_chat", "decision_page", "status_page"
    ),
    "desk/outside/following.py": _free(
        "where a report stands, to whoever made it and while nothing is decided", "status_page"
    ),
    "desk/outside/my_cases.py": _guarded("outcomes.is_listed", "my_cases"),
    "desk/outside/pages_mine.py": _guarded("outcomes.is_listed", "my_cases"),
    "desk/outside/pages_status.py": _guarded("secrecy.verdict_of", "status_page"),
    "desk/outside/suspended.py": Sender(
        ("statement",), because="says what `objecting.py` found, which asks"
    ),
    "desk/outside/pages_suspension.py": _guarded("secrecy.of_case", "decision_page"),
    "desk/outside/pages_notice.py": _free("shows the number of what was just sent in", "receipt"),
    "desk/outside/pages_orders.py": _free("shows the number of what was just sent in", "receipt"),
    "desk/outside/contesting.py": _free("shows a form and the number of the objection", "receipt"),
    "desk/outside/start.py": _free("notes whose case it is; pages ask", "my_cases"),
    "desk/orders/disclosures/portal.py": _free(
        "the secret of its address is in the authority’s letter alone", "portal"
    ),
    "desk/transparency/gathering.py": _free(
        "counts by kind, category and country; names no authority, reference or reason",
        "transparency_report",
    ),
    "desk/transparency/report.py": _free("publishes counts", "transparency_report"),
    # the desk: staff
    "desk/casework/alerts/digest.py": _free(_STAFF, "staff_mail"),
    "desk/casework/alerts/sending.py": _free(_STAFF, "staff_mail"),
    "desk/staffing/approvals/jobs.py": _free(_STAFF, "staff_mail"),
    "desk/reconciliation/head_mails.py": _free(
        "the head of the log: numbers and digests", "staff_mail"
    ),
    "desk/reconciliation/service.py": _free(
        "names of rows that differ from the log, to leads and directors", "staff_mail"
    ),
    "desk/workplace/team/jobs.py": _free(
        "an invitation; numbers of staff and of a case", "staff_mail"
    ),
    "desk/intake/danger/helping.py": _free(
        "says whom to call to whoever told of danger; names nothing of a case", "own_chat"
    ),
    "desk/intake/canary.py": _free("a letter to ourselves", "staff_mail"),
    "desk/outside/service.py": _free("a code or link to “My cases”", "own_mail", "own_chat"),
    # the messenger
    "domain/client/push/sending.py": _free(
        "carries what the person’s own boxes hold: what is said there was allowed",
        "push",
    ),
    "domain/registration/auth/admin.py": _free(_OWN, "own_chat"),
    "domain/publishing/comments/calling.py": _free(_OWN, "own_chat"),
    "domain/publishing/comments/pictures.py": _free(_OWN, "own_chat"),
    "domain/publishing/comments/texts.py": _free(_OWN, "own_mail"),
    "domain/registration/deletion/service.py": _free(_OWN, "own_chat"),
    "domain/access/devices/service.py": _free(_OWN, "own_chat"),
    "domain/access/joining/channels.py": _free(_OWN, "own_mail", "own_chat"),
    "domain/access/joining/service.py": _free(_OWN, "own_mail"),
    "domain/publishing/newsletter/sending.py": _free(
        "what public pages show; `reading.py` leaves out whatever is withheld anywhere, and asks"
        " before it says that something was withdrawn",
        "newsletter",
    ),
    "domain/publishing/newsletter/reading.py": _guarded("moderation.reason", "newsletter"),
    "domain/publishing/newsletter/lists.py": _free(_OWN, "own_chat"),
    "domain/publishing/newsletter/texts.py": _free("about a reader’s own subscription", "own_mail"),
    "domain/publishing/pages/owners.py": _free(_OWN, "own_chat"),
    "domain/publishing/pages/verifying.py": _free(_OWN, "own_chat"),
    "domain/publishing/review/telling.py": _free(_OWN, "own_chat"),
    "domain/access/passkeys/service.py": _free(_OWN, "own_chat"),
    "domain/access/password/recovery.py": _free(_OWN, "own_chat"),
    "domain/access/password/service.py": _free(_OWN, "own_mail"),
    "domain/servicechat/service.py": _free("answers what was just written to it", "own_chat"),
    "domain/transfer/exports/own.py": _free(_OWN, "own_chat", "export"),
    "domain/transfer/takeout/service.py": _free(_OWN, "own_chat", "takeout"),
    "domain/safety/moderation/notices.py": _free(
        "the desk’s measures are quiet; others are of no case", "service_chat", "notifier_answer"
    ),
    "domain/safety/moderation/reports.py": _free(
        "a report’s own number, to its reporter", "own_chat"
    ),
    "domain/safety/moderation/outcomes.py": _free(
        "whether messages that somebody reported to admins are still there; no case is known there",
        "own_chat",
    ),
    "domain/restrictions/views.py": _free(
        "shows the words of a measure, which `decisions/planning.py` leaves out and"
        " `releasing.py` takes back where people may not be told",
        "placeholder",
    ),
    "domain/publishing/comments/forms.py": _free(_NUMBERS, "gone_page"),
    "domain/publishing/comments/reading.py": _free(_NUMBERS, "gone_page"),
    "domain/publishing/comments/service.py": _free(_NUMBERS, "gone_page"),
    "domain/publishing/pages/posts.py": _free(_NUMBERS, "feeds"),
    "domain/publishing/pages/versions.py": _free(
        "leaves out what any measure was about, and says nothing of it", "gone_page"
    ),
    "domain/publishing/pages/purged.py": _free(
        "numbers of measures, to hooks of this process", "cache_purge"
    ),
    "domain/publishing/pages/purging.py": _free(
        "addresses of pages, to the cache in front", "cache_purge"
    ),
    "web/public/channels.py": _guarded("moderation.reason", "gone_page"),
}
"""Module -> what leaves through it."""
