"""Devices: which keys are signed in as whom, how a login begins and how it ends."""
