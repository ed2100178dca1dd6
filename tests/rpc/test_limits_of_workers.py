"""Workers share the rules that protect people; those of the processor are each one's own."""

from __future__ import annotations

import pytest

from petitbleu.config import Limits as Settings
from petitbleu.errors import Fault
from petitbleu.limitrules import load_rules
from petitbleu.rpc.limits import DIVIDED, Limits


class Caller:
    def __init__(self, user_id: int, ip: str) -> None:
        self.user_id, self.ip = user_id, ip


def passed(workers: list[Limits], rule: str, caller: Caller) -> int:
    """How many of 300 calls at once are let through, asked of one worker after the other."""
    count = 0
    for number in range(300):
        try:
            workers[number % len(workers)].check(rule, caller, 1000.0)
        except Fault as fault:
            assert fault.name == "FLOOD_WAIT_X" and (fault.value or 0) > 0
        else:
            count += 1
    return count


@pytest.mark.parametrize("caller", [Caller(0, "192.0.2.1"), Caller(7, "192.0.2.1")])
@pytest.mark.parametrize("rule", sorted(DIVIDED))
def test_three_workers_let_no_more_through_than_one(rule: str, caller: Caller) -> None:
    rules = load_rules(Settings()).memory
    alone = passed([Limits(rules)], rule, caller)
    three = passed([Limits(rules, lambda: 3) for _ in range(3)], rule, caller)
    assert 0 < three <= alone < 300


def test_what_protects_the_processor_is_each_workers_own() -> None:
    rules = load_rules(Settings()).memory
    one = passed([Limits(rules, lambda: 3)], "send", Caller(7, "192.0.2.1"))
    assert one == passed([Limits(rules)], "send", Caller(7, "192.0.2.1"))
