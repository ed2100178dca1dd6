"""Whether each method of T0 and T1 was called by a test with success, was refused to one as
documented, and was heard of by somebody else where it changes what others see.

``python -m tests.exercised FOLDER`` judges the notes of a run with ``TESTS_CALLS=FOLDER`` (see
``tests/kit/calls.py``), writes the table ``FOLDER/../exercised.md`` and prints what is missing;
``python -m tests`` does so after the tests of the rooms. Which methods there are is read from
``schema/methods.tsv``, not from the tests.
"""

from __future__ import annotations

import collections
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from petitbleu import domain
from petitbleu.rpc import coverage
from petitbleu.rpc.registry import METHODS, Who
from tests.kit import calls

ROOT = Path(__file__).resolve().parents[1]

NOTHING_TO_GIVE = {
    "messages.readSavedHistory": "no channel takes direct messages",
    "upload.getWebFile": "no file of another server is ever named",
}
"""Methods that have a refusal for everybody, and why."""

NOTHING_REFUSED = {
    "account.getPrivacy": "every key that there is has rules",
    "account.setContentSettings": "whoever asks may see what is sensitive",
    "account.updateStatus": "the one documented error is of another method's making",
    "contacts.deleteContacts": "who cannot be named is passed over",
    "help.getConfig": "needs nothing",
    "messages.toggleDialogFilterTags": "nothing is sold, so nobody lacks it",
    "users.getUsers": "who cannot be named is userEmpty",
}
"""Methods whose documented errors cannot arise, and why."""

TOLD = frozenset(
    {
        "account.changePhone",
        "account.deleteAccount",
        "account.updateColor",
        "account.updateProfile",
        "account.updateStatus",
        "account.updateUsername",
        "auth.signUp",
        "channels.deleteChannel",
        "channels.deleteHistory",
        "channels.deleteMessages",
        "channels.deleteParticipantHistory",
        "channels.editAdmin",
        "channels.editBanned",
        "channels.editCreator",
        "channels.editPhoto",
        "channels.editTitle",
        "channels.inviteToChannel",
        "channels.joinChannel",
        "channels.leaveChannel",
        "channels.readHistory",
        "channels.setDiscussionGroup",
        "channels.toggleAntiSpam",
        "channels.toggleJoinRequest",
        "channels.toggleJoinToSend",
        "channels.toggleParticipantsHidden",
        "channels.togglePreHistoryHidden",
        "channels.toggleSignatures",
        "channels.toggleSlowMode",
        "channels.updateUsername",
        "messages.addChatUser",
        "messages.createChat",
        "messages.deleteChat",
        "messages.deleteChatUser",
        "messages.deleteHistory",
        "messages.deleteMessages",
        "messages.editChatAbout",
        "messages.editChatAdmin",
        "messages.editChatCreator",
        "messages.editChatDefaultBannedRights",
        "messages.editChatParticipantRank",
        "messages.editChatPhoto",
        "messages.editChatTitle",
        "messages.editMessage",
        "messages.forwardMessages",
        "messages.hideAllChatJoinRequests",
        "messages.hideChatJoinRequest",
        "messages.importChatInvite",
        "messages.migrateChat",
        "messages.readDiscussion",
        "messages.readHistory",
        "messages.readMessageContents",
        "messages.sendMedia",
        "messages.sendMessage",
        "messages.sendMultiMedia",
        "messages.sendReaction",
        "messages.sendScheduledMessages",
        "messages.sendVote",
        "messages.setChatAvailableReactions",
        "messages.setHistoryTTL",
        "messages.setTyping",
        "messages.toggleNoForwards",
        "messages.unpinAllMessages",
        "messages.updatePinnedMessage",
        "photos.deletePhotos",
        "photos.updateProfilePhoto",
        "photos.uploadProfilePhoto",
    }
)
"""Methods that change what somebody else sees: their devices are told at once."""

_SERVICE = "tests/mtproto/test_service.py::"
_EXCHANGE = "tests/mtproto/test_handshake.py::"
_DISPATCH = "tests/rpc/test_dispatch.py::"
_AFTER = (
    _DISPATCH + "test_invokeaftermsg_waits_for_the_earlier_call",
    _DISPATCH + "test_invokeaftermsg_fails_where_the_earlier_call_failed",
)
_LAYERS = _DISPATCH + "test_the_layer_of_a_key_is_sticky_and_shared_by_its_sessions"
_FULL_EXCHANGE = _EXCHANGE + "test_every_inner_form_with_every_padding_on_every_key"
_OUT_OF_TURN = _EXCHANGE + "test_messages_out_of_turn_are_refused"

OF_THE_PROTOCOL = {
    "destroy_auth_key": (_SERVICE + "test_destroying_the_key",) * 2,
    "destroy_session": (
        _SERVICE + "test_destroying_another_session",
        _SERVICE + "test_a_session_cannot_destroy_itself",
    ),
    "get_future_salts": (
        _SERVICE + "test_future_salts",
        _SERVICE + "test_cut_service_messages_are_faults",
    ),
    "initConnection": (_LAYERS, _DISPATCH + "test_without_a_layer_nothing_is_served"),
    "invokeAfterMsg": _AFTER,
    "invokeAfterMsgs": _AFTER,
    "invokeWithLayer": (_LAYERS, _DISPATCH + "test_without_a_layer_nothing_is_served"),
    "ping": (
        _SERVICE + "test_ping_draws_pong_and_nothing_else",
        _SERVICE + "test_cut_service_messages_are_faults",
    ),
    "ping_delay_disconnect": (
        _SERVICE + "test_ping_delay_disconnect_sets_the_timer",
        _SERVICE + "test_cut_service_messages_are_faults",
    ),
    "req_DH_params": (_FULL_EXCHANGE, _EXCHANGE + "test_a_wrong_req_dh_params_is_refused"),
    "req_pq": (_FULL_EXCHANGE, _EXCHANGE + "test_cut_plain_payloads_are_refused"),
    "req_pq_multi": (_FULL_EXCHANGE, _EXCHANGE + "test_cut_plain_payloads_are_refused"),
    "rpc_drop_answer": (
        _SERVICE + "test_dropping_an_answer_takes_it_back",
        _SERVICE + "test_dropping_what_is_unknown",
    ),
    "set_client_DH_params": (_FULL_EXCHANGE, _OUT_OF_TURN),
}
"""What is answered below the calls, or wraps them: its tests of success and of refusal."""


class Row(NamedTuple):
    """What the tests show of one method. An empty name: no test does."""

    method: str
    success: str
    error: str
    refusal: str
    told: str
    """A test in which somebody else is pushed something meanwhile."""
    lacks: tuple[str, ...]


def wanted() -> list[coverage.MethodFacts]:
    """The methods of T0 and T1, present names and old ones."""
    return [one for one in coverage.methods().values() if one.tier in ("T0", "T1")]


def rows(notes: Iterable[calls.Note]) -> Iterator[Row]:
    """What the notes show of each wanted method."""
    of_method: dict[str, list[calls.Note]] = collections.defaultdict(list)
    for note in notes:
        of_method[note.method].append(note)
    for facts in wanted():
        if facts.name in OF_THE_PROTOCOL:
            success, refusal = OF_THE_PROTOCOL[facts.name]
            yield Row(facts.name, success, "a fault of the protocol", refusal, "", ())
        else:
            yield _row(facts, sorted(of_method[facts.name]))


def _row(facts: coverage.MethodFacts, notes: list[calls.Note]) -> Row:
    name = facts.name
    success = next((one.test for one in notes if not one.error), "")
    told = next((one.test for one in notes if one.told), "")
    own = calls.own(name)
    general = not own or name in NOTHING_REFUSED
    refused = [one for one in notes if one.error and (general or one.error in own)]
    method = METHODS.get(name)
    open_to_all = general and method is not None and Who.ANYONE in method.who
    lacks = []
    if not success and name not in NOTHING_TO_GIVE:
        lacks.append("success")
    if not refused and not open_to_all and not _transparent(name):
        lacks.append("refusal")
    if name in TOLD and not told:
        lacks.append("others told")
    first = refused[0] if refused else calls.Note(name, "", False, "")
    return Row(name, success, first.error, first.test, told, tuple(lacks))


def _transparent(name: str) -> bool:
    """A wrapper that says something about a call and refuses nothing by itself."""
    return name in ("invokeWithoutUpdates", "invokeWithMessagesRange")


def table(found: Iterable[Row]) -> str:
    """The rows as a page."""
    lines = [
        "# Which test shows what",
        "",
        "| method | success | refusal | error | somebody else is told |",
        "|---|---|---|---|---|",
        *(f"| `{r.method}` | {r.success} | {r.refusal} | {r.error} | {r.told} |" for r in found),
    ]
    return "\n".join(lines) + "\n"


def judge(folder: Path) -> list[Row]:
    """Write the table of a run beside its notes; the rows that lack something."""
    domain.load_rooms()
    found = list(rows(calls.read(folder)))
    (folder.parent / "exercised.md").write_text(table(found), "utf-8")
    return [row for row in found if row.lacks]


def main(words: list[str]) -> int:
    """Entry point; the exit code."""
    (folder,) = words
    missing = judge(Path(folder))
    for row in missing:
        print(f"{row.method}: no test of {', '.join(row.lacks)}")
    print(f"{len(wanted()) - len(missing)} of {len(wanted())} methods are shown by tests")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
