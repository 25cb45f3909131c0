"""How a data file came to be as it is: numbered steps, never edited once released."""
