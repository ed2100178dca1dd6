"""nginx with this checkout's ``deploy/nginx.conf``: only what must differ on a test machine is
changed, addresses, folders and the certificate.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from petitbleu.bench.server import HOST

EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "nginx.conf"


def program() -> str | None:
    """nginx on this machine (Debian keeps it where only root looks); None: there is none."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")


def command(folder: Path, port: int, upstream: int) -> list[str]:
    """Write the configuration into ``folder``; the command line that serves ``upstream`` on
    ``port`` in the foreground."""
    text = EXAMPLE.read_text("utf-8").replace("127.0.0.1:8080", f"{HOST}:{upstream}")
    text = text.replace("/var/cache/nginx", str(folder / "kept"))
    text = text.replace("/var/log/nginx", str(folder))
    (folder / "kept").mkdir(exist_ok=True)
    kept = [line for line in text.splitlines() if "ssl_certificate" not in line]
    text = "\n".join(line for line in kept if "listen [::]" not in line)
    text = text.replace("listen 443 ssl;", f"listen {HOST}:{port};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/error.log;\ndaemon off;\n"
        + ("user root;\n" if os.geteuid() == 0 else "")
        + f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{text}\n}}\n",
        "utf-8",
    )
    return [program() or "nginx", "-c", str(config), "-e", f"{folder}/error.log"]
