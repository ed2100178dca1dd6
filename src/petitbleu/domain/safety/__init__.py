"""Reports and measures, numbers of cases, the spam filter."""
