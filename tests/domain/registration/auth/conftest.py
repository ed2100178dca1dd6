"""Fixtures of the sign-in tests."""

from tests.domain.registration.auth.towns import town

__all__ = ["town"]
