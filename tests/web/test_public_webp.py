"""Pictures in the form that is smaller, without anybody waiting for it."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from petitbleu.sandbox import JobFailed, Sandbox
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from petitbleu.web.public import webp, webp_worker
from petitbleu.web.public.webp import Forms
from tests.domain.media.shots import picture, upload
from tests.kit.world import World, running
from tests.web.public import channel, reader


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    async with running(World(sqlite_store, tmp_path)) as made:
        yield made


class Worker:
    """Stands in for the pool: the same work, here."""

    def __init__(self) -> None:
        self.jobs = 0

    async def run(self, job: dict[str, Any]) -> dict[str, Any]:
        self.jobs += 1
        return webp_worker.handle(job)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    made = Worker()
    monkeypatch.setattr(Forms, "_workers", lambda self: made)
    return made


async def test_a_picture_is_smaller_as_soon_as_it_was_made(world: World, worker: Worker) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(1600, 900)))
    post = await made.show(photo)
    browser = reader(world)
    page = html.fromstring((await browser.get(f"/mairie/{post}")).text)
    (source,) = page.xpath("//picture/source[@type='image/webp']")
    address = source.get("srcset").split(", ")[-1].split(" ")[0]
    assert address.endswith(".webp")
    first = await browser.get(address)
    assert (first.status, first.headers["content-type"]) == (200, "image/jpeg")
    await world.settle()
    browser.headers["if-none-match"] = first.headers["etag"]
    then = await browser.get(address)
    assert (then.status, then.headers["content-type"]) == (200, "image/webp")
    assert len(then.body) < len(first.body) and then.headers["etag"] != first.headers["etag"]
    with Image.open(io.BytesIO(then.body)) as image:
        assert image.format == "WEBP"
        wanted = page.xpath("//picture//img")[0]
        assert image.width / image.height == pytest.approx(
            int(wanted.get("width")) / int(wanted.get("height")), rel=0.01
        )
    browser.headers["if-none-match"] = then.headers["etag"]
    assert (await browser.get(address)).status == 304
    assert worker.jobs == 1
    await made.delete(post)
    del browser.headers["if-none-match"]
    assert (await browser.get(address)).status == 410


async def test_what_is_no_picture_of_ours_has_no_other_form(world: World, worker: Worker) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(300, 200)))
    post = await made.show(photo)
    for label in ("o.webp", "zz.webp", ".webp", "x.webp.webp"):
        assert (await reader(world).get(f"/m/mairie/{post}/{label}")).status == 404
    assert worker.jobs == 0


async def test_many_pictures_at_once_wait_for_nobody_and_fill_no_memory(
    world: World, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webp, "_WAITING_MAX", 2)
    monkeypatch.setattr(webp, "_KEPT_BYTES", 1)
    made = await channel(world)
    posts = []
    for n in range(4):
        file = await upload(made.owner, picture(320 + n, 200))
        posts.append(await made.show(api.InputMediaUploadedPhoto(file=file)))
    browser = reader(world)
    paths = [f"/m/mairie/{post}/m.webp" for post in posts]
    answers = await asyncio.gather(*(browser.get(path) for path in paths))
    assert {one.status for one in answers} == {200}
    await world.settle()
    assert worker.jobs <= 2
    assert webp.of(world.app)._size == 0


def test_the_worker_refuses_what_is_no_jpeg_or_too_large() -> None:
    with pytest.raises(ValueError):
        webp_worker.handle({"data": picture(4000, 4000)})
    for data in (b"", b"<svg/>", picture(30, 30, "PNG"), picture(60, 60)[:300]):
        with pytest.raises(OSError):
            webp_worker.handle({"data": data})


async def test_the_worker_is_a_process_of_its_own() -> None:
    sandbox = Sandbox("petitbleu.web.public.webp_worker", workers=1, seconds=10, memory=256 << 20)
    try:
        made = await sandbox.run({"data": picture(2560, 1440)})
        assert made["webp"].startswith(b"RIFF")
        with pytest.raises(JobFailed):
            await sandbox.run({"data": b"no picture"})
    finally:
        await sandbox.close()
