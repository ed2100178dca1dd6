"""Passkeys of members: signing in to the web client without a code."""
