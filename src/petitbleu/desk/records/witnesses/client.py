"""Speaking with a witness: what its answers mean, nothing else."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.desk.records.witnesses.keeping import file_name
from petitbleu.desk.records.witnesses.requests import MOST_BYTES

SECONDS = 15.0
"""Time that a witness has to answer."""


class NoAnswer(Exception):
    """It cannot be reached, hangs, or answers more than a witness has to say."""


class Said(NamedTuple):
    """Status and body."""

    status: int
    body: str


async def add(url: str, body: bytes, seconds: float = SECONDS) -> Said:
    """Ask for a cosignature (:mod:`requests`). Raises NoAnswer."""
    return await _ask("POST", f"{url.rstrip('/')}/add-checkpoint", body, seconds)


async def newest(url: str, origin: str, seconds: float = SECONDS) -> str | None:
    """The newest head of a log that the witness has signed; None where it does not say. Raises
    NoAnswer. (``petitbleu witness`` serves it; the protocol has no such call yet.)
    """
    said = await _ask("GET", f"{url.rstrip('/')}/checkpoint/{file_name(origin)}", None, seconds)
    return said.body if said.status == 200 else None


async def _ask(method: str, url: str, body: bytes | None, seconds: float) -> Said:
    import aiohttp  # 60 ms and 15 MiB that a server without witnesses does not need

    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds)) as session,
            session.request(method, url, data=body, allow_redirects=False) as answer,
        ):
            raw = bytearray()
            async for piece in answer.content.iter_chunked(8192):
                raw += piece
                if len(raw) > MOST_BYTES:
                    raise NoAnswer("its answer is too large")
            return Said(answer.status, raw.decode())
    except TimeoutError:
        raise NoAnswer(f"it did not answer within {seconds:.0f} seconds") from None
    except UnicodeDecodeError:
        raise NoAnswer("its answer is no text") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise NoAnswer(f"it cannot be reached: {type(error).__name__}") from None
