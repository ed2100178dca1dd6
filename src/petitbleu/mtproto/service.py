"""Service messages of the client: how each is read, and what the session does on it.

Reading is apart from doing: a frame is read whole before anything in it runs, so a broken message
leaves no half-executed frame behind. Pages: core.telegram.org/mtproto/service_messages and
service_messages_about_messages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from petitbleu.errors import PeerFault
from petitbleu.mtproto import inbox, wire
from petitbleu.mtproto.messages import (
    Acked,
    Cancel,
    DestroyKey,
    DestroySession,
    DisconnectIn,
    Event,
    HttpWait,
)

if TYPE_CHECKING:
    from petitbleu.mtproto.session import Session

SMALL_ANSWER = 64 << 10
"""A repeated request whose answer is larger is told about it (msg_detailed_info) instead."""

Run = Callable[["Session", int, Any, float, list[Event]], None]


class Service(NamedTuple):
    """One kind of service message."""

    read: Callable[[bytes], Any]
    run: Run


def _on_ack(session: Session, msg_id: int, ids: Any, now: float, events: list[Event]) -> None:
    known = tuple(number for number in ids if session.acknowledged(number))
    if known:
        events.append(Acked(known))


def _on_ping(session: Session, msg_id: int, fields: Any, now: float, events: list[Event]) -> None:
    session.reply(msg_id, wire.pong(msg_id, fields[0]), now)
    if len(fields) > 1:
        events.append(DisconnectIn(max(0, fields[1])))


def _on_salts(session: Session, msg_id: int, fields: Any, now: float, events: list[Event]) -> None:
    salts = session.salts.future(fields[0], now)
    session.reply(msg_id, wire.future_salts(msg_id, int(now), salts), now)


def _on_state_req(session: Session, msg_id: int, ids: Any, now: float, events: list[Event]) -> None:
    session.reply(msg_id, wire.state_info(msg_id, session.statuses(ids)), now)


def _on_state_info(
    session: Session, msg_id: int, info: Any, now: float, events: list[Event]
) -> None:
    """We never ask, so there is nothing to learn."""


def _on_all_info(
    session: Session, msg_id: int, fields: Any, now: float, events: list[Event]
) -> None:
    ids, info = fields
    received = [number for number, byte in zip(ids, info, strict=True) if byte & 7 == 4]
    _on_ack(session, msg_id, received, now, events)


def _on_resend(session: Session, msg_id: int, ids: Any, now: float, events: list[Event]) -> None:
    kept = [session.outbox.get(number) for number in ids]
    for out in kept:
        if out is not None:
            session.outbox.again(out, now)
    if None in kept:
        _on_state_req(session, msg_id, ids, now, events)


def _on_resend_answers(
    session: Session, msg_id: int, ids: Any, now: float, events: list[Event]
) -> None:
    for number in ids:
        out = session.outbox.answer_to(number)
        if out is not None:
            session.outbox.again(out, now)
    _on_state_req(session, msg_id, ids, now, events)


def _on_drop(session: Session, msg_id: int, fields: Any, now: float, events: list[Event]) -> None:
    """rpc_drop_answer: its three answers (service_messages#cancellation-of-an-rpc-query)."""
    request = fields[0]
    flags = session.inbox.find(request)
    if flags > 0 and flags & inbox.RUNNING:
        running = wire.bare(wire.RPC_ANSWER_DROPPED_RUNNING)
        session.answer(request, running, now)
        session.inbox.change(request, inbox.DROPPED)
        session.result(msg_id, running, now)
        events.append(Cancel(request))
        return
    out = session.outbox.answer_to(request)
    if out is None:
        session.result(msg_id, wire.bare(wire.RPC_ANSWER_UNKNOWN), now)
        return
    session.acknowledged(out.msg_id)
    dropped = wire.answer_dropped(out.msg_id, out.seqno, len(out.body))
    session.result(msg_id, dropped, now)


def _on_destroy_session(
    session: Session, msg_id: int, fields: Any, now: float, events: list[Event]
) -> None:
    if fields[0] == session.session_id:
        session.session_destroyed(msg_id, fields[0], False, now)  # not its own, says the page
    else:
        events.append(DestroySession(msg_id, fields[0]))


def _on_destroy_key(
    session: Session, msg_id: int, fields: Any, now: float, events: list[Event]
) -> None:
    events.append(DestroyKey(msg_id))


def _on_wait(session: Session, msg_id: int, fields: Any, now: float, events: list[Event]) -> None:
    events.append(HttpWait(*fields))


def _on_nothing(
    session: Session, msg_id: int, fields: Any, now: float, events: list[Event]
) -> None:
    """Tells of messages that only servers send; nothing to do."""


def _read_state_info(body: bytes) -> bytes:
    return wire.read_bytes(body, 12)[0]


def _read_all_info(body: bytes) -> tuple[tuple[int, ...], bytes]:
    ids = wire.read_ids(body)
    info, _ = wire.read_bytes(body, 12 + 8 * len(ids))
    if len(info) != len(ids):
        raise PeerFault("msgs_all_info with lists of different length")
    return ids, info


def _fields(form: Any) -> Callable[[bytes], tuple[int, ...]]:
    return lambda body: wire.unpack(form, body)


def _none(body: bytes) -> None:
    return None


TABLE: dict[int, Service] = {
    # No parity is asked of these: mtcute numbers even its acknowledgements as content.
    wire.MSGS_ACK: Service(wire.read_ids, _on_ack),
    wire.PING: Service(_fields(wire.LONG), _on_ping),
    wire.PING_DELAY_DISCONNECT: Service(_fields(wire.LONG_INT), _on_ping),
    wire.GET_FUTURE_SALTS: Service(_fields(wire.INT), _on_salts),
    wire.MSGS_STATE_REQ: Service(wire.read_ids, _on_state_req),
    wire.MSGS_STATE_INFO: Service(_read_state_info, _on_state_info),
    wire.MSGS_ALL_INFO: Service(_read_all_info, _on_all_info),
    wire.MSG_DETAILED_INFO: Service(_fields(wire.DETAILED), _on_nothing),
    wire.MSG_NEW_DETAILED_INFO: Service(_fields(wire.LONG_INT_INT), _on_nothing),
    wire.MSG_RESEND_REQ: Service(wire.read_ids, _on_resend),
    wire.MSG_RESEND_ANS_REQ: Service(wire.read_ids, _on_resend_answers),
    wire.RPC_DROP_ANSWER: Service(_fields(wire.LONG), _on_drop),
    wire.DESTROY_SESSION: Service(_fields(wire.LONG), _on_destroy_session),
    wire.DESTROY_AUTH_KEY: Service(_none, _on_destroy_key),
    wire.HTTP_WAIT: Service(_fields(wire.THREE_INTS), _on_wait),
}
