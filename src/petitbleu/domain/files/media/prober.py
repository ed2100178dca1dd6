"""What runs in a process of its own for each recording: duration and size, as ffprobe says.

ffprobe reads the job's file by its descriptor and can open no other (:mod:`petitbleu.sandbox`). A
job is ``{"program": path or name, "file": descriptor}``; the answer holds ``duration``, ``title``,
``performer``, ``sound``, ``width``, ``height``, ``codec`` as far as they were found.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

from petitbleu.sandbox import serve

MAX_OUTPUT = 1 << 20
"""Bytes of ffprobe's answer; more is none."""

Answer = dict[str, Any]


_DEMUXERS = (
    (4, b"ftyp", "mov"), (0, b"\x1a\x45\xdf\xa3", "matroska"), (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"), (0, b"\xff\xfb", "mp3"), (0, b"fLaC", "flac"), (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
)  # fmt: skip
"""Where a container's mark stands, and who may read it. Nothing else is tried: playlists and the
like would make the program open other files."""


def handle(job: dict[str, Any]) -> Answer:
    """Measure one recording; {} for what is none, or without the program."""
    head = os.pread(job["file"], 16, 0)
    demuxer = next((name for at, mark, name in _DEMUXERS if head[at:].startswith(mark)), None)
    program = shutil.which(job["program"])
    if demuxer is None or program is None:
        return {}
    command = [
        program, "-v", "error", "-protocol_whitelist", "file", "-f", demuxer,
        "-show_entries",
        "format=duration:format_tags=title,artist"
        ":stream=codec_type,codec_name,width,height:stream_side_data=rotation",
        "-of", "json", f"file:/proc/self/fd/{job['file']}",
    ]  # fmt: skip
    try:
        # Killed by the other side where it takes too long: this one may send no signal.
        with subprocess.Popen(  # noqa: S603 - the program is the operator's
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(job["file"],)
        ) as running:
            assert running.stdout is not None
            said = running.stdout.read(MAX_OUTPUT)
        return {} if running.returncode else _measured(json.loads(said))
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _measured(found: dict[str, Any]) -> Answer:
    answer: Answer = {}
    shape = found.get("format", {})
    if "duration" in shape:
        answer["duration"] = min(max(float(shape["duration"]), 0.0), 864_000.0)
    for tag, name in (("title", "title"), ("artist", "performer")):
        if isinstance(text := shape.get("tags", {}).get(tag), str):
            answer[name] = text[:256]
    for stream in found.get("streams", ()):
        if stream.get("codec_type") == "audio":
            answer["sound"] = True
        elif stream.get("codec_type") == "video" and "codec" not in answer:
            width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
            sides = stream.get("side_data_list", ())
            if any(int(side.get("rotation", 0)) % 180 for side in sides):
                width, height = height, width
            answer |= {"width": width, "height": height, "codec": str(stream.get("codec_name"))}
    return answer


if __name__ == "__main__":
    serve(handle, programs=True)
