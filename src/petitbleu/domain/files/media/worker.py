"""What runs in a worker process: pictures decoded and made smaller.

The only place where Pillow is imported. Input is hostile; the limits of :mod:`petitbleu.sandbox`
hold. A job is ``{"do": ..., "file": descriptor}``; the answer holds what was made, or ``error``:
the name of what the uploader is told. A refusal that is not foreseen ends the process, which the
other side sees as IMAGE_PROCESS_FAILED.
"""

from __future__ import annotations

import io
import os
import warnings
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from petitbleu.sandbox import import_whole, serve

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
"""Pictures that are decoded at all: no vectors, no scripts, nothing that names other files."""
MAX_SIDES = 10_000
"""Width and height together, and…"""
MAX_RATIO = 20
"""…one side to the other (core.telegram.org/bots/api#sendphoto)."""
LADDER = (("s", 100), ("m", 320), ("x", 800), ("y", 1280), ("w", 2560))
"""Longest side of each size of a photo (core.telegram.org/api/files#image-thumbnail-types)."""
SQUARES = (("a", 160), ("b", 320), ("c", 640))
"""Side of each size of a profile photo."""
_ORIENTATION, _TURNED = 0x0112, 4
"""The EXIF tag that says how the camera was held; above 4: lying on its side."""
THUMB = 320
STICKER_THUMB = 128
QUALITY = 87

_HEAD_BYTES = 623
"""What precedes the picture data in a JPEG of quality 20 with the standard tables: clients know it
by heart (core.telegram.org/api/files#stripped-thumbnails)."""
_HEAD_END = bytes.fromhex("ffda000c03010002110311003f00")

ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = (MAX_SIDES // 2) ** 2

Answer = dict[str, Any]


class Refused(Exception):
    """The file is no picture that can be used; the text is the error's name."""


def handle(job: dict[str, Any]) -> Answer:
    """Do one job."""
    try:
        return _JOBS[job["do"]](job)
    except Refused as refusal:
        return {"error": str(refusal)}
    except MemoryError:
        return {"error": "IMAGE_PROCESS_FAILED"}


def _open(file: int) -> Image.Image:
    """The picture upright, its first frame, without anything that is not pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(os.fdopen(file, "rb", closefd=False), formats=FORMATS)
    except (UnidentifiedImageError, SyntaxError):
        raise Refused("PHOTO_EXT_INVALID") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("PHOTO_INVALID_DIMENSIONS") from None
    except (OSError, ValueError):
        raise Refused("IMAGE_PROCESS_FAILED") from None
    width, height = picture.size
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise Refused("PHOTO_INVALID_DIMENSIONS")
    return picture


def _upright(picture: Image.Image, side: int) -> Image.Image:
    """Decode the first frame, at most ``side`` long, and turn it as the camera was held."""
    try:
        picture.seek(0)
        if picture.mode == "P" or "transparency" in picture.info:
            picture = picture.convert("RGBA")
        elif picture.mode not in ("RGB", "RGBA", "L", "LA"):
            picture = picture.convert("RGB")
        return ImageOps.exif_transpose(_fitted(picture, side))
    except MemoryError:
        raise
    except Exception:
        # Decoders raise anything on broken data; none of it is worth more than the refusal.
        raise Refused("IMAGE_PROCESS_FAILED") from None


def _flat(picture: Image.Image) -> Image.Image:
    """Plain RGB; what was transparent is white."""
    if "A" in picture.getbands():
        layered = picture.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return picture.convert("RGB")


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    """At most ``side`` long, never enlarged, never without a pixel."""
    width, height = picture.size
    longest = max(width, height)
    if longest <= side:
        return picture
    size = (max(1, round(width * side / longest)), max(1, round(height * side / longest)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=max(picture.size) > 320)
    return out.getvalue()


def stripped(picture: Image.Image) -> bytes:
    """The 40-pixel preview that travels inside messages, without its well-known JPEG head."""
    small = _fitted(picture, 40)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=20, subsampling="4:2:0", optimize=False)
    data = out.getvalue()
    if data[_HEAD_BYTES - len(_HEAD_END) : _HEAD_BYTES] != _HEAD_END:
        return b""
    return bytes((1, small.height, small.width)) + data[_HEAD_BYTES:-2]


def _photo(job: dict[str, Any]) -> Answer:
    """The ladder of sizes of a photo."""
    picture = _open(job["file"])
    if picture.format == "JPEG":
        picture.draft(picture.mode, (LADDER[-1][1], LADDER[-1][1]))
    picture = _flat(_upright(picture, LADDER[-1][1]))
    sizes: list[tuple[str, int, int, bytes]] = []
    for label, side in LADDER:
        small = _fitted(picture, side)
        sizes.append((label, small.width, small.height, _jpeg(small)))
        if side >= max(picture.size):
            break
    return {"sizes": sizes, "stripped": stripped(picture)}


def _square(job: dict[str, Any]) -> Answer:
    """The sizes of a profile photo: the middle of the picture."""
    picture = _open(job["file"])
    if min(picture.size) < SQUARES[0][1]:
        raise Refused("PHOTO_CROP_SIZE_SMALL")
    picture = _flat(_upright(picture, MAX_SIDES))
    picture = ImageOps.fit(picture, (SQUARES[-1][1], SQUARES[-1][1]), Image.Resampling.LANCZOS)
    made = []
    for label, side in SQUARES:
        small = _fitted(picture, side)
        made.append((label, side, side, _jpeg(small)))
    return {"sizes": made, "stripped": stripped(picture)}


def _thumb(job: dict[str, Any]) -> Answer:
    """The preview of a document that is a picture, or for which its sender gave one."""
    picture = _open(job["file"])
    width, height = picture.size
    if picture.getexif().get(_ORIENTATION, 1) > _TURNED:
        width, height = height, width
    picture = _upright(picture, THUMB)
    if job["alpha"]:
        small = _fitted(picture.convert("RGBA"), STICKER_THUMB)
        out = io.BytesIO()
        small.save(out, "WEBP", quality=QUALITY)
        made = ("m", small.width, small.height, out.getvalue())
        return {"sizes": [made], "stripped": b"", "width": width, "height": height}
    picture = _flat(picture)
    made = ("m", picture.width, picture.height, _jpeg(picture))
    return {"sizes": [made], "stripped": stripped(picture), "width": width, "height": height}


_JOBS = {"photo": _photo, "square": _square, "thumb": _thumb}


def _prepare(closed: bool) -> None:
    if closed:
        import_whole("PIL")
        Image.init()


if __name__ == "__main__":
    serve(handle, prepare=_prepare)
