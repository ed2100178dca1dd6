"""Groups and channels as facts: their rows, who is in them and who may do what."""
