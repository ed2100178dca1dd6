"""Deciding: evidence, decisions, complaints against them, and letters in between."""
