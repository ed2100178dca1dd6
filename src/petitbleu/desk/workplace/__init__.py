"""The workplace of staff: pages, who comes and goes."""
