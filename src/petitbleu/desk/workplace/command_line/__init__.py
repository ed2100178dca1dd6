"""The command line where there is a desk."""
