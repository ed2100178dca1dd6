"""Measuring a real server from outside: its process, its load and the goals."""
