"""The people of the office: who they are, what each role may do, and what stays hidden from most."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sanad.domain.spelling import compact, western


class Role(StrEnum):
    """What somebody is in the office."""

    CLERK = "clerk"
    RESEARCHER = "researcher"
    COMMITTEE = "committee"
    TREASURER = "treasurer"
    MANAGER = "manager"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """A group of acts that are allowed together."""

    SEE = "see"
    """Find families, open their files, see what waits, and check whether the data agree."""
    WRITE = "write"
    """Register families, correct their files, receive their requests."""
    ASSESS = "assess"
    DECIDE = "decide"
    PAY = "pay"
    """Order payments, record that they were received, declare them void."""
    PRINT = "print"
    """Papers of one family."""
    PRINT_MANY = "print_many"
    """Lists and batches of many families."""
    SEE_CONFIDENTIAL = "see_confidential"
    KEEP_CONFIDENTIAL = "keep_confidential"
    """Mark a family's file as confidential, and open it up again."""
    SET_UP = "set_up"
    """The office, its guide and figures, the key of its backups."""
    SEE_STAFF = "see_staff"
    """Who has an account, and who looked at what."""
    MANAGE_STAFF = "manage_staff"


_DESK = frozenset({Permission.SEE, Permission.WRITE, Permission.ASSESS, Permission.PRINT})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.CLERK: _DESK,
        Role.RESEARCHER: _DESK,
        Role.COMMITTEE: frozenset(
            {
                Permission.SEE,
                Permission.ASSESS,
                Permission.DECIDE,
                Permission.PRINT,
                Permission.SEE_CONFIDENTIAL,
                Permission.KEEP_CONFIDENTIAL,
            }
        ),
        Role.TREASURER: frozenset({Permission.SEE, Permission.PAY, Permission.PRINT, Permission.PRINT_MANY}),
        Role.MANAGER: frozenset(Permission),
        Role.AUDITOR: frozenset({Permission.SEE, Permission.PRINT, Permission.SEE_CONFIDENTIAL, Permission.SEE_STAFF}),
    }
)
"""What each role may do. What is not named is refused."""

LOOKS = frozenset(
    {
        "backups.ahead",
        "backups.show_key",
        "households.open",
        "households.search",
        "papers.print",
        "papers.print_many",
        "staff.sign_in",
        "staff.refuse",
        "staff.knock",
        "staff.sign_out",
    }
)
"""Entries of the journal that tell of a look, of a sign-in or of what was noticed, and of no change."""

REFUSALS = frozenset({"staff.refuse", "staff.knock"})
"""Those of them that tell of somebody who was not let in."""
MOST_LOOKS = 500
"""So many are read at once, the latest; of earlier ones one asks by a file number or a user."""

_MISREAD = str.maketrans("OIL", "011")

LONGEST_USER = 40
"""Letters of the name under which somebody signs in."""
FREE_TRIES = 5
"""Wrong sign-ins in a row after which each next one must wait."""
LONGEST_WAIT = 60
"""Seconds; nobody is locked out for good."""
MANY = 20
"""Families in one search or on one list, from which on it is told as many."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office. ``user`` is typed to sign in and stands in the journal; ``name`` is read by people."""

    id: str
    user: str
    name: str
    role: Role
    active: bool = True

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return self.active and permission in PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody says of himself to sign in. The password is never shown, by no report and no log."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the desk: the name for the journal, his account, and whether confidential files are open to him.

    ``account`` is empty as long as the office has none, or nobody signed in.
    """

    who: str
    account: str = ""
    sees_confidential: bool = True


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong sign-ins in a row: how many, and when the last was."""

    count: int = 0
    last_at: datetime | None = None

    @property
    def wait(self) -> int:
        """Seconds from the last one until the next may be tried."""
        beyond = self.count - FREE_TRIES
        return 0 if beyond < 0 else min(2**beyond, LONGEST_WAIT)


def as_printed(code: str) -> str:
    """A recovery code as it was typed, without its groups, its digits western, what is misread put right."""
    return compact(code).translate(_MISREAD)


def as_meant(password: str) -> str:
    """A password as it was meant, on whichever keyboard: letters composed, digits western, nothing that nobody sees."""
    composed = western(unicodedata.normalize("NFC", password.encode("utf-8", "ignore").decode()))
    return "".join(letter for letter in composed if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))
