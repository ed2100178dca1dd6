"""One's own settings: language, passkeys, sessions, breaks."""

from __future__ import annotations

import base64
import json
import re

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.workplace.pages import settings
from tests.kit.authenticator import Authenticator
from tests.kit.desk import URL, DeskSite


async def test_the_language_is_ones_own(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    assert (await ada.post("/desk/settings/own", {"language": "fr", "keys": ""})).status == 303
    page = await ada.get("/desk/settings?done=saved")
    assert '<html lang="fr"' in page.text
    assert 'data-keys="off"' in page.text
    assert "Enregistré." in page.words
    assert (await ada.post("/desk/settings/own", {"language": "xx"})).status == 422


async def test_a_second_passkey_opens_the_desk_and_the_first_can_go(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    first, spare = ada.device, Authenticator(URL)
    desk.world.clock.advance(1)
    options = json.loads((await ada.post("/desk/settings/passkeys/options")).text)
    made = spare.create(options)
    page = await ada.post("/desk/settings/passkeys", {"answer": made, "label": "safe"})
    assert page.headers["location"] == "/desk/settings?done=passkey"
    assert (await ada.post("/desk/settings/passkeys", {"answer": made})).status == 403
    ada.device = spare
    assert (await ada.sign_in()).status == 303
    names = re.findall(r'name="passkey" value="(\w+)"', (await ada.get("/desk/settings")).text)
    assert len(names) == 2
    page = await ada.sign("/desk/settings/passkeys/remove", {"passkey": names[0]})
    assert page.status == 303
    ada.device = first
    assert (await ada.sign_in()).status == 403
    ada.device = spare
    page = await ada.sign("/desk/settings/passkeys/remove", {"passkey": names[1]})
    assert "last passkey cannot be removed" in page.words


async def test_one_ends_ones_other_sessions_and_nobody_elses(desk: DeskSite) -> None:
    ada, bea = await desk.person("lead"), await desk.person("lead")
    here = ada.cookie
    await ada.sign_in()
    there, ada.cookie = ada.cookie, here
    page = await ada.get("/desk/settings")
    ids = re.findall(r'name="session" value="(\d+)"', page.text)
    assert len(ids) == 1
    await bea.post("/desk/settings/sessions/end", {"session": ids[0]})
    ada.cookie = there
    assert (await ada.get("/desk")).status == 200
    ada.cookie = here
    await ada.get("/desk/settings")
    await ada.post("/desk/settings/sessions/end", {"session": ids[0]})
    ada.cookie = there
    assert (await ada.get("/desk")).status == 303
    ada.cookie = here
    await ada.sign_in()
    await ada.post("/desk/settings/sessions/end")
    ada.cookie, now = here, ada.cookie
    assert (await ada.get("/desk")).status == 303
    ada.cookie = now
    assert (await ada.get("/desk")).status == 200


async def test_a_break_shows_nothing_and_ends_by_hand(desk: DeskSite) -> None:
    ada = await desk.person("lead")
    page = await ada.post("/desk/rest", {"minutes": "15"})
    assert page.headers["location"] == "/desk/rest"
    page = await ada.get("/desk/rest")
    assert "On a break" in page.words
    assert "Team" not in page.words
    page = await ada.post("/desk/rest", {"minutes": "0"})
    assert page.headers["location"] == "/desk"


async def test_alarms_in_the_browser_are_ones_own(desk: DeskSite) -> None:
    ada, bea = await desk.person("lead"), await desk.person("lead")
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    there = "https://push.example.org/abc"
    wish = {
        "endpoint": there,
        "p256dh": base64.b64encode(point).decode(),
        "auth": base64.b64encode(bytes(16)).decode(),
    }
    page = await ada.post("/desk/settings/push", wish)
    assert page.headers["location"] == "/desk/settings?done=push"
    for bad in ({"endpoint": "http://127.0.0.2/x"}, {"auth": "x"}, {"p256dh": "AAAA"}):
        assert (await ada.post("/desk/settings/push", {**wish, **bad})).status == 422
    await bea.post("/desk/settings/push/end", {"endpoint": there})
    assert "push.unsubscribe" not in await desk.actions()
    await ada.post("/desk/settings/push/end", {"endpoint": there})
    assert "push.unsubscribe" in await desk.actions()
    worker = await desk.outsider().get("/desk/worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")


async def test_every_page_names_whom_to_turn_to(desk: DeskSite) -> None:
    app = desk.world.app
    ada = await desk.person("moderator")
    assert "Somebody is there for you" not in (await ada.get("/desk")).words
    await directory.set_operator(app, {"support": "Dr Lune, 01 23 45 67 89"}, "operator")
    for path in ("/desk", "/desk/queues", "/desk/settings", "/desk/team", "/desk/nowhere/else"):
        page = await ada.get(path)
        assert page.status == 404 or "Dr Lune, 01 23 45 67 89" in page.words, path


async def test_sessions_name_browsers_as_people_do(desk: DeskSite) -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    assert [settings.browser(one) for one in (edge, phone, "curl/8.1", "")] == [
        *("Edge, Windows", "Safari, iPhone", "curl/8.1", ""),
    ]
    ada = await desk.person("triage")
    assert "Your only passkey stays" in (await ada.get("/desk/settings")).words
