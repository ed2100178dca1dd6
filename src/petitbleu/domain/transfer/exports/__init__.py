"""Exports: everything of one person, in the shape of Telegram Desktop's JSON."""

__all__ = ["own"]
