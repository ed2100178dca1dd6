"""Random schedules of calls, pushes, losses and returns: nothing is lost, nothing comes twice."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from petitbleu.mtproto.messages import Call
from petitbleu.mtproto.peer import ClientEvent, Push, Result
from tests.mtproto.pair import Pair

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("call"), st.just(0)),
        st.tuples(st.just("push"), st.just(0)),
        st.tuples(st.just("answer"), st.integers(0, 5)),
        st.tuples(st.just("up"), st.just(0)),
        st.tuples(st.just("down"), st.just(0)),
        st.tuples(st.just("lose up"), st.just(0)),
        st.tuples(st.just("lose down"), st.just(0)),
        st.tuples(st.just("cut"), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 3)),
    ),
    max_size=60,
)


class Line:
    """Both ends, an unreliable line between them, and what each end has seen."""

    def __init__(self, slowness: int = 1) -> None:
        self.slowness = slowness
        self.pair = Pair()
        self.ran: list[bytes] = []
        self.running: list[tuple[int, bytes]] = []
        self.answered: dict[int, bytes] = {}
        self.called: dict[int, bytes] = {}
        self.pushed: list[bytes] = []
        self.seen: list[bytes] = []
        self.broken = False

    def step(self, what: str, number: int) -> None:
        pair = self.pair
        match what:
            case "call":
                body = b"call%04d" % len(self.called)
                self.called[pair.client.call(body, pair.now)] = body
            case "push":
                body = b"push%04d" % len(self.pushed)
                assert pair.server.push(body, pair.now)
                self.pushed.append(body)
            case "answer":
                self.answer(number)
            case "up":
                self.up()
            case "down":
                self.down()
            case "lose up":
                self.broken |= bool(pair.client.data_to_send(pair.now))
            case "lose down":
                self.broken |= bool(pair.server.data_to_send(pair.now))
            case "cut":
                self.cut()
            case "wait":
                pair.now += number * self.slowness

    def answer(self, number: int) -> None:
        if self.running:
            msg_id, body = self.running.pop(number % len(self.running))
            self.pair.server.answer(msg_id, b"re: " + body, self.pair.now)

    def up(self) -> None:
        if not self.broken:
            for event in self.pair.up():
                if isinstance(event, Call):
                    self.ran.append(event.body)
                    self.running.append((event.msg_id, event.body))

    def down(self) -> None:
        if not self.broken:
            self.note(self.pair.down())

    def note(self, events: list[ClientEvent]) -> None:
        for event in events:
            if isinstance(event, Result):
                assert event.call not in self.answered
                self.answered[event.call] = event.body
            elif isinstance(event, Push):
                self.seen.append(event.body)

    def cut(self) -> None:
        """The connection is lost with all that was under way, and there is a new one."""
        self.broken = False
        self.pair.server.attach()
        self.pair.client.reconnected()

    def settle(self) -> None:
        self.cut()
        for _ in range(8):
            self.pair.now += 1
            self.pair.client.tell(b"\xec\x77\xbe\x7a" + bytes(8), self.pair.now)
            self.up()
            while self.running:
                self.answer(0)
            self.down()


def play(steps: list[tuple[str, int]], slowness: int) -> Line:
    line = Line(slowness)
    for what, number in steps:
        line.step(what, number)
    line.settle()
    assert line.answered == {call: b"re: " + body for call, body in line.called.items()}
    assert sorted(line.ran) == sorted(line.called.values())
    assert line.pair.client.pending == ()
    assert line.pair.server.running == 0
    return line


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_or_doubled_within_minutes(steps: list[tuple[str, int]]) -> None:
    line = play(steps, 1)
    assert sorted(line.seen) == line.pushed


# A call that waits in the queue while an older one, refused for its time, is given a new id.
@example([("call", 0), ("wait", 1), ("up", 0), ("call", 0), ("down", 0)])
@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_over_hours_a_push_may_come_again_but_no_call_runs_twice(
    steps: list[tuple[str, int]],
) -> None:
    # A push that is said again after minutes has a new id (clients refuse old ones); its pts tells.
    line = play(steps, 800)
    assert sorted(set(line.seen)) == line.pushed
