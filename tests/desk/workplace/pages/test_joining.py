"""Related cases within what one may see; joining one to an earlier one, whose clocks stay."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import service as intake
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.kit import opened
from tests.desk.workplace.pages.test_work import case_of
from tests.kit.desk import DeskSite, Person


async def arrives(
    desk: DeskSite, subject: str, *, sender: str = "nora@person.example", cites: str = ""
) -> int:
    """A letter that opens a case of its own, unless it cites one; the case."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "desk@brume.example", subject
    mail["Message-ID"] = f"<{subject.replace(' ', '-')}@{sender.partition('@')[2]}>"
    mail.set_content(f"{subject}. The post is wrong. {cites}\n")
    done = await intake.deliver(desk.world.app, mail.as_bytes(), channel="smtp")
    return done.case


async def join(person: Person, number: int, into: int) -> tuple[int, str]:
    page = await person.post(
        f"/desk/cases/{case_numbers.text(number)}/related", {"into": case_numbers.text(into)}
    )
    return page.status, page.words


async def test_a_joined_case_brings_what_arrived_and_the_first_keeps_its_clocks(
    desk: DeskSite,
) -> None:
    ada = await desk.person("legal")
    first = await arrives(desk, "A first word")
    desk.world.clock.advance(3600)
    second = await arrives(desk, "More of the same")
    assert second != first
    before = await case_of(desk, first)
    clocks = [(one.id, one.due) for one in cases.clocks(desk.world.app, before)]
    page = await ada.get(f"/desk/cases/{case_numbers.text(second)}/related")
    assert f'value="{case_numbers.text(first)}"' in page.text, "the likely one is proposed"
    assert (await join(ada, second, first))[0] == 303
    after, gone = await case_of(desk, first), await case_of(desk, second)
    assert [(one.id, one.due) for one in cases.clocks(desk.world.app, after)] == clocks
    assert after.received_at == before.received_at and len(after.inbound) == 2
    assert (gone.ending, gone.closed_at is None) == ("duplicate", False)
    page = await ada.get(f"/desk/cases/{case_numbers.text(first)}")
    assert "More of the same. The post is wrong." in page.words
    assert f"joined with {case_numbers.text(second)}" in page.words
    later = await arrives(desk, "Third word", cites=f"My number is {case_numbers.text(second)}.")
    assert later == first, "who cites the closed number is led to the first"
    assert (await case_of(desk, second)).closed_at is not None
    actions = await desk.actions()
    assert actions.count("case.joined") == 2


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"received_at": 500}, {"received_at": 100}, "arrived later"),
        ({}, {"kind": "tco_removal_order"}, "order of its own kind"),
        ({"sender": "a@x.example"}, {"sender": "b@y.example"}, "omebody else"),
        ({"kind": "dsar"}, {"kind": "art16_notice"}, "ends before"),
    ],
)
async def test_what_would_lose_a_clock_or_an_answer_is_not_joined(
    desk: DeskSite, first: dict[str, object], second: dict[str, object], words: str
) -> None:
    ada = await desk.person("legal")
    now = int(desk.world.clock.now())
    made = []
    for more in (first, second):
        wanted: dict[str, object] = {"kind": "unsorted", "received_at": now - 1000, **more}
        if wanted["received_at"] in (100, 500):
            wanted["received_at"] = now - 1000 + int(str(wanted["received_at"]))
        kind = str(wanted.pop("kind"))
        made.append(await opened(desk.world, kind, **wanted))
    status, said = await join(ada, made[1], made[0])
    assert status == 422 and words in said
    assert (await case_of(desk, made[1])).closed_at is None
    assert (await join(ada, made[1], made[1]))[0] == 422


async def test_related_cases_are_those_one_may_see(desk: DeskSite) -> None:
    ada, bea = await desk.person("legal"), await desk.person("moderator")
    about = {"sender": "nora@person.example", "target": -77, "reference": "R 7/26"}
    mine = case_numbers.text(await opened(desk.world, "art16_notice", **about))
    same = case_numbers.text(await opened(desk.world, "art16_notice", target=-77))
    person = case_numbers.text(
        await opened(desk.world, "art16_notice", sender="nora@person.example")
    )
    hidden = case_numbers.text(await opened(desk.world, "csam_notice", **about))
    page = await ada.get(f"/desk/cases/{mine}/related")
    assert same in page.words and person in page.words and hidden not in page.text
    assert "Related cases (2)" in (await ada.get(f"/desk/cases/{mine}")).words
    page = await bea.get(f"/desk/cases/{mine}/related")
    assert same in page.words and person not in page.text, "who may not know the sender"
    status, _ = await join(ada, case_numbers.parse(mine) or 0, case_numbers.parse(hidden) or 0)
    assert status == 404
