"""Small pictures and uploads for tests."""

from __future__ import annotations

import hashlib
import io
import itertools
from typing import Any

from PIL import Image

from petitbleu.tl import api
from tests.kit.world import Client

_numbers = itertools.count(9001)


def picture(width: int, height: int, form: str = "JPEG", mode: str = "RGB") -> bytes:
    """A gradient as a picture file."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    image.save(out, form)
    return out.getvalue()


def photograph(width: int, height: int) -> bytes:
    """A picture with surfaces, edges and noise, as photographs have them."""
    image = Image.effect_mandelbrot((width, height), (-2, -1.2, 1, 1.2), 60).convert("RGB")
    noise = Image.effect_noise((width, height), 40).convert("RGB")
    out = io.BytesIO()
    Image.blend(image, noise, 0.3).save(out, "JPEG", quality=87)
    return out.getvalue()


async def upload(
    client: Client, data: bytes, name: str = "file.bin", *, part: int = 32_768, md5: bool = True
) -> Any:
    """Save ``data`` in parts; the InputFile."""
    number = next(_numbers)
    parts = [data[at : at + part] for at in range(0, len(data), part)]
    for n, piece in enumerate(parts):
        await client.call(api.upload.SaveFilePart(file_id=number, file_part=n, bytes=piece))
    return api.InputFile(
        id=number,
        parts=len(parts),
        name=name,
        md5_checksum=hashlib.md5(data).hexdigest() if md5 else "",
    )


def document_input(file: Any, mime: str = "application/octet-stream", *attributes: Any) -> Any:
    """An inputMediaUploadedDocument."""
    return api.InputMediaUploadedDocument(file=file, mime_type=mime, attributes=list(attributes))


def location(document: Any, thumb: str = "") -> Any:
    """Where a document or photo, or one of its sizes, is downloaded from."""
    form = (
        api.InputPhotoFileLocation if type(document) is api.Photo else api.InputDocumentFileLocation
    )
    return form(
        id=document.id,
        access_hash=document.access_hash,
        file_reference=document.file_reference,
        thumb_size=thumb,
    )


async def download(client: Client, where: Any, *, limit: int = 1 << 20) -> bytes:
    """The whole file, in ranges of ``limit``."""
    found, offset = [], 0
    while True:
        piece = await client.call(api.upload.GetFile(location=where, offset=offset, limit=limit))
        found.append(piece.bytes)
        if len(piece.bytes) < limit:
            return b"".join(found)
        offset += limit
