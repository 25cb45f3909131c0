"""Families: the list of them, and the file of one."""
