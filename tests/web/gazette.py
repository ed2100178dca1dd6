"""A real server with a channel that Telethon has filled, for readers without an account.

The one thing that is not as in life: the fetcher of link previews is led to a page of this module,
since it goes to no address of this machine.
"""

from __future__ import annotations

import gzip
import http.server
import json
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from petitbleu.bench.server import HOST, Server, free_port
from tests.clients import environments
from tests.kit.proxied import ProxiedCluster
from tests.kit.waiting import GUARD

NAME = "villedesete"
_LED = """
from petitbleu.domain.messaging.webpages.guard import Network
real = Network.connect
async def resolve(self, host, port): return ["93.184.215.14"]
async def connect(self, address, port): return await real(self, "127.0.0.1", {port})
Network.resolve, Network.connect = resolve, connect
from petitbleu.cli import main; main()
"""
_DOSSIER = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>Le port, deux siècles d’histoire</title>
<meta property="og:site_name" content="Le Journal">
<meta property="og:description" content="Des tartanes aux paquebots : notre dossier en six volets,
 avec des documents inédits des archives municipales.">
<meta property="og:image" content="http://journal.example/picture.jpg"></head><body></body></html>
"""


class Led(Server):
    """The server, with the fetcher led to ``site``."""

    site = 0

    def command(self, *words: str) -> list[str]:
        found = super().command(*words)
        if words[0] == "serve":
            found[2] = _LED.format(port=self.site)
        return found


class Site:
    """The page that a post links to."""

    def __init__(self, picture: bytes) -> None:
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_page = self.path.startswith("/dossier")
                body = _DOSSIER.encode() if is_page else picture
                self.send_response(200)
                self.send_header("content-type", "text/html" if is_page else "image/jpeg")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer((HOST, 0), Answer)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Gazette:
    """``base``: the site's origin; ``posts``: what a post shows -> its id; ``refused``: what the
    server does not take -> its error."""

    def __init__(self, folder: Path, posts: int, workers: int = 0) -> None:
        """``workers``: so many behind HAProxy, which gives each request to the next; 0: one
        process.
        """
        environments.prepare("telethon")
        files = folder / "files"
        files.mkdir(parents=True)
        make_files(files)
        self._site = Site((files / "wide.jpg").read_bytes())
        self.server: Server | ProxiedCluster
        if workers:
            self.server, port = self._cluster(workers), free_port()
        else:
            self.server = Led(folder / "data")
            self.server.site, port = self._site.port, self.server.port
        self.base = f"http://localhost:{port}"
        settings = (
            f'public_url = "{self.base}"\nname = "Sète en ligne"\n[previews]\nports = [80, 443]\n'
        )
        if isinstance(self.server, ProxiedCluster):
            self.server.local.settings = settings
            self.server.start()
            self.server.local.add_proxy(port)
        else:
            self.server.data.mkdir()
            (self.server.data / "petitbleu.toml").write_text(settings, "utf-8")
            self.server.start()
        try:
            self._fill(folder, files, posts)
        except BaseException:
            self.close()
            raise

    def _cluster(self, workers: int) -> ProxiedCluster:
        program = (sys.executable, "-P", "-c", _LED.format(port=self._site.port))
        return ProxiedCluster(workers, program=program)

    def _fill(self, folder: Path, files: Path, posts: int) -> None:
        told = {"host": HOST, "port": self.server.port, "key": self.server.public_key()}
        told |= {"folder": str(folder), "files": str(files), "posts": posts}
        words = [*environments.interpreter("telethon"), "gazette.py", json.dumps(told)]
        ran = subprocess.run(
            words,
            cwd=environments.HERE / "drivers",
            capture_output=True,
            text=True,
            timeout=GUARD * 10,
        )
        assert ran.returncode == 0, ran.stderr[-3000:]
        found = json.loads(ran.stdout)
        self.posts: dict[str, int] = found["posts"]
        self.refused: dict[str, str] = found["refused"]
        for name in (NAME, "region_sud"):
            self.server.run("admin", "channel", "public", name, "on")

    def close(self) -> None:
        self.server.stop()
        self._site.close()


def landscape(width: int, height: int, seed: int) -> Image.Image:
    """Sky, sun, hills and sea: something to look at."""
    chance = random.Random(seed)
    sky = Image.linear_gradient("L").resize((width, height))
    low, high = chance.choice(
        (("#f7d9a8", "#3f7fb8"), ("#ffd1c1", "#5a4f8a"), ("#e8f1f5", "#4d8fb5"))
    )
    image = Image.composite(Image.new("RGB", sky.size, low), Image.new("RGB", sky.size, high), sky)
    draw = ImageDraw.Draw(image)
    x, y, r = width * chance.uniform(0.2, 0.8), height * 0.4, min(width, height) * 0.08
    draw.ellipse((x - r, y - r, x + r, y + r), fill="#fff3d0")
    for n, colour in enumerate(("#7d95a3", "#5d7a86", "#3f5f66")):
        base = height * (0.5 + 0.06 * n)
        points = [
            (width * step / 12, base - height * chance.uniform(0, 0.12)) for step in range(13)
        ]
        draw.polygon([(0, height), *points, (width, height)], fill=colour)
    draw.rectangle((0, height * 0.72, width, height), fill="#2f6f8f")
    for _ in range(40):
        x, y = chance.uniform(0, width), chance.uniform(height * 0.74, height)
        draw.line((x, y, x + width * 0.04, y), fill="#7fb3c8", width=max(1, height // 300))
    return image


def make_files(folder: Path) -> None:
    """What the posts carry."""
    sizes = {"wide": (1920, 1080), "square": (1200, 1200), "tall": (900, 1600), "small": (240, 160),
             "thumb": (320, 180), "avatar": (640, 640)}  # fmt: skip
    for seed, (name, size) in enumerate(sizes.items()):
        landscape(*size, seed).save(folder / f"{name}.jpg", quality=88)
    sticker = Image.new("RGBA", (512, 512))
    draw = ImageDraw.Draw(sticker)
    draw.ellipse((40, 120, 472, 460), fill="#d9482b")
    for x in (180, 330):
        draw.ellipse((x - 36, 180, x + 36, 252), fill="white")
        draw.ellipse((x - 14, 206, x + 14, 234), fill="black")
    draw.arc((160, 250, 352, 390), 20, 160, fill="white", width=14)
    sticker.save(folder / "sticker.webp")
    lottie = {"v": "5.5.2", "fr": 60, "ip": 0, "op": 60, "w": 512, "h": 512, "layers": []}
    (folder / "sticker.tgs").write_bytes(gzip.compress(json.dumps({"tgs": 1, **lottie}).encode()))
    (folder / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40_000)
    (folder / "voice.ogg").write_bytes(b"OggS" + b"\x00" * 9_000)
    (folder / "music.mp3").write_bytes(b"ID3" + b"\x00" * 90_000)
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00" * 250_000)
    (folder / "drawing.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    )
