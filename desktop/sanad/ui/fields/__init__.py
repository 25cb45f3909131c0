"""One widget for each kind of field a form can have."""
