"""What travels: case files and workbooks, read strictly and written whole."""
