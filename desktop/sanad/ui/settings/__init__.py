"""What the office can set for itself."""
