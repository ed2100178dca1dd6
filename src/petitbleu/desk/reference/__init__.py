"""Reference data: the law, authorities and flaggers."""
