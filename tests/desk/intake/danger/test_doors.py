"""Danger at every door, in words of a hand that nothing was learnt from; and never in a chat."""

from __future__ import annotations

import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.danger import posts, service
from petitbleu.desk.intake.danger.service import DANGER, PERHAPS
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.tl import api
from tests.desk.casework.alerts.kit import run
from tests.desk.intake.danger.kit import HARMLESS, all_cases, perhaps, surely
from tests.desk.intake.mails import MX, mail
from tests.domain.publishing.comments.kit import talk
from tests.kit import servicechat
from tests.kit.chats import channel, input_peer, people, said, supergroup
from tests.kit.world import Client, World
from tests.web import public

LEVELS = [(surely, DANGER, 0, "art18_threat"), (perhaps, PERHAPS, 1, "possible_danger")]


async def _open(world: World, number: int) -> None:
    """A member of staff reads the case."""
    await world.app.store.write(cases.append, world.app, number, "staff:1", CaseEvent("looked", {}))
    await run(world)


@pytest.mark.sometimes(2)
@pytest.mark.parametrize(("words", "level", "urgency", "kind"), LEVELS)
async def test_a_letter(world: World, words, level, urgency, kind) -> None:  # type: ignore[no-untyped-def]
    operator = {"country": "FR", "authserv_id": MX, "declared_languages": ["fr"]}
    await perform(world.app, "desk.operator.set", {"operator": operator})
    raw = mail("A <a@home-mail.example>", "contact@petitbleu.example", "Bonjour", words())
    await intake.deliver(world.app, raw, channel="smtp")
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency, state.kind) == (level, urgency, kind)


@pytest.mark.parametrize(("words", "level", "urgency", "kind"), LEVELS)
async def test_words_typed_with_a_report(world: World, words, level, urgency, kind) -> None:  # type: ignore[no-untyped-def]
    ada, bob = await people(world, "Ada", "Bob")
    chat = await channel(ada, bob)
    post = await said(ada, input_peer(ada, chat), "Achetez !")
    await _report(world, bob, chat, post.id, "illegal/fraud", words())
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency) == (level, urgency)
    assert {state.kind, *state.facts["also"]} == {"art16_notice", kind}
    assert any(clock.id == "dsa16.decide" for clock in cases.clocks(world.app, state))


async def _report(
    world: World, who: Client, chat: int, post: int, option: str, comment: str
) -> None:
    peer = input_peer(who, chat)
    await who.call(
        api.messages.Report(peer=peer, id=[post], option=option.encode(), message=comment)
    )
    await world.settle()


async def test_words_added_to_a_report_are_read_too(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    chat = await channel(ada, bob)
    post = await said(ada, input_peer(ada, chat), "Achetez !")
    await _report(world, bob, chat, post.id, "illegal/fraud", HARMLESS)
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency) == ("", 2)
    await _report(world, bob, chat, post.id, "illegal/fraud", surely())
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency) == (DANGER, 0)


async def test_admins_who_were_asked_too_hear_of_it_once_staff_has_read_it(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    chat = await supergroup(ada, bob, eve)
    post = await said(eve, input_peer(eve, chat), "Coucou")
    before = ada.heard
    await _report(world, bob, chat, post.id, "rules/both", surely())
    assert ada.heard == before
    (state,) = await all_cases(world)
    await _open(world, state.number)
    assert ada.heard > before


@pytest.mark.parametrize("mode", ["held", "direct"])
@pytest.mark.parametrize(("words", "level", "urgency", "kind"), LEVELS)
async def test_a_guests_comment(world: World, words, level, urgency, kind, mode) -> None:  # type: ignore[no-untyped-def]
    here = await talk(world, mode)
    sent = await here.form(text=words())
    assert "112" in sent.words
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency, state.kind) == (level, urgency, kind)
    assert state.facts["text"] == words()


@pytest.mark.parametrize(("words", "level", "urgency", "kind"), LEVELS)
async def test_a_comment_that_the_filter_discards(
    world: World, words, level, urgency, kind
) -> None:  # type: ignore[no-untyped-def]
    here = await talk(world)
    await antispam.put_word(world.app, words().split()[0], 100)
    sent = await here.form(text=words(), website="https://trap.example")
    assert "112" in sent.words and "automatically" in sent.words
    assert world.mail.sent == []
    (state,) = await all_cases(world)
    assert (state.danger, state.kind) == (level, kind)


async def test_people_of_the_channel_are_asked_once_staff_has_read_it(world: World) -> None:
    here = await talk(world)
    await here.wrote(surely())
    await run(world)
    asked = here.channel.owner.heard
    (state,) = await all_cases(world)
    await _open(world, state.number)
    assert here.channel.owner.heard > asked


async def test_a_comment_without_danger_is_asked_about_at_once(world: World) -> None:
    here = await talk(world)
    before = here.channel.owner.heard
    await here.wrote(HARMLESS)
    await run(world)
    assert here.channel.owner.heard > before and await all_cases(world) == []


@pytest.mark.parametrize(("words", "level", "urgency", "kind"), LEVELS)
async def test_a_post_of_a_public_channel(world: World, words, level, urgency, kind) -> None:  # type: ignore[no-untyped-def]
    news = await public.channel(world)
    await news.say(HARMLESS)
    await world.settle()
    assert await all_cases(world) == []
    post = await news.say(words())
    await world.settle()
    (state,) = await all_cases(world)
    assert (state.danger, state.urgency, state.kind) == (level, urgency, kind)
    assert (state.target, state.item) == (news.peer, post)


async def test_a_post_that_is_edited(world: World) -> None:
    news = await public.channel(world)
    post = await news.say(HARMLESS)
    await news.owner.call(api.messages.EditMessage(peer=news.input_peer, id=post, message=surely()))
    await world.settle()
    (state,) = await all_cases(world)
    assert (state.danger, state.item) == (DANGER, post)


async def test_a_post_that_a_process_did_not_get_to_read(world: World) -> None:
    news = await public.channel(world)
    await news.say(HARMLESS)
    await world.settle()
    await posts.write_down(world.app)
    spawn = world.app.spawn
    world.app.spawn = lambda work: work.close()  # the process ends here
    await news.say(surely())
    world.app.spawn = spawn
    assert await all_cases(world) == []
    assert await posts.catch_up(world.app) == 1
    (state,) = await all_cases(world)
    assert state.danger == DANGER


async def test_a_chat_is_never_read(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    private = await channel(ada, bob)
    group = await supergroup(ada, bob)
    await said(ada, input_peer(ada, private), surely())
    await said(ada, input_peer(ada, group), surely())
    user = await ada.peer(bob)
    to = api.InputPeerUser(user_id=user.user_id, access_hash=user.access_hash)
    await ada.call(api.messages.SendMessage(peer=to, message=surely(), random_id=77))
    await world.settle()
    assert await all_cases(world) == []


async def test_the_reporter_is_told_in_the_service_chat(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    chat = await channel(ada, bob)
    post = await said(ada, input_peer(ada, chat), "Achetez !")
    await _report(world, bob, chat, post.id, "illegal/fraud", surely())
    await run(world)
    (told,) = await _helped(bob)
    assert "danger" not in told[:160].lower() and "police" in told
    await _report(world, bob, chat, post.id, "illegal/hate", surely())
    await run(world)
    assert await _helped(bob) == [told], "once a day"


async def _helped(who: Client) -> list[str]:
    """What the service chat said of whom to call."""
    return [one.message for one in await servicechat.heard(who) if "112" in one.message]


def test_the_doors_are_of_one_reader() -> None:
    assert service.read(surely()).level == DANGER and service.read(HARMLESS).level == ""
