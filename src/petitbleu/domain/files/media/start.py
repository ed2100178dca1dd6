"""What the room does when an instance is opened: see that files can be kept, hear of others."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.blobs.api import FilesUnavailable
from petitbleu.domain.files.media import remembered
from petitbleu.domain.files.media.storage import STORAGE
from petitbleu.store.migrate import Refused


async def begin(app: App) -> None:
    """Try the place of contents; hear of those that other workers erase. Raises Refused."""
    try:
        await app.parts[STORAGE].blobs.try_out()
    except FilesUnavailable as error:
        raise Refused(
            f"Files cannot be kept: {error}. See cluster.blobs, and the credentials in the"
            " environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)."
        ) from error
    remembered.listen(app)
