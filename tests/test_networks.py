"""Which addresses and host names count as one party, and addresses in one spelling."""

from __future__ import annotations

import pytest

from petitbleu import rates
from petitbleu.errors import Fault
from petitbleu.networks import block, blocks, is_loopback, mailbox, network, plain, site
from tests.kit.world import World


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.org", "example.org"),
        ("A.b.Example.org.", "example.org"),
        ("a.example.co.uk", "example.co.uk"),
        ("example.co.uk", "example.co.uk"),
        ("www.sete.gouv.fr", "sete.gouv.fr"),
        ("co.uk", "co.uk"),
        ("com.example", "com.example"),
        ("a.com.example", "com.example"),
        ("localhost", "localhost"),
        ("192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
    ],
)
def test_names_below_one_name_are_one_site(host: str, expected: str) -> None:
    assert site(host) == expected


def test_what_is_no_address_is_a_network_of_its_own() -> None:
    assert (network("unix"), network("198.51.100.9")) == ("unix", "198.51.100.0/24")
    assert network("::ffff:c633:6409") == "198.51.100.0/24"


@pytest.mark.parametrize(
    "written",
    ["::ffff:192.0.2.1", "::ffff:c000:201", "::FFFF:C000:0201", "0:0:0:0:0:ffff:c000:201"],
)
def test_ipv4_in_ipv6_is_the_same_reader_however_it_is_written(written: str) -> None:
    assert plain(written) == block(written) == "192.0.2.1"
    assert blocks(written) == [("192.0.2.1", 1)]


def test_addresses_are_counted_by_network() -> None:
    assert block("192.0.2.1") == "192.0.2.1"
    assert block("2001:db8:1:2:3::4") == block("2001:db8:1:2::9%eth0") == "2001:db8:1:2::"
    assert block("2001:db8:1:3::4") != block("2001:db8:1:2::4")
    assert blocks("2001:db8:1:2::9") == [("2001:db8:1:2::", 1), ("2001:db8:1::/48", 8)]
    assert block("nonsense") == "nonsense" and block("no:sense") == "no:sense"


def test_this_machine_is_known_in_every_spelling() -> None:
    assert is_loopback("::1") and is_loopback("127.3.2.1")
    assert is_loopback("::ffff:127.0.0.1") and is_loopback("::ffff:7f00:1")
    assert not is_loopback("192.0.2.1") and not is_loopback("::ffff:c000:201")
    assert not is_loopback("")


async def test_a_site_of_many_networks_gets_what_eight_get(world: World) -> None:
    rule, given = "status_ip", 0
    with pytest.raises(Fault, match="FLOOD_WAIT"):
        for network in range(20):
            for host in range(60):
                await rates.by_address(world.app, rule, f"2001:db8:7:{network:x}::{host:x}")
                given += 1
    assert given == 8 * 60
    await rates.by_address(world.app, rule, "2001:db8:8::1")
    await rates.by_address(world.app, rule, "192.0.2.1")


def test_names_of_one_mailbox_are_one() -> None:
    assert mailbox("Ada+news@Example.org") == mailbox(" ada+@example.org.") == "ada@example.org"
    assert mailbox("a.d.a+x@googlemail.com") == mailbox("ada@gmail.com") == "ada@gmail.com"
    assert mailbox("a.da@example.org") != mailbox("ada@example.org")
    assert mailbox("+ada@example.org") == "+ada@example.org"
