"""Which addresses and host names count as one party."""

from __future__ import annotations

import pytest

from petitbleu.networks import network, site


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
