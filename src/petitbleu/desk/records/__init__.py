"""Records that nobody can change unseen: the log, and the raw bytes."""
