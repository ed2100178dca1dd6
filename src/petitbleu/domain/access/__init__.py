"""How people get in: the mode of joining, codes, passwords, devices."""
