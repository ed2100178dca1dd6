"""After an erasure by a measure, and of an account, the bucket (each version of each object) and
the disks of all workers are searched: nothing is found, of whatever was sent.

Two workers as on two machines, each with a disk of its own; both have handed out what is erased.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu.blobs.bucket import Bucket
from petitbleu.config import Cluster
from petitbleu.domain.files.media import sweep
from petitbleu.domain.messaging.messages import erase
from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.tl import api
from tests.domain.files.media import shots
from tests.domain.safety.moderation.deciding import decide
from tests.kit import buckets, chats
from tests.kit.pair import Pair, two_workers
from tests.kit.world import Client

DAY = 86_400
MARK = random.Random(16).randbytes(64)
"""Stands in each file that is sent as it is: what is looked for on disks, under whatever name."""
SELF = api.InputPeerSelf()
_random = itertools.count(9_000)


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    cluster = Cluster(blobs=buckets.new_bucket(versions=True), disk_cache="8 MiB", undelete_days=7)
    async with two_workers(tmp_path, apart=True, cluster=cluster) as made:
        yield made


class Sent(NamedTuple):
    """What Ada sent: to whom, and which message of hers it is."""

    ada: Client
    bob: Client
    message: int


async def _send(client: Client, peer: Any, media: Any) -> Any:
    query = api.messages.SendMedia(peer=peer, media=media, message="", random_id=next(_random))
    updates = (await client.call(query)).updates
    return next(one.message for one in updates if hasattr(one, "message"))


async def _fetched(pair: Pair, ada: Client, media: Any) -> None:
    """Both workers read each form of it, and remember what they read."""
    places: list[Any] = []
    if isinstance(media, api.MessageMediaPhoto):
        sizes = [one for one in media.photo.sizes if not isinstance(one, api.PhotoStrippedSize)]
        places = [shots.location(media.photo, size.type) for size in sizes]
    else:
        places = [shots.location(media.document)]
        places += [
            shots.location(media.document, one.type)
            for one in media.document.thumbs or []
            if not isinstance(one, api.PhotoStrippedSize)
        ]
    for client in (ada, pair.also_at_two(ada)):
        for place in places:
            assert await shots.download(client, place)


async def document(pair: Pair, ada: Client, peer: Any) -> int:
    data = MARK + random.Random(1).randbytes(300_000)
    message = await _send(ada, peer, shots.document_input(await shots.upload(ada, data)))
    await _fetched(pair, ada, message.media)
    return int(message.id)


async def photo(pair: Pair, ada: Client, peer: Any) -> int:
    file = await shots.upload(ada, shots.photograph(1600, 1000))
    message = await _send(ada, peer, api.InputMediaUploadedPhoto(file=file))
    await _fetched(pair, ada, message.media)
    return int(message.id)


async def picture_as_a_file(pair: Pair, ada: Client, peer: Any) -> int:
    file = await shots.upload(ada, shots.photograph(1200, 900))
    named = api.DocumentAttributeFilename(file_name="a.jpg")
    message = await _send(ada, peer, shots.document_input(file, "image/jpeg", named))
    await _fetched(pair, ada, message.media)
    return int(message.id)


KINDS = [document, photo, picture_as_a_file]
Kind = Callable[[Pair, Client, Any], Awaitable[int]]


async def _all_found(pair: Pair) -> list[str]:
    """Each object of the bucket of which there is any version (also such as say that it was
    deleted), and each file of a disk that keeps contents or holds the mark.
    """
    objects = await Bucket(pair.one.app.config.cluster.blobs).remembers("")
    files: list[str] = []
    for world in (pair.one, pair.two):
        data = world.app.config.data
        for path in (one for one in data.rglob("*") if one.is_file()):
            keeps = path.relative_to(data).parts[0] in ("blobs", "cache", "spool", "parts")
            if keeps or MARK in path.read_bytes():
                files.append(str(path))
    return [*objects, *files]


async def _pass_time(pair: Pair, seconds: int) -> None:
    """Do what comes by itself, at the worker that leads."""
    await erase.run(pair.one.app)
    pair.one.clock.advance(seconds)
    await sweep.run(pair.one.app)
    await pair.settle()


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_measure_removed_is_nowhere(pair: Pair, kind: Kind) -> None:
    ada, bob = await pair.one.sign_up("Ada"), await pair.two.sign_up("Bob")
    number = await kind(pair, ada, await ada.peer(bob))
    before = await _all_found(pair)
    assert any(one.startswith("b/") for one in before)
    assert all(
        any(str(world.app.config.data) in one for one in before) for world in (pair.one, pair.two)
    ), "both remember it"
    await decide(pair.one, "remove", subject=ada.user_id, owner=ada.user_id, messages=(number,))
    await _pass_time(pair, 2 * DAY)
    # Sealed evidence is kept for as long as a complaint may come; then that goes too.
    await _pass_time(pair, pair.one.app.config.moderation.evidence_days * DAY)
    await _pass_time(pair, DAY)
    assert await _all_found(pair) == []


async def test_what_a_deleted_account_had_is_nowhere(pair: Pair) -> None:
    ada = await pair.one.sign_up("Ada")
    for kind in KINDS:
        await kind(pair, ada, SELF)
    portrait = await shots.upload(ada, shots.photograph(640, 640))
    shown = (await ada.call(api.photos.UploadProfilePhoto(file=portrait))).photo
    await _fetched(pair, ada, api.MessageMediaPhoto(photo=shown))
    await shots.upload(ada, MARK + bytes(600_000))  # parts that no message ever named
    before = await _all_found(pair)
    assert any(one.startswith("parts/") for one in before)
    assert any(str(pair.two.app.config.data) in one for one in before)
    await deletion.delete(pair.one.app, ada.user_id)
    await deletion.empty(pair.one.app, ada.user_id)
    await pair.settle()
    await _pass_time(pair, 2 * DAY)
    assert await _all_found(pair) == []


async def test_what_somebody_else_keeps_stays_and_goes_with_them(pair: Pair) -> None:
    """The eraser takes what is nobody's, and no more."""
    ada, bob = await pair.one.sign_up("Ada"), await pair.two.sign_up("Bob")
    town = await chats.group(ada, bob)
    await document(pair, ada, api.InputPeerChat(chat_id=town))
    for client in (ada, bob):
        before = [one for one in await _all_found(pair) if one.startswith("b/")]
        assert before, "somebody is there who may read it"
        await deletion.delete(pair.one.app, client.user_id)
        await deletion.empty(pair.one.app, client.user_id)
        await pair.settle()
        await _pass_time(pair, 2 * DAY)
    assert await _all_found(pair) == []
