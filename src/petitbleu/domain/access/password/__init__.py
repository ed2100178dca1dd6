"""The two-step password: set, asked for, changed, recovered by e-mail, reset after a week."""
