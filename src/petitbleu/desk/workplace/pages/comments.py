"""Comments of guests that the filter kept back: judged one by one, or many by their score."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.workplace.pages.shell import PageRequest, Problem, page
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.comments.service import BOXES, BULK, Box, GuestRow, Waiting
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.store.api import Tx

PAGE = 50
_WORDS = 100
HAM, SPAM = "ham", "spam"


class Asked(NamedTuple):
    """What of a box is looked at. ``channel``: peer number, 0: all."""

    box: str
    channel: int
    words: str

    def query(self) -> dict[str, str]:
        """The address's query that asks for it."""
        return {
            "box": self.box,
            **({"channel": str(self.channel)} if self.channel else {}),
            **({"words": self.words} if self.words else {}),
        }


def _asked(fields: Any) -> Asked:
    """From a query or a form."""
    box, channel = str(fields.get("box", "")), str(fields.get("channel", ""))
    number = channel.removeprefix("-")
    known = number.isascii() and number.isdigit() and len(number) < 18
    return Asked(
        box if box in BOXES else "held",
        int(channel) if known else 0,
        " ".join(str(fields.get("words", "")).split())[:_WORDS],
    )


def _place(text: str) -> int:
    """An id as addresses carry it (hexadecimal), 0: none. 404 for what is none."""
    try:
        number = int(text, 16) if text and len(text) <= 16 else 0
    except ValueError:
        raise HTTPException(404) from None
    if not 0 <= number < 1 << 63:
        raise HTTPException(404)
    return number


@page("/desk/comments", right="comments", rail="comments")
async def listed(visit: PageRequest) -> Response:
    """A box of comments."""
    query = visit.request.query_params
    counts = await comments.boxes(visit.app)
    asked = _asked(query)
    if "box" not in query and counts["contested"]:
        asked = asked._replace(box="contested")
    after = _place(query.get("after", ""))
    box = Box(asked.box, asked.channel, words=asked.words)
    rows = await comments.queue(visit.app, box, after=after, limit=PAGE + 1)
    following = ""
    if len(rows) > PAGE:
        rows = rows[:PAGE]
        following = urlencode({**asked.query(), "after": f"{rows[-1].row.id:x}"})
    visit.subject = f"comments:{asked.box}"
    visit.said = {"comments": len(rows)} | ({"words": asked.words} if asked.words else {})
    held = await comments.channels(visit.app, asked.box)
    titles = await chats.get_many(visit.app, {*held, *(comment.row.channel for comment in rows)})
    return visit.html(
        "comments.html",
        asked=asked,
        counts=counts,
        found=[_shown(visit, comment, titles) for comment in rows],
        channels=[
            (str(one), f"{titles[one].title} ({number})" if one in titles else f"{one} ({number})")
            for one, number in held.items()
        ],
        following=following,
        later=bool(after),
        most=BULK,
        urlencode=urlencode,
    )


def _shown(visit: PageRequest, one: Waiting, titles: dict[int, chats.ChatRow]) -> dict[str, Any]:
    """A comment as the template shows it."""
    chat = titles.get(one.row.channel)
    reasons = one.checked.reasons if one.checked is not None else []
    return {
        "row": one.row,
        "id": f"{one.row.id:x}",
        "seen": f"{one.row.spam_check:x}",
        "text": one.text,
        "contest": one.contest,
        "percent": _percent(one.row),
        "reasons": [antispam.sentence(why, visit.lang) for why in reasons],
        "known": one.checked is not None,
        "channel": chat.title if chat is not None else "",
        "link": f"/{chat.username}/{one.row.post}" if chat is not None and chat.username else "",
    }


def _percent(row: GuestRow) -> int:
    return row.score // 10_000


def _seen(text: str) -> tuple[int, int]:
    """A comment, and the text of it that was shown, as a form carries both."""
    number, _, check = text.partition("-")
    return _place(number), _place(check)


# ── verdicts ────────────────────────────────────────────────────────────────────────────────────


def _noted(visit: PageRequest, *, spam: bool, bulk: bool = False) -> comments.Also:
    """Writes the line of the log, in the transaction of the verdict."""

    async def also(tx: Tx, row: GuestRow) -> None:
        data = {
            "channel": row.channel,
            "post": row.post,
            "was": row.state,
            "score": row.score / 1_000_000,
            **({"bulk": True} if bulk else {}),
        }
        name = "comment.spam" if spam else "comment.ham"
        await audit.append(tx, visit.app, visit.staff.actor, name, f"comment:{row.id:x}", data)

    return also


@page("/desk/comments/bulk", right="comments", methods=("POST",))
async def bulk(visit: PageRequest) -> Response:
    """Show what a verdict by score would be, and with ``confirmed`` carry exactly that out."""
    app, form = visit.app, visit.form
    asked, spam = _asked(form), form.get("answer") == SPAM
    if form.flag("confirmed"):
        numbers = dict(map(_seen, form.get("numbers").split(",")[:BULK]))
        also = _noted(visit, spam=spam, bulk=True)
        await comments.bulk(app, numbers, publish=not spam, by=visit.staff.actor, also=also)
        return visit.to("/desk/comments", "comments_bulk", **asked.query())
    percent = form.number("score")
    if percent is None or not 0 <= percent <= 100:
        raise Problem("bulk_wrong_score")
    box = Box(asked.box, asked.channel, words=asked.words)
    # A score is shown rounded down: 95 means up to 95.99….
    edge = min(1.0, (percent + 0.9999) / 100)
    box = box._replace(least=percent / 100) if spam else box._replace(most=edge)
    rows = await comments.queue(app, box, limit=BULK)
    visit.subject = f"comments:{asked.box}"
    visit.said = {"comments": len(rows)}
    return visit.html(
        "comments_bulk.html",
        asked=asked,
        spam=spam,
        percent=percent,
        numbers=",".join(f"{comment.row.id:x}-{comment.row.spam_check:x}" for comment in rows),
        count=len(rows),
        shown=[_line(comment) for comment in rows[:PAGE]],
        urlencode=urlencode,
    )


def _line(one: Waiting) -> tuple[int, str, str]:
    return _percent(one.row), one.row.name, " ".join(one.text.split())[:160]


@page("/desk/comments/{number}", right="comments", methods=("POST",))
async def judge(visit: PageRequest) -> Response:
    """One verdict: ``ham`` publishes, ``spam`` refuses."""
    number = _place(str(visit.request.path_params["number"]))
    answer = visit.form.get("answer")
    if answer not in (HAM, SPAM):
        raise HTTPException(400)
    asked, spam = _asked(visit.form), answer == SPAM
    done = await comments.decide(
        visit.app,
        number,
        publish=not spam,
        spam=spam,
        by=visit.staff.actor,
        seen=_place(visit.form.get("seen")),
        also=_noted(visit, spam=spam),
    )
    said = f"comment_{answer}" if done else "comment_gone"
    if done and not spam and await comments.is_asked(visit.app, number):
        said = "comment_asked"
    following = visit.form.get("next")
    row = f"c{_place(following):x}" if following else ""
    return visit.to("/desk/comments", said, row=row, **asked.query())
