"""One-time codes: made, sealed, counted and checked, for whichever room asks one of a person."""
