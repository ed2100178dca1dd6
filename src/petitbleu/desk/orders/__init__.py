"""Orders of authorities: what is kept for them, and what is given."""
