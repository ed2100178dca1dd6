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
from petitbleu.web.public import image_variants, smaller_worker
from petitbleu.web.public.image_variants import Forms
from tests.domain.files.media.shots import photograph, picture, upload
from tests.kit.waiting import GUARD
from tests.kit.world import World, running
from tests.web.public import channel, reader


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    async with running(World(sqlite_store, tmp_path)) as made:
        yield made


class Worker:
    """Stands in for the pool: the same work, here."""

    def __init__(self) -> None:
        self.jobs: list[bool] = []
        """Of each, whether AVIF was wanted."""

    async def run(self, job: dict[str, Any]) -> dict[str, Any]:
        self.jobs.append(job["avif"])
        return smaller_worker.handle(job)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    made = Worker()
    monkeypatch.setattr(Forms, "_workers", lambda self: made)
    return made


async def test_a_picture_is_smaller_as_soon_as_it_was_made(world: World, worker: Worker) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, photograph(1600, 900)))
    post = await made.show(photo)
    browser = reader(world)
    page = html.fromstring((await browser.get(f"/mairie/{post}")).text)
    sources = page.xpath("//picture//source")
    assert [one.get("type") for one in sources] == ["image/avif", "image/webp"]
    sizes = {}
    for source in sources:
        form = source.get("type")
        address = source.get("srcset").split(", ")[-1].split(" ")[0]
        assert address.endswith(form.replace("image/", "."))
        browser.headers.clear()
        first = await browser.get(address)
        assert (first.status, first.headers["content-type"]) == (200, "image/jpeg")
        await world.settle()
        browser.headers["if-none-match"] = first.headers["etag"]
        then = await browser.get(address)
        assert (then.status, then.headers["content-type"]) == (200, form)
        assert then.headers["etag"] != first.headers["etag"]
        sizes[form] = len(then.body)
        with Image.open(io.BytesIO(then.body)) as image:
            assert image.get_format_mimetype() == form
            wanted = page.xpath("//picture//img")[0]
            assert image.width / image.height == pytest.approx(
                int(wanted.get("width")) / int(wanted.get("height")), rel=0.01
            )
        browser.headers["if-none-match"] = then.headers["etag"]
        assert (await browser.get(address)).status == 304
    assert sizes["image/avif"] < sizes["image/webp"] < len(first.body)
    assert worker.jobs == [True, False]
    await made.delete(post)
    browser.headers.clear()
    for source in sources:
        assert (await browser.get(source.get("srcset").split(" ")[0])).status == 410


async def test_what_would_be_larger_is_served_in_another_form(
    world: World, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(320, 240)))
    post = await made.show(photo)
    browser = reader(world)
    address = f"/m/mairie/{post}/m.avif"
    await browser.get(address)
    await world.settle()
    assert (await browser.get(address)).headers["content-type"] == "image/webp"
    assert worker.jobs == [False], "AVIF is not even tried of what is small"
    assert (await browser.get(f"/m/mairie/{post}/m.webp")).headers["content-type"] == "image/webp"
    assert worker.jobs == [False], "it is the same picture"
    monkeypatch.setattr(image_variants, "AVIF_FROM", 0)
    monkeypatch.setattr(smaller_worker, "AVIF_QUALITY", 100)
    await browser.get(address)
    await world.settle()
    assert (await browser.get(address)).headers["content-type"] == "image/webp"
    assert worker.jobs == [False, True]


async def test_a_picture_that_cannot_be_made_is_not_tried_for_each_reader(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    class Broken(Worker):
        async def run(self, job: dict[str, Any]) -> dict[str, Any]:
            tries.append(job)
            raise JobFailed("out of memory")

    monkeypatch.setattr(Forms, "_workers", lambda self: Broken())
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(320, 240)))
    post = await made.show(photo)
    browser = reader(world)
    for _ in range(3):
        answer = await browser.get(f"/m/mairie/{post}/m.webp")
        assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
        await world.settle()
    assert len(tries) == 1


async def test_what_is_no_picture_of_ours_has_no_other_form(world: World, worker: Worker) -> None:
    made = await channel(world)
    photo = api.InputMediaUploadedPhoto(file=await upload(made.owner, picture(300, 200)))
    post = await made.show(photo)
    for label in ("o.webp", "zz.webp", ".webp", "x.webp.webp", "o.avif", ".avif", "x.webp.avif"):
        assert (await reader(world).get(f"/m/mairie/{post}/{label}")).status == 404
    assert worker.jobs == []


async def test_many_pictures_at_once_wait_for_nobody_and_fill_no_memory(
    world: World, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_variants, "_WAITING_MAX", 2)
    monkeypatch.setattr(image_variants, "_KEPT_BYTES", 1)
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
    assert len(worker.jobs) <= 2
    assert world.app.parts[image_variants.FORMS]._size == 0


def test_the_worker_refuses_what_is_no_jpeg_or_too_large() -> None:
    with pytest.raises(ValueError):
        smaller_worker.handle({"data": picture(4000, 4000), "avif": True})
    for data in (b"", b"<svg/>", picture(30, 30, "PNG"), picture(60, 60)[:300]):
        with pytest.raises(OSError):
            smaller_worker.handle({"data": data, "avif": True})


async def test_the_worker_is_a_process_of_its_own() -> None:
    module = "petitbleu.web.public.smaller_worker"
    sandbox = Sandbox(module, workers=1, seconds=int(GUARD), memory=256 << 20)
    try:
        made = await sandbox.run({"data": photograph(1600, 900), "avif": True})
        assert (made["mime"], made["body"][4:12]) == ("image/avif", b"ftypavif")
        with pytest.raises(JobFailed):
            await sandbox.run({"data": b"no picture", "avif": True})
    finally:
        await sandbox.close()
