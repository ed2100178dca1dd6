"""The command ``backup``: the running instance saves itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.errors import StoreUnavailable
from petitbleu.store.backup import backup
from petitbleu.store.migrate import Refused
from petitbleu.store.move_files import place_of


@command("backup")
async def back_up(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{to}`` (an absolute path) -> ``{to, files, bytes, at}``."""
    target = Path(params["to"])
    live = not params.get("offline", False)
    at = int(app.clock.now())
    try:
        manifest = await backup(app.store, app.config.data, target, at=at, live=live)
    except (Refused, StoreUnavailable) as error:
        raise CommandRefused(str(error)) from error
    except OSError as error:
        raise CommandRefused(f"{error.filename or target}: {error.strerror or error}") from error
    app.log.info("backup.done", files=len(manifest.files))
    size = sum((target / name).stat().st_size for name in manifest.files)
    done = {"to": str(target), "files": len(manifest.files), "bytes": size, "at": manifest.at}
    if app.config.cluster.blobs:
        place = place_of(app.config.cluster.blobs)
        done["outside"] = (
            f"Photos and files are in {place} and not in this backup: have the bucket keep copies"
            " elsewhere. A restored database finds what it had there for"
            f" {app.config.cluster.undelete_days} days."
        )
    return done
