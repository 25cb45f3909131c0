"""Whether everything in the file still agrees: run by the doctor, after a fault, and before a backup counts."""

import json
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, text
from sqlalchemy import table as any_table

from sanad.domain.errors import Bug, Problem, Refused
from sanad.domain.health import STOPPED, FilePart
from sanad.domain.listing import CheckLine
from sanad.store import agreement, pages, tables
from sanad.store.assessments import Assessments
from sanad.store.columns import NONSENSE
from sanad.store.confidential import Confidential
from sanad.store.journal import Journal
from sanad.store.naming import PARTS, file_number, number_of
from sanad.store.numbers import Numbers
from sanad.store.policies import Policies
from sanad.store.staff import Staff
from sanad.store.tables import assessments, cancellations, decisions, journal, receipts, requests, vouchers
from sanad.store.upgrade import NEWEST, newest_schema, schema_of

RESTORE, UNDO, GO_ON = "backups.restore", "backups.undo", "backups.go_on"
PASSED_OVER = "passed_over."
"""The acts in the journal by which one set of data took the place of another, or was found in its place, and what they
tell of each series: the numbers passed over, as ``first-last``."""

_NUMBERED = {"request": requests, "voucher": vouchers, "receipt": receipts}

OF_DAMAGE = frozenset({"health.damaged", "data.damaged"})
"""What the look through all pages tells of a file that is damaged; whatever else it tells only kept it from looking."""
OF_A_PART = frozenset({"data.damaged", "data.disk_failing"})
"""Why a part of the file cannot be read, and not only now."""


def checks(
    connection: Connection, *, quick: bool = False, without: Container[str] = frozenset()
) -> tuple[CheckLine, ...]:
    """Every check, each on its own: a page that cannot be read fails its check and no other.

    ``quick`` leaves out whether each index agrees with its table, which takes four times as long as the pages do;
    ``without`` names checks that were just made.

    Raises:
        Refused: the look was told to stop (``health.stopped``).
    """
    chosen = {**_CHECKS, "integrity": _quick_integrity} if quick else _CHECKS
    return tuple(_line(name, check, connection) for name, check in chosen.items() if name not in without)


def _line(name: str, check: Callable[[Connection], Iterator[Problem]], connection: Connection) -> CheckLine:
    values = {"version": sqlite3.sqlite_version} if name == "integrity" else {}
    problems: list[Problem] = []
    try:
        problems.extend(check(connection))
    except Refused as refused:
        problems += _problems(refused)
    except (Bug, *NONSENSE):
        problems.append(Problem("health.unreadable"))
    return CheckLine(name, tuple(problems), values)


def _problems(refused: Refused) -> tuple[Problem, ...]:
    """Why something could not be read.

    Raises:
        Refused: it was not to be read any further.
    """
    if refused.problems[0].code == STOPPED:
        raise refused
    return refused.problems


def anchored(connection: Connection, kept: Iterable[tuple[str, datetime]], printed: Iterable[str]) -> CheckLine:
    """Whether the journal still holds the heads that stand outside the file: with backups, and on papers.

    Nobody who rewrites the file reaches those; so a chain that was made anew from its beginning, one whose last entries
    were cut, or an older file that was put back is found. A backup that was made before a later restore or its undoing
    may be of the data that were put aside then, as the journal tells.
    """
    entries = Journal(connection)
    changes = select(func.max(journal.c.at)).where(journal.c.operation.in_((RESTORE, UNDO, GO_ON)))
    try:
        since = connection.execute(changes).scalar()
        heads = [head for head, at in kept if since is None or at > since]
        missing = [head for head in (*heads, *printed) if not entries.holds(head)]
    except Refused as refused:
        return CheckLine("anchors", _problems(refused), {})
    except NONSENSE:
        return CheckLine("anchors", (Problem("health.unreadable"),), {})
    return CheckLine("anchors", tuple(Problem("health.head_missing", "", {"head": head[:16]}) for head in missing), {})


def _integrity(connection: Connection) -> Iterator[Problem]:
    found = list(_bad_pages(connection))
    found += (Problem("health.damaged", values={"told": told}) for told in _broken_seals(connection))
    yield from found
    if found:
        yield from _unreadable(connection)


def _bad_pages(connection: Connection) -> Iterator[Problem]:
    """What SQLite says of pages and rows that are not as they should be; or that it cannot even say so."""
    try:
        for told in pages.bad(connection.exec_driver_sql):
            yield Problem("health.damaged", values={"told": told})
    except Refused as refused:
        yield from _problems(refused)


def told_as(problems: Iterable[Problem], codes: Container[str]) -> bool:
    """Whether one of the problems is one of these."""
    return any(problem.code in codes for problem in problems)


def _broken_seals(connection: Connection) -> list[str]:
    """The pages of an encrypted file that do not fit their seals.

    They are read past SQLite, so one that is just being written may look broken; it is not when it is asked for again.
    """

    def ask() -> list[str]:
        seals = connection.exec_driver_sql("PRAGMA cipher_integrity_check")
        return [told for (told,) in seals] if seals.returns_rows else []  # the standard library knows no such question

    first = ask()
    return [told for told in ask() if told in first] if first else []


def _unreadable(connection: Connection) -> Iterator[Problem]:
    """Which parts of a damaged file cannot be read to their end."""
    told: set[FilePart] = set()
    for name, part in PARTS.items():
        try:
            for _ in connection.execute(select(text("*")).select_from(any_table(name))):
                pass
        except Refused as refused:
            if told_as(_problems(refused), OF_A_PART) and part not in told:
                told.add(part)
                yield Problem("health.part_unreadable", name, {"part": part})


def _quick_integrity(connection: Connection) -> Iterator[Problem]:
    for told in pages.bad(connection.exec_driver_sql, quick=True):
        yield Problem("health.damaged", values={"told": told})


def _foreign_keys(connection: Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem("health.points_at_nothing", table, {"row": row, "parent": parent})


def _schema(connection: Connection) -> Iterator[Problem]:
    """Tables, indexes and guards are those of a new file, word for word."""
    steps = [step for (step,) in connection.exec_driver_sql("SELECT version_num FROM alembic_version")]
    if steps != [NEWEST]:
        yield Problem("health.schema_differs", "alembic_version", {"name": "alembic_version"})
    expected, found = newest_schema(), schema_of(connection.exec_driver_sql)
    for name in sorted({name for name, _ in expected ^ found}):
        yield Problem("health.schema_differs", name, {"name": name})


def _journal(connection: Connection) -> Iterator[Problem]:
    broken = Journal(connection).first_broken()
    if broken is not None:
        yield Problem("health.journal_broken", values={"seq": broken})


def _numbers(connection: Connection) -> Iterator[Problem]:
    """Each series of each year is 1 to its last number, every one used or passed over by a restore."""
    drawn = {series: last for series, last in Numbers(connection).last().items() if "-" in series}
    used: dict[str, set[int]] = {series: set() for series in drawn}
    passed_over = _passed_over(connection)
    for name, table in _NUMBERED.items():
        for (number,) in connection.execute(select(table.c.number)):
            year, _, place = number.partition("-")
            used.setdefault(f"{name}-{year}", set()).add(int(place))
    for series, places in sorted(used.items()):
        for missing in sorted((places ^ set(range(1, drawn.get(series, 0) + 1))) - passed_over.get(series, set())):
            yield Problem("health.number_gap", series, {"series": series, "number": missing})


def _passed_over(connection: Connection) -> dict[str, set[int]]:
    """The numbers that stand on papers given out after a backup that was restored: they are never used again."""
    found: dict[str, set[int]] = {}
    for (after,) in connection.execute(select(journal.c.after).where(journal.c.operation.in_((RESTORE, UNDO, GO_ON)))):
        for path, spoken_of in json.loads(after).items():
            if path.startswith(PASSED_OVER):
                first, last = map(int, spoken_of.split("-"))
                found.setdefault(path.removeprefix(PASSED_OVER), set()).update(range(first, last + 1))
    return found


def _money(connection: Connection) -> Iterator[Problem]:
    """Receipt, voucher, grant and assessment tell of one amount, one family, one month."""
    handed_over = receipts.c.amount != vouchers.c.amount
    of_receipts = select(receipts.c.number).join(vouchers, vouchers.c.id == receipts.c.voucher).where(handed_over)
    for (number,) in connection.execute(of_receipts.order_by(receipts.c.number)):
        yield Problem("health.receipt_differs", number, {"number": number})
    joined = (
        select(vouchers.c.number)
        .join(decisions, decisions.c.id == vouchers.c.decision)
        .join(requests, requests.c.id == decisions.c.request)
        .join(assessments, assessments.c.id == decisions.c.assessment)
        .where(
            or_(
                decisions.c.amount.is_distinct_from(vouchers.c.amount),
                decisions.c.computed.is_distinct_from(assessments.c.amount),
                assessments.c.request != requests.c.id,
                requests.c.household != vouchers.c.household,
                requests.c.aid != vouchers.c.aid,
                vouchers.c.month < decisions.c.first_month,
                vouchers.c.month > decisions.c.last_month,
            )
        )
    )
    for (number,) in connection.execute(joined.order_by(vouchers.c.number)):
        yield Problem("health.amounts_differ", number, {"number": number})
    month = (vouchers.c.household, vouchers.c.aid, vouchers.c.month)
    live = vouchers.c.id.not_in(select(cancellations.c.voucher))
    for (number,) in connection.execute(
        select(func.max(vouchers.c.number)).where(live).group_by(*month).having(func.count() > 1)
    ):
        yield Problem("health.paid_twice", number, {"number": number})


def _posted(connection: Connection) -> Iterator[Problem]:
    """Every row is what the journal last said of it, and everything of which it tells is still there."""
    yield from agreement.differing(connection)


def _assessments(connection: Connection) -> Iterator[Problem]:
    for id_ in Assessments(connection).broken():
        of = select(assessments.c.request).where(assessments.c.id == id_)
        number = number_of(connection, "assessments", {"request": connection.execute(of).scalar_one()})
        yield Problem("health.assessment_changed", values={"number": number})


def _policies(connection: Connection) -> Iterator[Problem]:
    """Packs and revisions read as they were adopted; that they were adopted, ``posted`` looks at."""
    for id_ in Policies(connection).broken():
        yield Problem("health.policy_changed", values={"id": id_})


def _search(connection: Connection) -> Iterator[Problem]:
    families = connection.execute(select(func.count()).select_from(tables.households)).scalar_one()
    indexed = connection.exec_driver_sql("SELECT count(*) FROM household_words").scalar_one()
    if families != indexed:
        yield Problem("health.search_incomplete", values={"families": families, "indexed": indexed})


def _staff(connection: Connection) -> Iterator[Problem]:
    """Accounts and marks of confidential files are what the journal last said of them."""
    for user in Staff(connection).differing():
        yield Problem("health.staff_changed", "staff", {"user": user})
    for household in Confidential(connection).differing():
        number = file_number(connection, household)
        yield Problem("health.confidential_changed", "confidential", {"number": number})


_CHECKS: dict[str, Callable[[Connection], Iterator[Problem]]] = {
    "integrity": _integrity,
    "foreign_keys": _foreign_keys,
    "schema": _schema,
    "journal": _journal,
    "numbers": _numbers,
    "money": _money,
    "posted": _posted,
    "assessments": _assessments,
    "policies": _policies,
    "staff": _staff,
    "search": _search,
}
