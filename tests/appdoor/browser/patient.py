"""Requests beside the browser, made again where no worker answers, as the client does."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import TypeVar

from tests.kit.waiting import GUARD

T = TypeVar("T")
NOBODY = (502, 503, 504)
"""What a proxy says where the worker that was asked is gone."""
_PAUSE = 0.1


def fetch(request: urllib.request.Request, read: Callable[[HTTPResponse], T]) -> T:
    """What ``read`` makes of the answer. Raises HTTPError where the server refuses, and what was
    wrong last where nobody answers for :data:`tests.kit.waiting.GUARD` seconds.
    """
    until = time.monotonic() + GUARD
    while True:
        try:
            with urllib.request.urlopen(request, timeout=GUARD) as answer:
                return read(answer)
        except (OSError, HTTPException) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code not in NOBODY:
                raise
            if time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


def text(answer: HTTPResponse) -> bytes:
    """All of its body."""
    return answer.read()
