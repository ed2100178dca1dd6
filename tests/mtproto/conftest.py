from __future__ import annotations

import pytest

from petitbleu.keys import RsaKey, RsaKeys
from tests.mtproto.pair import Pair


@pytest.fixture(scope="session")
def rsa_keys() -> RsaKeys:
    return RsaKeys([RsaKey.generate(2), RsaKey.generate(1)])


@pytest.fixture
def pair() -> Pair:
    return Pair()
