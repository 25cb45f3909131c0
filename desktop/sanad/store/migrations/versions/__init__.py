"""The steps, one a file, each named by its number."""
