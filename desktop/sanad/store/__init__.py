"""The data file: the only room that knows SQL; keeps and finds, decides nothing."""
