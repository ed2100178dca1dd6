"""The register of commands: through which door each goes, how many people it takes, its line.

A desk is there once a member of staff has had a passkey. Without one every command is plain; with
one, what is decided, opened, handed out or erased goes through the desk or is refused in a sentence
that says how it is done there. ``control.perform`` asks here before it does anything; a command
that is not in the register is refused. ``tests/cli/test_register.py`` walks all of it, with a desk
and without; ``petitbleu dev commands --write`` renews the table of the manual.
"""

from __future__ import annotations

from typing import NamedTuple

NONE, PLAIN, DESK, CASE, DECISION, TWO, REFUSED = (
    "none", "plain", "desk", "case", "decision", "two", "refused",
)  # fmt: skip
"""Doors where there is a desk: it touches neither content, people nor evidence; as without a desk;
a service of the desk does it; it opens or shows a case; refused, because it is decided on a case;
a second person at the desk agrees first; refused, because a page of the desk does it."""

CLOSED = frozenset({DECISION, REFUSED})
"""Doors that the command line does not pass where there is a desk."""


class Command(NamedTuple):
    """``typed``: after ``petitbleu``. ``line``: what the log calls it, where not
    ``command.<name>``. ``how``: the sentence of a refusal (with places for ``desk``, the address of
    its pages, and ``case``), else why its door is as it is.
    """

    typed: str
    door: str = NONE
    how: str = ""
    line: str = ""

    @property
    def people(self) -> int:
        """Who have to take part where there is a desk; 0: nobody can by the command line."""
        return 0 if self.door in CLOSED else 2 if self.door == TWO else 1

    @property
    def closed(self) -> bool:
        """Whether it is refused where there is a desk."""
        return self.door in CLOSED


_RUNNING = "runs the instance; decides nothing about what anybody wrote"
_READS = "reads; what it shows is logged"
_MEASURE = (
    "measures are decided at the desk, on a case: {case}; a case for what nobody reported is"
    " opened at {desk}/mail/new"
)
_OPENED = "what was reported is opened at the desk, on its case, with a reason: {case}"
_COMMENTS = "comments are judged at {desk}/comments"
_SURFACE = "the decision form of a case asks how public a chat is: {case}"

COMMANDS: dict[str, Command] = {
    # people
    "login-code": Command("admin login-code", PLAIN, "the person is told on all devices"),
    "user.add": Command("admin user add", PLAIN, _RUNNING),
    "user.list": Command("admin user list", PLAIN, _READS),
    "user.show": Command("admin user show", PLAIN, _READS),
    "user.end-sessions": Command(
        "admin user end-sessions", PLAIN, "signs devices out; the person signs in again"
    ),
    "user.country": Command(
        "admin user country", PLAIN, "a fact that measures go by, not a measure"
    ),
    "user.remove": Command(
        "admin user remove", PLAIN, "for a number that only may sign up; an account: next line"
    ),
    "user.remove:account": Command(
        "admin user remove (an account)",
        DECISION,
        "an account is closed by a decision on a case ({case}), which two people sign; people"
        " delete their own in the app",
    ),
    "invite.create": Command("admin invite create", PLAIN, _RUNNING),
    "invite.list": Command("admin invite list"),
    "invite.revoke": Command("admin invite revoke", PLAIN, _RUNNING),
    "bot.create": Command("admin bot create", PLAIN, _RUNNING),
    "bot.list": Command("admin bot list"),
    "bot.token": Command("admin bot token", PLAIN, _RUNNING),
    "bot.privacy": Command("admin bot privacy", PLAIN, _RUNNING),
    "bot.remove": Command("admin bot remove", PLAIN, "a program of the operator, no person"),
    # content
    "channel.public": Command(
        "admin channel public", PLAIN, "shows it, or sets switches; taking it off: next line"
    ),
    "channel.public:off": Command(
        "admin channel public NAME off",
        DECISION,
        "a public page is taken off by a decision on a case ({case}), or by its owner with “page"
        " off” in the service chat",
    ),
    "channel.waiting": Command("admin channel waiting", PLAIN, _READS),
    "channel.answer": Command(
        "admin channel approve, refuse", PLAIN, "answers a wish; nothing that was there goes"
    ),
    "channel.official": Command("admin channel official", PLAIN, _RUNNING),
    "comment.waiting": Command("admin comment waiting", REFUSED, _COMMENTS),
    "comment.decide": Command("admin comment decide", REFUSED, _COMMENTS),
    "comment.rule": Command("admin comment rule", PLAIN, "a setting of the channel"),
    "spam.waiting": Command("admin spam waiting", PLAIN, _READS),
    "spam.judge": Command(
        "admin spam judge", PLAIN, "teaches the filter; publishes and removes nothing"
    ),
    "spam.word": Command("admin spam word", PLAIN, "a setting of the filter"),
    "spam.status": Command("admin spam status"),
    "akismet-key.create": Command("admin akismet-key create"),
    "akismet-key.list": Command("admin akismet-key list"),
    "akismet-key.revoke": Command("admin akismet-key revoke"),
    "surface.show": Command("admin surface show", PLAIN, _READS),
    "surface.set": Command("admin surface set", DECISION, _SURFACE),
    # reports and measures
    "report.list": Command(
        "admin report list", REFUSED, "reports are cases: petitbleu desk cases, or {desk}/queues"
    ),
    "report.show": Command("admin report show", REFUSED, _OPENED),
    "measure.apply": Command("admin measure apply", DECISION, _MEASURE),
    "measure.lift": Command(
        "admin measure lift",
        TWO,
        "of a measure of before the desk; one that was decided at the desk: next line",
    ),
    "measure.lift:decided": Command(
        "admin measure lift (decided at the desk)",
        DECISION,
        "a measure of a decision ends by undoing or correcting the decision: {case}",
    ),
    "measure.list": Command("admin measure list", PLAIN, _READS),
    "measure.show": Command("admin measure show", REFUSED, _OPENED),
    # staff
    "staff.invite": Command(
        "admin staff invite",
        DESK,
        "one person as long as fewer than two heads have passkeys, then two",
        "staff.add, staff.invite, second.ask",
    ),
    "staff.list": Command("admin staff list", PLAIN, _READS),
    "staff.revoke": Command(
        "admin staff revoke", DESK, "never waits for a second person", "staff.revoke"
    ),
    # the desk
    "desk.alarms": Command("desk alarms of"),
    "desk.alarms.hear": Command("desk alarms hear", PLAIN, "what rings goes on being due"),
    "desk.alarms.test": Command("desk alarms test", PLAIN, _RUNNING),
    "desk.audit.verify": Command("desk audit verify", DESK, "reads the log", "log.verify"),
    "desk.audit.accept": Command(
        "desk audit accept",
        DESK,
        "signs where fewer than two people can on the page",
        "log.accept",
    ),
    "desk.audit.head": Command("desk audit head"),
    "desk.audit.prove": Command("desk audit prove"),
    "desk.audit.export": Command(
        "desk audit export", TWO, "as on the page of the log", "log.export"
    ),
    "desk.authorities.import": Command(
        "desk authorities import", DESK, "whose letters are believed", "directory.import"
    ),
    "desk.authorities.export": Command("desk authorities export"),
    "desk.canary.run": Command("desk canary run"),
    "desk.case": Command("desk case", CASE, "facts and clocks of a case, no content", "case.view"),
    "desk.cases": Command("desk cases", CASE, "the list of cases"),
    "desk.deliver": Command("desk deliver", CASE, "a letter becomes a case", "case.opened"),
    "desk.law": Command("desk law"),
    "desk.operator.set": Command(
        "desk operator set", DESK, "the operator’s own particulars", "setting.change"
    ),
    "desk.seed": Command(
        "desk seed", REFUSED, "a practice desk is made on an instance without staff"
    ),
    "desk.statements.again": Command(
        "desk statements again", DESK, "sends what was refused", "eu_database.again"
    ),
    "desk.statements.export": Command(
        "desk statements export", DESK, "without personal data", "eu_database.export"
    ),
    "desk.statements.list": Command("desk statements list"),
    "desk.templates.list": Command("desk templates list"),
    "desk.templates.set": Command(
        "desk templates set", TWO, "letters with legal effect", "template.change, second.ask"
    ),
    "desk.templates.show": Command("desk templates show"),
    "desk.transparency.build": Command("desk transparency build", PLAIN, _READS),
    "desk.transparency.cases": Command("desk transparency cases", PLAIN, _READS),
    "desk.transparency.list": Command("desk transparency list"),
    "desk.transparency.publish": Command(
        "desk transparency publish",
        REFUSED,
        "the report is signed and published at {desk}/transparency",
        "transparency.publish",
    ),
    # whole instances and whole persons
    "backup": Command("backup", PLAIN, "keeps the instance; hands nothing to anybody"),
    "server.check": Command("check"),
    "cluster.status": Command("cluster status"),
    "export.begin": Command(
        "export user", TWO, "everything of one person, private words too; the app gives it to them"
    ),
    "export.step": Command("export user (goes on)"),
    "import.begin": Command("import telegram", PLAIN, "brings in, takes nothing"),
    "import.step": Command("import telegram (goes on)"),
    "import.people": Command("import people", PLAIN, _READS),
    "import.claim": Command("import claim", PLAIN, _RUNNING),
}
"""Name (as ``control.command`` has it; what follows ``:`` is a use of a command that goes another
way) -> its door."""

CHAT: dict[str, str] = {
    "page": "chat.page",
    "newsletter": "chat.newsletter",
    "infolettre": "chat.newsletter",
    "rundbrief": "chat.newsletter",
    **dict.fromkeys(("author", "auteur", "autrice", "autor", "autorin"), "chat.page"),
    **dict.fromkeys(
        ("correction", "rectificatif", "erratum", "berichtigung", "korrektur"), "chat.page"
    ),
    "visits": "chat.page",
    "visites": "chat.page",
    "besuche": "chat.page",
    "ok": "chat.comment",
    "no": "chat.comment",
    "non": "chat.comment",
    "spam": "chat.comment",
    "approve": "chat.second_reader",
    "picture": "chat.comment",
    "image": "chat.comment",
    "bild": "chat.comment",
    "object": "case.opened",
    "contester": "case.opened",
}
"""First words of what people write to the service chat -> the line about what it changed."""
JOBS: dict[str, str] = {
    "moderation.end": "job.measure.end",
    "moderation.prune": "job.holds.prune",
    "comments.tidy": "job.comments.tidy",
    "antispam.tidy": "job.spam.tidy",
    "deletion.planned": "job.account.delete",
    "deletion.idle": "job.account.delete",
    "evidence.copies": "job.evidence.forget",
}
"""Kinds of jobs that touch content, people or evidence by themselves -> their line."""
OTHER_JOBS: dict[str, tuple[str, ...]] = {
    "carries on what was logged when it was done": (
        *("comments.ask", "comments.publish", "comments.settled", "deletion.empty"),
        *("moderation.admins", "moderation.confirm", "moderation.tell", "moderation.outcome"),
        *("pages.author_ended", "pages.tell", "antispam.feedback", "second_reader.tell"),
    ),
    "does what people asked of their own things, or what anybody can see happen": (
        *("chats.empty", "comments.answered", "comments.call", "comments.mark", "comments.sweep"),
        "comments.pictures",
        *("discussions.catch_up", "discussions.edit", "members.forget_chat", "members.lift"),
        *("messages.erase", "messages.media_expires", "messages.purge", "polls.close"),
        *("newsletter.ask", "newsletter.fill", "newsletter.send"),
        *("exports.make", "exports.drop"),
        *("scheduled.send", "timers.expire", "servicechat.hear", "media.sweep"),
    ),
    "keeps house: nobody's words, nothing of a case": (
        *("codes.prune", "contacts.prune", "devices.expire", "devices.prune", "joining.prune"),
        *(
            "exports.sweep",
            "newsletter.look",
            "newsletter.tidy",
            "review.tidy",
            "passkeys.prune",
            "push.prune",
        ),
        *(
            "keys.check",
            "keys.prune",
            "pages.domains",
            "pages.follow",
            "pages.purge",
            "pages.sweep",
            "polls.sweep",
            "rates.prune",
        ),
        *("readers.sweep", "search.index", "updates.prune", "updates.sweep", "webpages.forget"),
        *("visits.tidy", "websub.look", "websub.work", "web.expire"),
    ),
}
"""Why other jobs of the messenger have no line -> their kinds. Those of the desk write the lines of
its services."""

BY_ITSELF: dict[str, str] = {
    "serve": "starts the server",
    "pubkey": "prints a public key",
    "admin spam measure": "scores the filter by a file that is named; it opens no instance",
    "witness": "signs heads of other instances’ logs; it has no data of ours",
    "keys init": "makes keys where there are none",
    "keys rotate": "adds keys",
    "migrate": "brings tables up to date; tells nothing",
    "admin skip-ahead": "the next start notes it in the log (`log.restore`) and tells leads and"
    " directors",
    "keys forget": "the next start notes it in the log (`command.keys.forget`)",
    "move": "the next start notes it in the log (`command.move`)",
    "restore": "the next start notes it in the log (`log.restore`) and tells leads and directors",
}
"""Commands that work on files of a stopped instance and ask nobody; ``dev`` is for developers."""

_WORDS = {
    NONE: "touches none of it",
    PLAIN: "plain",
    DESK: "the desk’s service",
    CASE: "case",
    DECISION: "refused: a decision",
    TWO: "two people",
    REFUSED: "refused: a page",
}


def line_of(name: str) -> str:
    """What the log calls the act of a command; "" where it has no line."""
    entry = COMMANDS[name]
    if entry.line or entry.door == NONE:
        return entry.line
    return "command." + name.partition(":")[0]


def table() -> str:
    """The register as a table in Markdown."""
    rows = ["| `petitbleu …` | with a desk | people | line in the log | why, or how |"]
    rows.append("|---|---|---|---|---|")
    for name, entry in sorted(COMMANDS.items(), key=lambda one: one[1].typed):
        if entry.door == NONE:
            continue
        how = entry.how.format(desk="/desk", case="the case", report="")
        people = str(entry.people) if entry.people else "at the desk"
        line = ", ".join(f"`{one}`" for one in line_of(name).split(", "))
        rows.append(f"| `{entry.typed}` | {_WORDS[entry.door]} | {people} | {line} | {how} |")
    none = [entry.typed for entry in COMMANDS.values() if entry.door == NONE]
    rest = ", ".join(f"`{one}`" for one in sorted(none))
    own = "".join(f"* `{typed}`: {why}\n" for typed, why in BY_ITSELF.items())
    return (
        "\n".join(rows)
        + f"\n\nTouch neither content, people nor evidence: {rest}.\n\n"
        + f"Work on the files of a stopped instance:\n\n{own}"
    )
