"""Methods of our own: the number of a report, and one's own cases."""

from __future__ import annotations

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import options, own_cases, receipts, views_reports
from petitbleu.domain.safety.moderation.own_cases import REPORT, OwnCase
from petitbleu.domain.safety.moderation.views_reports import About
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("petitbleu.getReceipt")
async def get_receipt(ctx: Ctx, q: api.petitbleu.GetReceipt) -> api.petitbleu.Receipt:
    """The number of a report that was just made, and what happens next."""
    subject = await peers.resolve(ctx, q.peer)
    lang = options.language(ctx.lang, *ctx.app.config.languages)
    found = await receipts.load(ctx.app, ctx.me, subject, list(q.id), q.reason or "", lang)
    following = found.following
    return api.petitbleu.Receipt(
        again=found.again,
        number=found.number,
        text=found.text,
        url=following.notice or None,
        status=following.status or None,
        due=following.due or None,
    )


@rpc("petitbleu.getCases")
async def get_cases(ctx: Ctx, _q: api.petitbleu.GetCases) -> api.petitbleu.Cases:
    """My cases; also for somebody who is suspended."""
    found = await own_cases.load(ctx.app, ctx.me)
    lang = options.language(ctx.lang, *ctx.app.config.languages)
    about = await views_reports.of_own(ctx.app, ctx.me.id, lang)
    return api.petitbleu.Cases(cases=[_case(one, about) for one in found.cases], url=found.url)


def _case(one: OwnCase, about: dict[int, About]) -> api.petitbleu.Case:
    said = about.get(case_numbers.parse(one.number) or 0) if one.kind == REPORT else None
    return api.petitbleu.Case(
        asked=one.asked,
        can_contest=bool(one.contest),
        number=one.number,
        role=one.role,
        kind=one.kind,
        state=one.state,
        at=one.at,
        due=one.due or None,
        url=one.url,
        contest=one.contest or None,
        reason=said.reason if said is not None else None,
        about=(said.name or None) if said is not None else None,
    )
