"""The data file changed by the hundred behind the program's back: the doctor finds every edit and names it.

Run as ``make soak-tamper`` for five hundred; the suite does some sixty. Every round takes a copy of one office, changes
it as somebody would who knows SQL and takes the guards away first, and asks the doctor. Changed are the rows of every
table column by column, the structure, the entries of the journal; then all of it at once, with the journal's chain made
anew, cut, or the whole file an older copy: those need a head that stands outside, on a paper or with a backup. An entry
forged behind the last, with all that belongs to it, agrees with every row and every head: of it tells only the memory
of the user who wrote to the file last, on his computer, and not to him who can reach that memory himself.

Not among them: ``drafts``, which are typed and not said, so that the journal does not tell of them; and the search
index's list of its own pages, without which SQLite finds its way: the index looks through all else of itself.
"""

import random
import shutil
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from sanad.bootstrap import build
from sanad.domain.case import Document, FollowUp
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.staff import Role
from sanad.services import Services
from sanad.store.folder import DATA_FILE
from tests.backups import cheap_keys
from tests.builders import (
    TODAY,
    Clock,
    a_decision,
    a_family,
    a_household,
    a_key,
    a_request,
    a_study,
    a_voucher,
    an_office,
)
from tests.revisions import a_revision
from tests.soak.births import remember_in
from tests.soak.edits import ANCHORS, EDITS, Edit, Expected, Untouched, forge, structure

PASSWORD = "خمس كلمات طويلة للتجربة"  # noqa: S105  # opens nothing but this made-up office


@dataclass(frozen=True, slots=True)
class Office:
    """A data folder that is closed, an older copy of its file, and the head of the journal on the last receipt."""

    data: Path
    older: Path
    printed: str


def make_office(at: Path) -> Office:
    """An office in which every table has rows."""
    data, clock = at / "data", Clock()
    Image.new("RGB", (40, 30), "navy").save(at / "logo.png")
    with build(data, clock, who="صفاء") as services:
        services.offices.set_up(an_office())
        services.offices.set_logo(at / "logo.png")
        services.policies.adopt(a_revision(), key=a_key())
        _families(services)
        services.drafts.keep("new", "حسن")
    shutil.copyfile(data / DATA_FILE, at / "older")
    clock.move(days=1)
    with cheap_keys(), build(data, clock, who="صفاء") as services:
        voucher = a_voucher(services)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
        with services.health._store.reading() as records:
            printed = records.journal.head()[:16]
        (at / "stick").mkdir()
        services.backups.make(at / "stick", passphrase=PASSWORD)
        services.households.keep_confidential(a_family(services).id, "بطلب من الأسرة")
        services.staff.begin("safa", "صفاء", PASSWORD)
        services.staff.add("ali", "علي", Role.CLERK, PASSWORD, key=a_key())
    return Office(data, at / "older", printed)


def _families(services: Services) -> None:
    study = a_study(
        a_household(phone="33445566", wealth=Money(5000)),
        documents=(Document("salary_statement", "there"), Document("id_card", "missing")),
        follow_ups=(FollowUp(TODAY, "صفاء", "زيارة"),),
    )
    family = a_family(services, study)
    services.households.correct(family.id, 1, a_study(a_household(head="حسن علي محمد", children=2)), key=a_key())
    family = a_family(services, study)
    request = a_request(services, family)
    services.assessments.assess(request.id, TODAY, key=a_key())
    services.decisions.decide(request.id, Verdict.POSTPONE, TODAY, "13/1", reason="وثائق ناقصة", key=a_key())
    decision = a_decision(services, request, Grant(Money(30_000), "2026-11", "2027-02"))
    for month in ("2026-11", "2026-12"):
        voucher = a_voucher(services, decision, month)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
        services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
        voucher = a_voucher(services, decision, month)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())


# ------------------------------------------------------------ the doctor


def soak(rounds: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Change so many copies of an office; how often each kind of edit was found.

    Raises:
        AssertionError: one was not found, or the journal named another entry than the first broken one.
    """
    dice = random.Random(seed)  # noqa: S311  # the same edits every time
    remember_in(folder / "memory")
    office = make_office(folder)
    copy = folder / "copy"
    _copied(office, copy)
    assert not _found(copy, office.printed), "a sound office is told to be damaged"
    told: Counter[str] = Counter()
    for number in range(rounds):
        _copied(office, copy)
        if number % 25 == 24:
            kind, said, expected = "older", "an older copy of the file", ANCHORS
            shutil.copyfile(office.older, copy / DATA_FILE)
        else:
            edit = EDITS[number % len(EDITS)]
            if edit is forge:
                _left(copy)
            kind, said, expected = _changed(copy / DATA_FILE, edit, dice)
        found = _found(copy, office.printed)
        check, seq = expected
        assert found, f"round {number}: {kind} was not found: {said}"
        assert not check or check in found, f"round {number}: {kind} was not found by {check}: {said} {found}"
        assert seq is None or found[check] == seq, f"round {number}: {kind} named {found[check]}, not {seq}: {said}"
        told[kind] += 1
    return told


def _copied(office: Office, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(office.data, to)


def _left(folder: Path) -> None:
    """Have this computer remember where the data stand."""
    remember_in(folder / "memory")
    build(folder, Clock(), who="x").close()


def _changed(file: Path, edit: Edit, dice: random.Random) -> tuple[str, str, Expected]:
    """Make one edit that changes something; its kind, what was said to the file, and what must find it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as tool:
        tool.execute("PRAGMA foreign_keys = OFF")
        tool.execute("PRAGMA ignore_check_constraints = ON")
        guards = tool.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        while True:
            said: list[str] = []
            tool.execute("BEGIN")
            try:
                if edit is not structure:
                    for name, _ in guards:
                        tool.execute(f"DROP TRIGGER {name}")
                tool.set_trace_callback(said.append)
                expected = edit(tool, dice)
                tool.set_trace_callback(None)
                if edit is not structure:
                    for _, sql in guards:
                        tool.execute(sql)
                tool.execute("COMMIT")
            except (Untouched, sqlite3.IntegrityError, sqlite3.DatabaseError):
                tool.set_trace_callback(None)
                tool.execute("ROLLBACK")
            else:
                written = [line[:300] for line in said if not line.startswith("SELECT")]
                return edit.__name__, " ; ".join(written), expected


def _found(folder: Path, printed: str) -> dict[str, object]:
    """The checks that found something, each with the entry that its first problem names, if it names one."""
    remember_in(folder / "memory")  # unless they were left here, of a computer that never saw these data
    try:
        services = build(folder, Clock(), who="x")
    except Refused as refused:
        return {refused.problems[0].code: None}
    with services:
        store = services.health._store
        lines = (*store.checks(), store.anchored(services.backups.heads(), [printed]))
        ahead = store.condition().ahead
    found = {line.name: line.problems[0].values.get("seq") for line in lines if not line.ok}
    return found if ahead is None else {**found, "continuity": None}


def main(rounds: int) -> None:
    """Print how many edits of each kind were found."""
    started = time.perf_counter()
    with TemporaryDirectory(prefix="sanad-soak-") as folder:
        told = soak(rounds, Path(folder))
    print(f"soak-tamper: {rounds} edits behind the program's back: all found, the first broken entry named")
    print(", ".join(f"{kind} {count}" for kind, count in told.most_common()))
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
