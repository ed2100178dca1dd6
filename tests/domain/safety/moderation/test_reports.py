"""Reports: the tree of reasons, what is kept, who is told, and what is refused."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

import pytest

from petitbleu.config import Config
from petitbleu.domain.messaging.messages import erase
from petitbleu.domain.safety.moderation import copies, options, reports
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.store.query import query
from petitbleu.tl import api, codec
from tests.domain.safety.moderation import place as places
from tests.domain.safety.moderation.place import service_chat
from tests.kit.world import Client, RpcFault, World


class _Text(NamedTuple):
    text: str


BODIES = query("select text from body where author = :author order by id", _Text)


async def _report(
    client: Client, peer: Any, ids: list[int], option: str = "", message: str = ""
) -> Any:
    return await client.call(
        api.messages.Report(peer=peer, id=ids, option=option.encode(), message=message)
    )


async def _say(client: Client, peer: Any, text: str) -> int:
    sent = await client.call(
        api.messages.SendMessage(
            peer=peer, message=text, random_id=int.from_bytes(client.world.app.random(7), "big")
        )
    )
    return int(sent.id)


async def _only(world: World) -> tuple[ReportRow, dict[str, Any]]:
    (row,) = await reports.listed(world.app)
    return row, copies.open_sealed(world.app, row.number, row.sealed, row.digest)


async def _strangers(world: World) -> tuple[Client, Client, Any, Any]:
    """Ada and Bob, who wrote to her twice; each as the other names them."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_ada = await bob.peer(ada)
    for text in ("Bonjour", "Achetez !"):
        await _say(bob, to_ada, text)
    from_bob = await ada.peer(bob)
    return ada, bob, from_bob, to_ada


# ── messages.report ─────────────────────────────────────────────────────────────────────────────


async def test_the_tree_is_walked_to_its_end(world: World) -> None:
    ada, _, bob, _ = await _strangers(world)
    first = await _report(ada, bob, [2])
    assert type(first) is api.ReportResultChooseOption
    assert [one.option for one in first.options] == [b"rules", b"illegal", b"danger", b"unwanted"]
    second = await _report(ada, bob, [2], "illegal")
    assert b"illegal/hate" in [one.option for one in second.options]
    third = await _report(ada, bob, [2], "illegal/hate")
    assert (type(third), third.optional) == (api.ReportResultAddComment, False)
    empty = await _report(ada, bob, [2], third.option.decode())
    assert type(empty) is api.ReportResultAddComment
    assert await reports.listed(world.app) == []
    last = await _report(ada, bob, [2], third.option.decode(), "  Propos haineux.  ")
    assert type(last) is api.ReportResultReported

    row, copy = await _only(world)
    assert (row.reporter, row.subject, row.author) == (ada.user_id, bob.user_id, bob.user_id)
    assert (row.reason, row.comment, row.method) == (
        "illegal/hate",
        "Propos haineux.",
        "messages.report",
    )
    assert [(one["text"], one["context"]) for one in copy["messages"]] == [("Achetez !", False)]
    assert copy["category"] == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    assert places.written(row.number) in (await service_chat(ada))[0]


async def test_words_may_be_left_out_where_they_are_optional(world: World) -> None:
    ada, _, bob, _ = await _strangers(world)
    asked = await _report(ada, bob, [1, 2], "illegal/minors")
    assert (type(asked), asked.optional) == (api.ReportResultAddComment, True)
    done = await _report(ada, bob, [1, 2], asked.option.decode())
    assert type(done) is api.ReportResultReported
    row, _ = await _only(world)
    assert (row.reason, reports.message_ids(row.messages)) == ("illegal/minors", [1, 2])


async def test_emergency_numbers_stand_above_the_question(world: World) -> None:
    ada, _, bob, _ = await _strangers(world)
    asked = await _report(ada, bob, [1], "danger")
    assert world.app.config.moderation.emergency in asked.title


async def test_not_wanting_to_see_it_makes_no_report(world: World) -> None:
    ada, _, bob, _ = await _strangers(world)
    done = await _report(ada, bob, [1], "unwanted")
    assert type(done) is api.ReportResultReported
    assert await reports.listed(world.app) == []
    assert len(await service_chat(ada)) == 1


async def test_older_clients_name_a_reason_and_get_a_bool(world: World) -> None:
    ada, bob = await world.sign_up("Ada", layer=166), await world.sign_up("Bob")
    await _say(bob, await bob.peer(ada), "Achetez !")
    # messages.report#8953ab4e peer id:Vector<int> reason message = Bool, until layer 188
    head = struct.pack("<I", 0x8953AB4E)
    peer = codec.encode(await ada.peer(bob), 166)
    tail = struct.pack("<IiiI", 0x1CB5C415, 1, 1, 0xADF44EE3) + codec.encode_string("Regardez.")
    assert await ada.raw(head + peer + tail, "messages.report") is True
    row, _ = await _only(world)
    assert (row.reason, row.comment) == ("childAbuse", "Regardez.")


@pytest.mark.parametrize(
    ("option", "ids", "error"),
    [
        ("illegal/nothing", [1], "OPTION_INVALID"),
        ("", [], "MESSAGE_REQUIRED"),
        ("illegal/hate!", [77], "MESSAGE_REQUIRED"),
        ("rules/admins!", [1], "OPTION_INVALID"),
        ("é", [1], "OPTION_INVALID"),
    ],
)
async def test_refusals(world: World, option: str, ids: list[int], error: str) -> None:
    ada, _, bob, _ = await _strangers(world)
    with pytest.raises(RpcFault) as refused:
        await _report(ada, bob, ids, option, "x")
    assert refused.value.message == error


async def test_the_same_report_joins_the_first(world: World) -> None:
    ada, bob, from_bob, to_ada = await _strangers(world)
    for words in ("Un.", "Deux.", "Deux."):
        await _report(ada, from_bob, [2], "illegal/fraud!", words)
    row, _ = await _only(world)
    assert (row.times, row.comment) == (3, "Un.\n\nDeux.")
    assert (
        "déjà signalé" in (await service_chat(ada))[0] or "already" in (await service_chat(ada))[0]
    )
    # An edited message is another one: what it says now is kept as well.
    await bob.call(api.messages.EditMessage(peer=to_ada, id=2, message="Achetez plus !"))
    await _report(ada, from_bob, [2], "illegal/fraud!", "Trois.")
    newest, _ = await reports.listed(world.app)
    copy = copies.open_sealed(world.app, newest.number, newest.sealed, newest.digest)
    assert copy["messages"][0]["text"] == "Achetez plus !"


async def test_numbers_follow_one_another(world: World) -> None:
    ada, _, bob, _ = await _strangers(world)
    for message in (1, 2):
        await _report(ada, bob, [message], "illegal/fraud!", "Non.")
    newer, older = await reports.listed(world.app)
    assert newer.number == older.number + 1


async def test_a_public_chat_is_copied_with_what_stands_around(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    public = await places.make(world, ada, bob, username="bassin_public")
    private = await places.make(world, ada, bob)
    for place, around in ((public, 20), (private, 0)):
        ids = [await place.post(bob, f"n{n}") for n in range(30)]
        await _report(ada, await place.named(ada), [ids[15]], "illegal/fraud!", "Non.")
        row = (await reports.listed(world.app))[0]
        copy = copies.open_sealed(world.app, row.number, row.sealed, row.digest)
        said = [one["text"] for one in copy["messages"] if one["context"]]
        assert len(said) == around, said
        if around:
            assert said[:10] == [f"n{n}" for n in range(5, 15)]
            assert said[10:] == [f"n{n}" for n in range(16, 26)]
        assert copy["chat"]["title"] == "Bassin"


async def test_admins_are_told_where_they_were_asked(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await places.make(world, ada, bob, eve)
    said = await group.post(bob, "Spam")
    asked = await _report(eve, await group.named(eve), [said], "rules")
    assert len(asked.options) == 3
    await _report(eve, await group.named(eve), [said], "rules/both!", "Encore lui.")
    await world.settle()
    (told,) = await service_chat(ada)
    row, _ = await _only(world)
    assert places.written(row.number) in told
    assert "Eve" not in told
    assert await service_chat(bob) == []


async def test_what_was_reported_is_kept_from_the_eraser(world: World) -> None:
    ada, bob, from_bob, _ = await _strangers(world)
    await _report(ada, from_bob, [2], "illegal/fraud!", "Non.")
    await bob.call(api.messages.DeleteMessages(id=[1, 2], revoke=True))
    await _erase(world)
    left = await world.app.store.rows(BODIES, author=bob.user_id)
    assert [row.text for row in left] == ["Achetez !"]
    world.clock.advance(world.app.config.moderation.evidence_days * 86_400 + 1)
    await _erase(world)
    assert await world.app.store.rows(BODIES, author=bob.user_id) == []


async def _erase(world: World) -> None:
    world.clock.advance(1)
    await erase.run(world.app)


async def test_an_interrupted_confirmation_is_made_up_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _, bob, _ = await _strangers(world)
    with monkeypatch.context() as ending:
        ending.setattr(world.app, "spawn", lambda work: work.close())  # the process ends here
        await _report(ada, bob, [2], "illegal/fraud!", "Non.")
    assert await service_chat(ada) == []
    world.clock.advance(61)
    await places.run_jobs(world.app)
    row, _ = await _only(world)
    assert places.written(row.number) in (await service_chat(ada))[0]
    world.clock.advance(3600)
    await places.run_jobs(world.app)
    assert len(await service_chat(ada)) == 1


# ── the other methods ───────────────────────────────────────────────────────────────────────────


async def test_a_person_is_reported(world: World) -> None:
    ada, bob, from_bob, _ = await _strangers(world)
    reason = api.InputReportReasonFake()
    asked = api.account.ReportPeer(peer=from_bob, reason=reason, message="Ce n’est pas Bob.")
    assert await ada.call(asked) is True
    row, copy = await _only(world)
    assert (row.reason, row.author) == ("fake", bob.user_id)
    assert [one["first_name"] for one in copy["people"] if one["id"] == bob.user_id] == ["Bob"]
    assert [one["text"] for one in copy["messages"]] == ["Bonjour", "Achetez !"]
    with pytest.raises(RpcFault) as refused:
        await ada.call(api.account.ReportPeer(peer=api.InputPeerSelf(), reason=reason, message=""))
    assert refused.value.message == "PEER_ID_INVALID"


async def test_a_profile_photo_is_reported(world: World) -> None:
    ada, bob, from_bob, _ = await _strangers(world)
    photo = api.InputPhoto(id=77, access_hash=1, file_reference=b"")
    asked = api.account.ReportProfilePhoto(
        peer=from_bob, photo_id=photo, reason=api.InputReportReasonPornography(), message=""
    )
    assert await ada.call(asked) is True
    row, copy = await _only(world)
    assert (row.author, copy["photo"], copy["messages"]) == (bob.user_id, 77, [])
    with pytest.raises(RpcFault) as refused:
        await ada.call(
            api.account.ReportProfilePhoto(
                peer=api.InputPeerSelf(),
                photo_id=photo,
                reason=api.InputReportReasonOther(),
                message="",
            )
        )
    assert refused.value.message == "PEER_ID_INVALID"


async def test_a_new_chat_is_reported_as_spam(world: World) -> None:
    ada, bob, from_bob, _ = await _strangers(world)
    assert await ada.call(api.messages.ReportSpam(peer=from_bob)) is True
    row, copy = await _only(world)
    assert (row.reason, row.author, len(copy["messages"])) == ("spam", bob.user_id, 2)
    with pytest.raises(RpcFault) as refused:
        await ada.call(api.messages.ReportSpam(peer=api.InputPeerSelf()))
    assert refused.value.message == "PEER_ID_INVALID"


async def test_admins_report_spam_of_a_member(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await places.make(world, ada, bob, eve)
    spam = await group.post(bob, "Spam")
    other = await group.post(eve, "Non")

    async def ask(client: Client, whom: Client, ids: list[int]) -> Any:
        return await client.call(
            api.channels.ReportSpam(
                channel=await group.input(client), participant=await client.peer(whom), id=ids
            )
        )

    assert await ask(ada, bob, [spam, other]) is True
    row, _ = await _only(world)
    assert (row.author, reports.message_ids(row.messages)) == (bob.user_id, [spam])
    for client, ids, error in (
        (eve, [spam], "CHAT_ADMIN_REQUIRED"),
        (ada, [other], "MSG_ID_INVALID"),
    ):
        with pytest.raises(RpcFault) as refused:
            await ask(client, bob, ids)
        assert refused.value.message == error


async def test_a_reaction_is_reported(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await places.make(world, ada, bob)
    said = await group.post(ada, "Bonjour")
    who = await ada.peer(bob)
    named = await group.named(ada)
    asked = api.messages.ReportReaction(peer=named, id=said, reaction_peer=who)
    with pytest.raises(RpcFault, match="USER_ID_INVALID"):
        await ada.call(asked)  # there is none
    await bob.call(
        api.messages.SendReaction(
            peer=await group.named(bob), msg_id=said, reaction=[api.ReactionEmoji(emoticon="👍")]
        )
    )
    assert await ada.call(asked) is True
    row, _ = await _only(world)
    assert (row.reason, row.author, row.subject) == ("reaction", bob.user_id, group.peer)
    wrong = api.InputPeerUser(user_id=who.user_id, access_hash=1)
    for asked, error in (
        (api.messages.ReportReaction(peer=named, id=99, reaction_peer=who), "MSG_ID_INVALID"),
        (api.messages.ReportReaction(peer=named, id=said, reaction_peer=wrong), "USER_ID_INVALID"),
    ):
        with pytest.raises(RpcFault) as refused:
            await ada.call(asked)
        assert refused.value.message == error


async def test_reports_are_counted(world: World) -> None:
    ada, _, bob, _ = await _strangers(world)
    ada.link.ip = "192.0.2.7"
    for _ in range(100):
        await ada.call(api.messages.ReportSpam(peer=bob))
        world.clock.advance(1)
    with pytest.raises(RpcFault) as refused:
        await ada.call(api.messages.ReportSpam(peer=bob))
    assert refused.value.message.startswith("FLOOD_WAIT_")


def test_every_reason_has_words_in_both_languages() -> None:
    def walk(path: str) -> int:
        asked = options.question(path, "fr", Config(), group=True)
        if asked is None:
            leaf = options.leaf(path)
            assert leaf is not None
            assert options.text(path, "en", Config()) != options.text(path, "fr", Config())
            return 1
        return sum(walk(option.decode()) for option, _ in asked.options)

    assert walk("") > 15
