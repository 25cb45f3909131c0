"""What broke, kept as a numbered report that holds no names: where in the program, and what kind of error."""
