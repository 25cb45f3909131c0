"""The data file: the only room that knows SQL; keeps and finds, decides nothing.

Nothing is imported here, so that naming a thing of this room costs no database. Room: ``README.md``.
"""
