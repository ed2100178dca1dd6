"""Signing in: codes by number, QR login, authorizations carried to another key."""
