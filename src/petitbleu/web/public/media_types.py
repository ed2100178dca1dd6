"""As what a file of a post is sent, and therefore what feeds say that it is."""

from __future__ import annotations

import re

INLINE = re.compile(
    r"image/(jpeg|png|webp|gif|avif)|video/(mp4|webm|ogg)"
    r"|audio/(mpeg|mp4|ogg|aac|flac|wav|x-wav|webm)"
)
"""Types that a browser shows itself and that hold no script."""
_KEPT = re.compile(
    r"application/(pdf|zip|gzip|x-7z-compressed|epub\+zip|msword|rtf|json"
    r"|vnd\.(oasis\.opendocument|openxmlformats-officedocument|ms-(excel|powerpoint|word))[a-z0-9.-]*)"
    r"|text/(plain|csv|calendar)|image/(heic|heif|tiff|bmp)|video/(quicktime|x-matroska|mpeg)"
    r"|audio/(x-flac|x-m4a|amr|midi)"
)
"""Types that are downloads and run nothing under the address of this site."""
OPAQUE = "application/octet-stream"


def served(mime: str) -> str:
    """The type with which a file is sent that says it is ``mime``."""
    plain = mime.strip().lower()
    return plain if INLINE.fullmatch(plain) or _KEPT.fullmatch(plain) else OPAQUE
