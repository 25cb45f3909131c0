"""The facts of the office, frozen: money, families, requests, assessments, decisions, payments.

Nothing here reads a clock, a file or a database; nothing here imports more than the standard library.
Room: ``README.md``.
"""
