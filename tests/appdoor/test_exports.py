"""The address of a copy of one's own data: for its owner's session alone, in words for others."""

from __future__ import annotations

import io
import zipfile

import pytest

from petitbleu.appdoor.door import Door
from petitbleu.domain.transfer.exports import own
from petitbleu.tl import api
from tests.appdoor.pages import Page
from tests.kit import servicechat
from tests.kit.world import World

START = api.petitbleu.StartExport(password=api.InputCheckPasswordEmpty())


@pytest.fixture
async def ada(world: World, page: Page) -> Page:
    await page.sign_up()
    return page


async def _made(world: World, page: Page) -> str:
    """The path of a copy that is ready."""
    begun = (await page.call(START))["ok"]
    waiting = await page.request("GET", f"/app/f/export/{begun['id']}")
    assert waiting.status == 404
    await servicechat.run(world)
    done = (await page.call(api.petitbleu.GetExport()))["ok"]
    assert done["ready"] is True
    return "/app/" + str(done["url"]).partition("/app/")[2]


async def test_the_owner_fetches_it_whole_and_in_parts(world: World, ada: Page) -> None:
    path = await _made(world, ada)
    whole = await ada.request("GET", path)
    assert (whole.status, whole.headers["content-type"]) == (200, "application/zip")
    assert whole.headers["content-disposition"] == 'attachment; filename="data.zip"'
    assert whole.headers["cache-control"] == "private, no-cache"
    assert zipfile.ZipFile(io.BytesIO(whole.body)).testzip() is None
    part = await ada.request("GET", path, headers={"range": "bytes=10-19"})
    assert (part.status, part.body) == (206, whole.body[10:20])
    late = await ada.request("GET", path, headers={"range": f"bytes={len(whole.body)}-"})
    assert late.status == 416
    # Opened from another client of the owner: the browser says that no site asks.
    opened = await ada.request("GET", path, headers={"sec-fetch-site": "none"})
    assert opened.body == whole.body


async def test_a_link_that_is_passed_on_is_refused_in_words(
    world: World, ada: Page, door: Door
) -> None:
    path = await _made(world, ada)
    bob = Page(world, door)
    nobody = await bob.request("GET", path, headers={"accept-language": "fr-FR,fr;q=0.9"})
    assert nobody.status == 403
    assert nobody.body.decode().startswith("Cette adresse ne s’ouvre que pour la personne")
    assert nobody.headers["content-type"] == "text/plain; charset=utf-8"
    await bob.sign_up("Bob")
    other = await bob.request("GET", path, headers={"accept-language": "en"})
    assert (other.status, other.body[:18]) == (404, b"This address opens")
    await _made(world, bob)
    assert (await bob.request("GET", path)).status == 404
    # Another site cannot make the owner's browser fetch it, whatever cookie comes along.
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://example.org"}):
        assert (await ada.request("GET", path, headers=headers)).status == 403
    assert (await ada.request("GET", "/app/f/export/x")).status == 403
    assert (await ada.request("GET", "/app/f/export/123")).status == 404


async def test_it_is_gone_after_two_days_and_with_the_session(
    world: World, ada: Page, door: Door
) -> None:
    path = await _made(world, ada)
    cookie = ada.cookie
    assert (await ada.request("DELETE", "/app/session")).status == 204
    ada.cookie = cookie
    assert (await ada.request("GET", path)).status == 403
    again = Page(world, door)
    await again.sign_in(ada.phone)
    assert (await again.request("GET", path)).status == 200
    world.clock.advance(own.KEPT_SECONDS)
    later = Page(world, door)
    await later.sign_in(ada.phone)
    assert (await later.request("GET", path)).status == 404


async def test_after_a_backup_was_put_back_it_can_be_asked_for_again(
    world: World, ada: Page
) -> None:
    """Backups do not hold these files."""
    path = await _made(world, ada)
    own.file_of(world.app, int(path.rpartition("/")[2])).unlink()
    assert (await ada.request("GET", path)).status == 404
    assert (await ada.call(api.petitbleu.GetExport()))["ok"] == {"_": "petitbleu.exportEmpty"}
    again = await _made(world, ada)
    assert again != path and (await ada.request("GET", again)).status == 200
