"""Accounts come, change their number, and are closed; bots."""
