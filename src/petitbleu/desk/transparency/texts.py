"""Free texts of part 11 that hold for every instance, and sentences about a report.

The operator puts its own free texts in the place of these, which say what the software does:
``petitbleu desk operator set`` with ``transparency_texts`` replaces any of them, and must, where
the operator does more or otherwise.
"""

from __future__ import annotations

from typing import Any

_SENTENCES = {
    "open": "The period is not over: figures up to {what}.",
    "exempt_filled": "A micro or small enterprise need not publish this (Articles 15(2) and 19);"
    " exempt rows are filled in.",
    "exempt_blank": "A micro or small enterprise need not publish this (Articles 15(2) and 19);"
    " exempt rows are blank.",
    "long": "The text {what} is longer than {most} characters.",
    "not_over": "the period is not over yet",
    "again": "this period was published before: say what is corrected and why",
}


class Said:
    """A sentence about a report: English as text, ``code`` and ``words`` for pages."""

    __slots__ = ("code", "words")

    def __init__(self, code: str, **words: Any) -> None:
        self.code = code
        self.words = words

    def __str__(self) -> str:
        return _SENTENCES[self.code].format(**self.words)


DEFAULTS: dict[str, str] = {
    "own_initiative_summary": "Content is moderated on notice, on report from inside a chat, on"
    " order, and where moderators meet it in public channels and groups. Measures on own initiative"
    " are removal, withholding in a country, age restriction, restriction of interaction,"
    " labelling, and suspension or closing of chats and accounts; how often each was taken is in"
    " parts 5 and 6.",
    "own_initiative_information": "Every measure is decided by a person, with the facts, the law or"
    " clause it rests on and the reasons, and is notified to whom it concerns with the means of"
    " redress. Private chats are not searched: their content is looked at only where it was"
    " reported, or where an order obliges, and each access is logged.",
    "automated_means": "One automated means restricts content alone: the spam filter for comments"
    " that visitors without an account write from the web. It holds a comment for review or, where"
    " it is sure, discards it; its author is told so and can ask for a person to read it, and staff"
    " can publish a discarded comment for 15 days. No other content is restricted by automated"
    " means alone. Automated means"
    " also sort"
    " incoming notices and orders by kind and urgency, join repeated reports of one thing, compute"
    " deadlines, and limit how often an account may send messages and reports.",
    "automated_accuracy": "The error rates of the spam filter are measured on comments of authors"
    " it has not learnt from; the operator adds the figures of the period here (petitbleu admin"
    " spam measure). For all other decisions no rate of error is measured, since none is taken by"
    " automated means alone. A person confirms or corrects the kind and urgency that sorting"
    " proposes; urgency can be lowered by a person only.",
    "automated_purposes": "Sorting and joining serve that urgent orders and notices are seen"
    " first; limits on sending serve against bulk messages and floods of reports; the spam filter"
    " serves against spam in comments.",
    "automated_safeguards": "Sorting never deletes or closes anything, gives its reasons to staff,"
    " and can be overruled. An author of a comment can contest a verdict of spam once, and a person"
    " then decides. Every decision can be complained about for six months and is then"
    " looked at by somebody who had no part in it.",
}
