"""The composition root: knows every room but the faces, and holds nothing after it has built."""
