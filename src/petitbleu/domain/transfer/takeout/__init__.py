"""Takeout: people download their own data with the clients they have."""
