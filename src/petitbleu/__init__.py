"""petitbleu: a self-hosted messaging platform that speaks MTProto and answers its mail."""

__version__ = "0.1.0"
