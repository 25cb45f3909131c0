"""Passwords and recovery codes as they are kept: Argon2id, so that whoever copies the file must guess slowly.

Time and memory are those of the second set that RFC 9106 recommends (64 MiB, three passes), on one lane: steadier on
old machines.
"""

import argon2
from argon2.exceptions import HashingError, VerificationError, VerifyMismatchError

from sanad.domain.errors import Refused

HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def kept(password: str) -> str:
    """A password as the data file keeps it.

    Raises:
        Refused: the machine has not the memory for it at the moment (``staff.no_memory``).
    """
    try:
        return HASHER.hash(password)
    except HashingError as error:
        raise Refused.because("staff.no_memory") from error


def is_right(password: str, kept_: str | None) -> bool:
    """Whether it is the password that was kept so; None, of whoever is not known, takes as long as any other.

    Raises:
        Refused: as :func:`kept`.
    """
    if kept_ is None:
        kept(password)
        return False
    try:
        return HASHER.verify(kept_, password)
    except VerifyMismatchError:
        return False
    except VerificationError as error:
        raise Refused.because("staff.no_memory") from error
