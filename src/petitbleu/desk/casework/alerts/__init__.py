"""Alarms: who is told when a clock runs, by which way, until somebody answers."""
