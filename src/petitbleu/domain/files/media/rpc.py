"""TL handlers of the media room."""

from petitbleu.domain.files.media import rpc_files, rpc_input, rpc_media

__all__ = ["rpc_files", "rpc_input", "rpc_media"]
