"""The head of the log, signed every hour and mailed to the data protection officer every day."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.records.audit import heads
from petitbleu.desk.records.audit.heads import Unsound
from petitbleu.desk.records.audit.texts import BROKEN, HEAD
from petitbleu.jobs import job


def _language(app: App) -> str:
    return next((lang for lang in app.config.languages if lang in HEAD), "en")


@job("audit.sign", every=3600)
async def sign(app: App, data: dict[str, Any]) -> None:
    """Sign the tree; where lines do not fit, sign nothing and say so to who must know."""
    try:
        await heads.sign(app)
    except Unsound as found:
        app.log.error("audit.unsound", reason=str(found))
        language = _language(app)
        subject, text = BROKEN[language]
        desk = app.config.desk
        for address in dict.fromkeys((desk.dpo, desk.director, desk.lead)):
            if address and app.mail is not None:
                words = {"instance": app.config.name, "what": found.say(language)}
                await app.mail.send(address, subject.format(**words), text.format(**words))


@job("audit.mail", every=86_400)
async def mail(app: App, data: dict[str, Any]) -> None:
    """The newest head by mail: a copy that nobody here can change."""
    head = await heads.newest(app)
    if head is None or app.mail is None or not app.config.desk.dpo:
        return
    subject, text = HEAD[_language(app)]
    words = {
        "instance": app.config.name,
        "size": head.size,
        "note": head.note,
        "key": heads.verifier(app),
    }
    await app.mail.send(app.config.desk.dpo, subject.format(**words), text.format(**words))
