"""The posts of a channel by e-mail; ``records`` asks the DNS, for others too."""

__all__ = ["records", "service"]
