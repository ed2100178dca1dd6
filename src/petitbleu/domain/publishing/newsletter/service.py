"""The newsletter as others use it: the pages, the desk's doors, the command line."""

from __future__ import annotations

from petitbleu.domain.publishing.newsletter.addresses import link
from petitbleu.domain.publishing.newsletter.checks import advice
from petitbleu.domain.publishing.newsletter.counting import Figures, figures, sent
from petitbleu.domain.publishing.newsletter.keeping import tidy
from petitbleu.domain.publishing.newsletter.lists import (
    Brought,
    NotYours,
    Opened,
    WrongPassword,
    bring_in,
    check_password,
    export,
    open_link,
)
from petitbleu.domain.publishing.newsletter.returns import recipients_of, take
from petitbleu.domain.publishing.newsletter.subscribing import (
    ACTIVE,
    CONFIRM_SECONDS,
    NEW,
    Invalid,
    NotThere,
    Over,
    Seen,
    Stale,
    Typed,
    admit,
    ask,
    change,
    confirm,
    end,
    leave,
    offered,
    see,
    token,
)
from petitbleu.domain.publishing.newsletter.timetable import DAY, FREQUENCIES, POST, WEEK, zones
from petitbleu.domain.publishing.newsletter.writing import Letter, Order, write_with

__all__ = [
    "ACTIVE",
    "CONFIRM_SECONDS",
    "DAY",
    "FREQUENCIES",
    "NEW",
    "POST",
    "WEEK",
    "Brought",
    "Figures",
    "Invalid",
    "Letter",
    "NotThere",
    "NotYours",
    "Opened",
    "Order",
    "Over",
    "Seen",
    "Stale",
    "Typed",
    "WrongPassword",
    "admit",
    "advice",
    "ask",
    "bring_in",
    "change",
    "check_password",
    "confirm",
    "end",
    "export",
    "figures",
    "leave",
    "link",
    "offered",
    "open_link",
    "recipients_of",
    "see",
    "sent",
    "take",
    "tidy",
    "token",
    "write_with",
    "zones",
]
