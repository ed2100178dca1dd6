"""Who may change the team, alone and with a second person; the command line."""

from __future__ import annotations

import re
from typing import Any

import pytest

from petitbleu import jobs
from petitbleu.control import CommandRefused, perform
from petitbleu.desk.reference.law import service as law
from petitbleu.jobs import KINDS
from petitbleu.store.query import query
from tests.kit.desk import DeskSite, Fields, Person

INVITE = "/desk/team/invite"
_JOBS = query("select data from job where kind = :kind")


def wish(name: str, *roles: str, **more: str | list[str]) -> Fields:
    return {
        "name": name,
        "email": f"{name.lower()}@example.org",
        "language": "en",
        "role": list(roles),
        "queues_of": "all",
        "measures_of": "all",
        **more,
    }


async def told(desk: DeskSite, **more: Any) -> dict[str, Any]:
    words: dict[str, Any] = {
        "name": "Ada",
        "email": "ada@example.org",
        "language": None,
        "roles": ["director"],
        "queues": [],
        "measures": [],
        "on_call": False,
        "seconds": None,
        "again": None,
    }
    return await perform(desk.world.app, "staff.invite", words | more)


async def test_the_desk_begins_at_the_command_line_and_the_log_says_so(desk: DeskSite) -> None:
    one = await told(desk)
    assert one["staff"] == 1
    ada = desk.outsider()
    assert (await ada.accept(one["link"])).status == 303
    assert (await ada.sign_in()).status == 303
    first = (await desk.log())[0]
    assert (first.actor, first.action) == ("operator", "staff.alone")
    (row,) = (await perform(desk.world.app, "staff.list", {}))["staff"]
    assert (row["roles"], row["passkeys"], row["state"]) == (["director"], 1, "active")


async def test_the_invitation_goes_by_mail_to_its_person(desk: DeskSite) -> None:
    one = await told(desk)
    assert one["mailed"]
    job = await desk.world.app.store.rows(_JOBS, kind="team.invite")
    assert len(job) == 1
    assert "http" not in repr(job), "the link is stored nowhere"
    await KINDS["team.invite"].handler(desk.world.app, jobs.decode("team.invite", job[0][0]))
    mail = desk.world.mail.sent[-1]
    assert mail.to == "ada@example.org"
    assert one["link"] in mail.text


async def test_alone_until_two_heads_can_sign(desk: DeskSite) -> None:
    ada = await desk.person("director")
    page = await ada.sign(INVITE, wish("Bea", "lead"))
    assert "invitation goes by mail" in page.words
    assert "staff.alone" in await desk.actions()
    assert "/desk/invitation/" not in page.text, "with a mail server nobody else sees the link"
    desk.world.app.mail = None
    page = await ada.sign(INVITE, wish("Cyd", "lead"))
    link = re.search(r"https://\S+/desk/invitation/\w+", page.text)
    assert link is not None
    assert (await desk.outsider().accept(link[0])).status == 303


async def second_of(desk: DeskSite, page_words: str, who: Person) -> str:
    number = re.search(r"Request (\d+)", page_words)
    assert number is not None, page_words
    page = await who.get(f"/desk/seconds/{number[1]}")
    assert page.status == 200, page.words
    return f"/desk/seconds/{number[1]}"


async def test_with_two_heads_a_second_one_must_agree(desk: DeskSite) -> None:
    ada, bea = await desk.person("director"), await desk.person("lead")
    page = await ada.sign(INVITE, wish("Cyd", "legal"))
    assert "waits for a second director or lead" in page.words
    people = await perform(desk.world.app, "staff.list", {})
    assert len(people["staff"]) == 2
    path = await second_of(desk, page.words, bea)
    page = await bea.get(path)
    assert "Legal" in page.words or "legal" in page.words
    assert "under second reading" in page.words
    page = await bea.sign(f"{path}/answer", {"answer": "agree"})
    assert "Number 3 is invited" in page.words
    actions = await desk.actions()
    assert actions[-3:] == ["staff.add", "staff.invite", "view"], "the page with the link too"
    assert "second.agree" in actions
    again = await bea.sign(f"{path}/answer", {"answer": "agree"})
    assert again.status == 422
    assert "answered already" in again.words


async def test_nobody_is_the_second_to_themselves(desk: DeskSite) -> None:
    ada = await desk.person("director", "lead")
    bea = await desk.person("lead")
    page = await ada.sign(INVITE, wish("Cyd", "director"))
    path = await second_of(desk, page.words, ada)
    page = await ada.sign(f"{path}/answer", {"answer": "agree"})
    assert page.status == 422
    assert "must be somebody else" in page.words
    tim = await desk.person("legal")
    page = await tim.sign(f"{path}/answer", {"answer": "agree"})
    assert "cannot give this second signature" in page.words
    assert (await tim.get(path)).status == 403
    assert (await bea.sign(f"{path}/answer", {"answer": "refuse"})).status == 422, "no reason"
    page = await bea.sign(f"{path}/answer", {"answer": "refuse", "reason": "who is that?"})
    assert page.headers["location"].endswith("done=refused")
    assert "who is that?" in (await ada.get(path)).words
    assert len((await perform(desk.world.app, "staff.list", {}))["staff"]) == 3


async def test_nobody_changes_or_approves_their_own_roles(desk: DeskSite) -> None:
    ada, bea = await desk.person("director"), await desk.person("lead")
    change = {k: v for k, v in wish("Person 2", "lead", "director").items() if k != "email"}
    page = await bea.sign("/desk/team/2/change", change)
    assert "Nobody changes their own roles" in page.words
    page = await ada.sign("/desk/team/2/change", change)
    path = await second_of(desk, page.words, bea)
    page = await bea.sign(f"{path}/answer", {"answer": "agree"})
    assert "about yourself" in page.words
    cyd = await desk.person("lead")
    page = await cyd.sign(f"{path}/answer", {"answer": "agree"})
    assert "roles of number 2 are changed" in page.words
    assert "Director" in (await bea.get("/desk")).words


async def test_the_command_line_needs_a_head_once_there_are_two(desk: DeskSite) -> None:
    ada = await desk.person("director")
    await desk.person("lead")
    one = await told(desk, name="Cyd", email="cyd@example.org", roles=["lead"])
    assert one["link"] is None
    page = await ada.get(f"/desk/seconds/{one['request']}")
    assert "command line" in page.words
    page = await ada.sign(f"/desk/seconds/{one['request']}/answer", {"answer": "agree"})
    assert "Number 3 is invited" in page.words


async def test_a_new_link_for_who_lost_their_passkey(desk: DeskSite) -> None:
    ada = await desk.person("director")
    tim = await desk.person("triage")
    old = await perform(desk.world.app, "staff.invite", {"again": 2})
    new = await perform(desk.world.app, "staff.invite", {"again": 2})
    eve = desk.outsider()
    assert (await eve.get(old["link"])).status == 410, "a newer link ends an older one"
    assert (await eve.accept(new["link"])).status == 303
    assert (await eve.sign_in()).status == 303
    assert "No. 2" in (await eve.get("/desk")).words
    assert (await tim.get("/desk")).status == 200
    assert (await ada.sign("/desk/team/2/again")).status == 200


async def test_ending_access_is_at_once_but_the_last_head_stays(desk: DeskSite) -> None:
    ada, tim = await desk.person("director"), await desk.person("triage")
    assert (await ada.sign("/desk/team/2/revoke", {"why": "left"})).status == 303
    assert (await tim.get("/desk")).status == 303
    page = await ada.sign("/desk/team/1/revoke", {"why": "oops"})
    assert "keeps at least one director or lead" in page.words
    await perform(desk.world.app, "staff.revoke", {"number": 1, "reason": "gone"})
    assert (await ada.get("/desk")).status == 303
    with pytest.raises(CommandRefused):
        await perform(desk.world.app, "staff.revoke", {"number": 1})
    with pytest.raises(CommandRefused):
        await perform(desk.world.app, "staff.revoke", {"number": 9})


@pytest.mark.turns(4)
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"email": "nobody"}, "no e-mail address"),
        ({"role": []}, "at least one role"),
        ({"role": ["king"]}, "no role “king”"),
        ({"role": ["auditor"]}, "needs an end"),
        ({"role": ["auditor"], "until": "2001-01-01"}, "over already"),
        ({"until": "soon"}, "no date"),
        ({"until": "9999-12-31"}, "no date"),
        ({"queues_of": "these", "queues": "a b"}, "no kind of case"),
        (
            {"queues_of": "these", "queues": ["art16_notice", "art16_notise"]},
            "“art16_notise” is no",
        ),
        ({"queues_of": "these"}, "Choose at least one kind of case"),
        ({"measures_of": "these", "measures": "behead"}, "“behead” is no"),
        ({"measures_of": "these"}, "Choose at least one measure"),
        ({"name": " "}, "name"),
        ({"email": "p1@example.org"}, "belongs to somebody"),
        ({"language": "xx"}, "no language"),
    ],
)
async def test_wrong_words_come_back_with_a_sentence(
    desk: DeskSite, more: dict[str, Any], words: str
) -> None:
    ada = await desk.person("director")
    page = await ada.sign(INVITE, {**wish("Bea", "lead"), **more})
    assert page.status == 422
    assert words in page.words
    if "name" not in more:
        assert page.values()["name"] == "Bea"


async def test_somebodys_work_is_narrowed_to_measures_of_the_decision_form(desk: DeskSite) -> None:
    ada = await desk.person("director")
    chosen: Fields = {"measures_of": "these", "measures": ["disable", "country"]}
    page = await ada.sign(INVITE, {**wish("Bea", "moderator"), **chosen})
    assert page.status == 200
    (row,) = [
        r for r in (await perform(desk.world.app, "staff.list", {}))["staff"] if r["number"] == 2
    ]
    assert row["measures"] == ["country", "disable"]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_what_work_is_narrowed_to_is_chosen_in_words(desk: DeskSite, language: str) -> None:
    ada = await desk.person("director", language=language)
    fields: Fields = {
        **wish("Bea", "moderator", queues_of="these", queues=["art16_notice", "dsar"]),
        "measures_of": "all",
        "measures": ["close"],  # ticked before "all" was chosen
    }
    assert (await ada.sign(INVITE, fields)).status == 200
    page = await ada.get("/desk/team/2")
    ticked = re.findall(r'name="(\w+)" value="(\w+)" checked[^>]*> <span>([^<]+)', page.text)
    law_ = law.load_law(desk.world.app)
    assert {(name, value) for name, value, _ in ticked} == {
        *{("role", "moderator"), ("queues_of", "these"), ("measures_of", "all")},
        *{("queues", "art16_notice"), ("queues", "dsar")},
    }
    assert {words for name, _, words in ticked if name == "queues"} == {
        law.kind(law_, kind, language) for kind in ("art16_notice", "dsar")
    }
    offered = re.findall(r'name="queues" value="(\w+)"(?: checked)?> <span>([^<]+)<', page.text)
    assert len(offered) == len(law_.kinds) and not any(code == words for code, words in offered)
    assert "<code>" not in page.text
    sent = wish("Bea", "moderator", queues_of="these", queues=["dsar"])
    assert (await ada.sign("/desk/team/2/change", sent)).status == 200
    (row,) = [
        r for r in (await perform(desk.world.app, "staff.list", {}))["staff"] if r["number"] == 2
    ]
    assert (row["queues"], row["measures"]) == (["dsar"], ["*"])


async def test_the_command_line_says_what_is_wrong(desk: DeskSite) -> None:
    for more, words in (
        ({"email": ""}, "no e-mail"),
        ({"roles": ["auditor"]}, "needs an end"),
        ({"again": 7}, "no member of staff 7"),
    ):
        with pytest.raises(CommandRefused, match=words):
            await told(desk, **more)


async def test_who_ends_the_other_heads_access_cannot_go_on_alone(desk: DeskSite) -> None:
    eve = await desk.person("lead")
    await desk.person("director")
    assert (await eve.sign("/desk/team/2/revoke", {"why": "mine now"})).status == 303
    page = await eve.sign(INVITE, wish("Mallory", "director"))
    assert page.status == 422
    assert "The operator of the server has to invite a second one" in page.words
    one = await told(desk, name="Cyd", email="cyd@example.org", roles=["director"])
    assert one["staff"] == 3
    assert "staff.alone" in await desk.actions()
