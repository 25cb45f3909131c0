"""The first run: whose office this is."""
