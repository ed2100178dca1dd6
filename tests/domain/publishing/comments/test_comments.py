"""Comments of guests and members, through the web pages and the real methods."""

from __future__ import annotations

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.publishing.comments import publishing, queries, service
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.antispam import learning
from petitbleu.domain.safety.antispam.classifier import Count
from petitbleu.ids import GUESTS_USER
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.domain.publishing.comments.kit import TEXT, talk
from tests.domain.safety.antispam.kit import train
from tests.kit import chats
from tests.kit.world import World


async def test_a_guest_writes_confirms_and_appears_once_approved(world: World) -> None:
    here = await talk(world)
    faulty = await here.form(email="lea")
    assert faulty.status == 422 and "<title>Error · Comment on “" in faulty.text
    sent = await here.form()
    assert "lea@example.org" in sent.words
    assert sent.headers["cache-control"] == "no-store"
    assert "not confirmed yet" in (await here.browser.get(here.link)).words
    held = await here.act("confirm")
    assert "Waiting for approval" in held and "what becomes of it" in held
    assert await here.said() == []
    assert "No comment yet" in (await here.browser.get(here.page)).words
    await here.decide("ok")
    (message,) = await here.said()
    assert message.from_id.user_id == GUESTS_USER
    assert message.message == f"Léa (site)\n{TEXT}"
    assert message.entities[0].length == len("Léa (site)")
    page = await here.browser.get(here.page)
    assert "<strong><bdi>Léa</bdi></strong>" in page.text
    assert "&lt;b&gt;les travaux&lt;/b&gt;" in page.text
    assert "lea@example.org" not in page.text
    assert "/signaler?link=" in page.text and f"%3Fcomment%3D{message.id}" in page.text
    assert "Published" in (await here.browser.get(here.link)).words
    assert await learning.learnt(world.app) == Count(1, 0)


async def test_direct_comments_appear_at_once_and_only_once(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    assert "Published" in await here.act("confirm")
    assert "Published" in await here.act("confirm")
    assert len(await here.said()) == 1


async def test_spam_is_held_where_guests_write_directly_and_teaches(world: World) -> None:
    here = await talk(world, "direct")
    await train(world.app)
    await here.form(text="Cheap pills and easy loans, order now at https://pills9.example/buy !")
    assert "Waiting" in await here.act("confirm")
    await here.decide("spam")
    assert await learning.learnt(world.app) == Count(12, 13)
    assert "not published" in (await here.browser.get(here.link)).words


async def test_a_member_answers_and_the_guest_is_told_by_mail(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    (message,) = await here.said()
    owner = here.channel.owner
    reply = api.InputReplyToMessage(reply_to_msg_id=message.id)
    to = chats.input_peer(owner, here.group)
    gone = await chats.said(owner, to, "Non.", reply_to=reply)
    await chats.say(owner, to, "Oui, depuis lundi.", reply_to=reply)
    await world.settle()
    group = chats.input_channel(owner, here.group)
    await owner.call(api.channels.DeleteMessages(channel=group, id=[gone.id]))
    sent = len(world.mail.sent)
    await JobRunner(world.app).run_due()
    assert len(world.mail.sent) == sent + 1, "what is gone is not told"
    mail = world.mail.sent[-1]
    assert mail.to == "lea@example.org" and "Oui, depuis lundi." in mail.text
    words = (await here.browser.get(here.page)).words
    assert words.index("sont finis") < words.index("Oui, depuis lundi.")
    assert mail.headers["List-Unsubscribe"].endswith(here.link + ">")
    assert "No more e-mail" in (await here.browser.get(here.link)).words
    clicked = await here.browser.post(here.link, {"List-Unsubscribe": "One-Click"})
    assert clicked.status == 204
    assert "No more e-mail" not in (await here.browser.get(here.link)).words
    before = len(world.mail.sent)
    await chats.say(owner, to, "Et encore.", reply_to=reply)
    await world.settle()
    await JobRunner(world.app).run_due()
    assert len(world.mail.sent) == before


async def test_a_developer_without_a_mail_server_finds_the_link_on_the_terminal(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    here = await talk(world, "direct")
    world.app.mail = None
    await here.form()
    printed = capsys.readouterr().out
    assert printed.startswith("Mail to lea@example.org:\n") and "/comment/" in printed


async def test_a_guest_answers_a_comment(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    (first,) = await here.said()
    await here.form(text="Je confirme.", email="b@example.org", name="Bo", parent=str(first.id))
    await here.act("confirm")
    newest = (await here.said())[0]
    assert newest.reply_to.reply_to_msg_id == first.id
    assert '<div class="answers">' in (await here.browser.get(here.page)).text


async def test_the_author_changes_and_deletes_for_half_an_hour(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    assert "autrement" in await here.act("edit", text="Dit autrement.")
    (message,) = await here.said()
    assert message.message == "Léa (site)\nDit autrement."
    assert "have deleted it" in await here.act("delete")
    assert await here.said() == []
    await here.form(email="late@example.org")
    await here.act("confirm")
    world.clock.advance(31 * 60)
    assert (await here.browser.post(here.link, {"act": "delete"})).status == 409
    assert len(await here.said()) == 1


async def test_what_an_admin_removes_is_gone_from_the_page(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    assert "Léa" in (await here.browser.get(here.page)).words
    (message,) = await here.said()
    owner = here.channel.owner
    to = chats.input_channel(owner, here.group)
    await owner.call(api.channels.DeleteMessages(channel=to, id=[message.id]))
    assert "Léa" not in (await here.browser.get(here.page)).words
    assert "have removed it" in (await here.browser.get(here.link)).words


async def test_an_error_keeps_every_word(world: World) -> None:
    here = await talk(world)
    wrong = await here.form(email="nobody", name='Zoë "Z"')
    assert wrong.status == 422
    assert wrong.values()["name"] == 'Zoë "Z"'
    assert "&lt;b&gt;les travaux&lt;/b&gt; de la rue des Lilas\nsont finis ?" in wrong.text
    assert "name@example.org" in wrong.words
    assert world.mail.sent == []


async def test_an_old_form_is_shown_again_with_a_fresh_token(world: World) -> None:
    here = await talk(world)
    shown = (await here.browser.get(here.page + "/comment")).values()
    world.clock.advance(12 * 3600 + 1)
    fields = shown | {"name": "Léa", "email": "lea@example.org", "text": TEXT, "website": ""}
    again = await here.browser.post(here.page + "/comment", fields)
    assert again.status == 422 and "twelve hours" in again.words
    assert again.values()["token"] != shown["token"]


async def test_a_filled_trap_or_no_token_never_appears_by_itself(world: World) -> None:
    here = await talk(world, "direct")
    trapped = await here.form(website="https://x.example")
    assert trapped.status == 200 and world.mail.sent == []
    await here.form(token="", email="c@example.org")
    assert "Waiting" in await here.act("confirm")
    assert await here.said() == []


async def test_too_many_comments_wait_with_a_time(world: World) -> None:
    here = await talk(world)
    answers = [await here.form(email="one@example.org") for _ in range(12)]
    late = answers[-1]
    assert late.status == 429
    assert int(late.headers["retry-after"]) > 0
    assert "les travaux" in late.text


@pytest.mark.parametrize("mode", ["closed", "members"])
async def test_guests_write_only_where_the_owner_lets_them(world: World, mode: str) -> None:
    here = await talk(world, mode)
    assert (await here.browser.get(here.page + "/comment")).status == 403
    assert (await here.browser.post(here.page + "/comment", {"text": "x"})).status == 403
    assert 'comment"' not in (await here.browser.get(here.page)).text


async def test_a_forged_link_leads_nowhere(world: World) -> None:
    here = await talk(world)
    await here.form()
    good = here.link
    for link in (good[:-1] + "!", "/comment/x", "/comment/1.", "/comment/" + "f" * 40, good + "0"):
        assert (await here.browser.get(link)).status == 404


async def test_an_approved_comment_is_said_after_a_crash(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    signed = here.link.rpartition("/")[2]
    number = int(signed.partition(".")[0], 16)
    # The process ends right after the decision was on disk.
    row = await world.app.store.row(queries.GET, id=number)
    await world.app.store.write(service._confirm, row, "approved", int(world.clock.now()))
    assert await here.said() == []
    await publishing.publish(world.app, number)
    await publishing.publish(world.app, number)
    assert len(await here.said()) == 1


async def test_unconfirmed_comments_are_forgotten(world: World) -> None:
    here = await talk(world)
    await here.form()
    world.clock.advance(2 * 86_400)
    assert await service.tidy(world.app) == 0
    world.clock.advance(30)
    assert await service.tidy(world.app) == 1
    assert (await here.browser.get(here.link)).status == 404


async def test_a_decision_on_nothing_is_refused(world: World) -> None:
    for params in ({"id": "x", "answer": "ok"}, {"id": "5", "answer": "ok"}, {"id": "5"}):
        with pytest.raises(CommandRefused):
            await perform(world.app, "comment.decide", params)


async def test_an_old_post_is_closed_to_guests_unless_it_is_kept_open(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    await pages.set_switch(world.app, here.channel.peer, "comments_days", "30")
    world.clock.advance(29 * 86_400)
    assert (await here.browser.get(here.page + "/comment")).status == 200
    world.clock.advance(86_400)
    assert (await here.browser.get(here.page + "/comment")).status == 403
    page = await here.browser.get(here.page)
    assert "closed since" in page.words and "sont finis" in page.words
    asked = {"channel": here.channel.name, "post": here.post}
    stands = await perform(world.app, "comment.rule", asked)
    assert (stands["rule"], stands["mode"]) == ("usual", "members") and stands["closed_at"]
    await perform(world.app, "comment.rule", asked | {"rule": "open"})
    assert (await here.browser.get(here.page + "/comment")).status == 200
    assert "closed since" not in (await here.browser.get(here.page)).words


async def test_one_post_has_a_rule_of_its_own(world: World) -> None:
    here = await talk(world, "direct")
    other = await here.channel.say("Les lilas fleurissent.")
    await world.settle()
    asked = {"channel": here.channel.name, "post": here.post}
    await perform(world.app, "comment.rule", asked | {"rule": "held"})
    await here.form()
    assert "Waiting" in await here.act("confirm")
    await perform(world.app, "comment.rule", asked | {"rule": "closed"})
    assert (await here.browser.get(here.page + "/comment")).status == 403
    assert 'id="comments"' not in (await here.browser.get(here.page)).text
    assert (await here.browser.get(f"/{here.channel.name}/{other}/comment")).status == 200
    back = await perform(world.app, "comment.rule", asked | {"rule": "usual"})
    assert (back["rule"], back["mode"]) == ("usual", "direct")
    for wrong in ({"rule": "shut"}, {"post": 999, "rule": "held"}, {"channel": "nobody"}):
        with pytest.raises(CommandRefused):
            await perform(world.app, "comment.rule", asked | wrong)


async def test_the_owner_has_a_line_above_the_form(world: World) -> None:
    here = await talk(world)
    await pages.set_switch(
        world.app, here.channel.peer, "charter", "Restons\ncourtois, <b>tous</b>."
    )
    form = await here.browser.get(here.page + "/comment")
    assert "Restons courtois, &lt;b&gt;tous&lt;/b&gt;." in form.text
    with pytest.raises(pages.Invalid):
        await pages.set_switch(world.app, here.channel.peer, "charter", "x" * 301)
    with pytest.raises(pages.Invalid):
        await pages.set_switch(world.app, here.channel.peer, "comments_days", "-1")


async def test_what_was_removed_is_forgotten_after_the_time_for_complaints(world: World) -> None:
    here = await talk(world, "direct")
    await here.wrote("Un mot.")
    await here.wrote("Un autre.", "Bo")
    assert await service.sweep(world.app) == 0
    newest = (await here.said())[0]
    owner = here.channel.owner
    to = chats.input_channel(owner, here.group)
    await owner.call(api.channels.DeleteMessages(channel=to, id=[newest.id]))
    assert await service.sweep(world.app) == 1
    assert "have removed it" in (await here.browser.get(here.mine)).words
    world.clock.advance(219 * 86_400)
    assert await service.tidy(world.app) == 0
    world.clock.advance(2 * 86_400)
    assert await service.tidy(world.app) == 1
    assert (await here.browser.get(here.mine)).status == 404
    assert "Un mot." in (await here.browser.get(here.page)).words
