"""By which digests editions of a guide are known: a pack's text, and each revision that was laid over it."""

import hashlib


def digest_of(text: str) -> str:
    """The SHA-256 of a pack's text, or of a revision's."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_over(edition: str, revision: str) -> str:
    """The digest of an edition once a revision lies over it; both are told by their own digests."""
    return digest_of(f"{edition}{revision}")
