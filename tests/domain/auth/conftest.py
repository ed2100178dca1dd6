"""Fixtures of the sign-in tests."""

from tests.domain.auth.towns import town

__all__ = ["town"]
