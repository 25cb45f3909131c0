"""Chooses a face: no verb opens the window, a verb goes to the command line."""

import sys


def main() -> int:
    """Run the face that the arguments ask for and return the exit status."""
    return 0


if __name__ == "__main__":
    sys.exit(main())
