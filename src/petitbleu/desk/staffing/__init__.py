"""Staff: roles, passkeys, sessions, and what needs two people."""
