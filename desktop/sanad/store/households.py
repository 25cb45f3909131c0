"""Rows of a family's file, and back: member by member, line by line, nothing lost."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, true, update

from sanad.domain.case import CaseStudy, Document, FollowUp, Research
from sanad.domain.errors import Problem, Refused
from sanad.domain.household import Dwelling, Household, Income, Member, Obligation
from sanad.domain.listing import Family, Likeness, Similar
from sanad.domain.spelling import compact, folded
from sanad.store import tables
from sanad.store.confidential import Confidential
from sanad.store.numbers import Numbers
from sanad.store.search import Search

_DWELLING = ("flat", "rooms", "block", "road", "building", "area", "municipality", "site")
_MEMBER = tuple(field for field in Member.__dataclass_fields__)
_ROWS: tuple[Table, ...] = (  # children before what they point at
    tables.incomes,
    tables.obligations,
    tables.members,
    tables.documents,
    tables.follow_ups,
)

MOST_NUMBERED = 50
"""Families that are meant at once by the beginning of a file number."""
MOST_ALIKE = 20
"""Families told as similar for one member by one likeness; more are no help to whoever must choose."""

FULL_NAME = 3
"""Words of a name that is compared without a birth date; of fewer, too many people are called the same."""

PAGE = 200
"""Families read at once when all are."""


class Households:
    """The families' files."""

    def __init__(self, connection: Connection, confidential: Confidential | None = None) -> None:
        self._connection = connection
        self._confidential = confidential or Confidential(connection)

    def add(self, id: str, study: CaseStudy, at: datetime) -> Family:  # noqa: A002  # the word of the domain
        """A new file; without a file number it gets the next one that no other family has.

        Raises:
            Refused: the file number or a civil id is another family's.
        """
        if not study.household.file_number:
            study = _numbered(study, self._free_number())
        self._refuse_taken(study, own="")
        added = insert(tables.households).values(id=id, version=1, saved_at=at, **_columns(study))
        row = self._connection.execute(added.returning(tables.households.c.row)).scalar_one()
        self._write_rows(id, study)
        Search(self._connection).put(row, study.household)
        return Family(id, 1, study, at)

    def correct(self, id: str, version: int, study: CaseStudy, at: datetime) -> Family:  # noqa: A002  # as above
        """The file as it should read; a blank file number keeps the one it has.

        Raises:
            Refused: there is no such file, it was saved by somebody else since ``version``, or the file number or a
                civil id is another family's.
        """
        kept = self.get(id)
        if kept.version != version:
            raise Refused.because("household.changed_meanwhile", id=id, version=kept.version)
        if not study.household.file_number:
            study = _numbered(study, kept.study.household.file_number)
        self._refuse_taken(study, own=id)
        for table in _ROWS:
            self._connection.execute(delete(table).where(table.c.household == id))
        changed = update(tables.households).where(tables.households.c.id == id)
        self._connection.execute(changed.values(version=version + 1, saved_at=at, **_columns(study)))
        row = select(tables.households.c.row).where(tables.households.c.id == id)
        self._write_rows(id, study)
        Search(self._connection).put(self._connection.execute(row).scalar_one(), study.household)
        return Family(id, version + 1, study, at)

    def get(self, id: str) -> Family:  # noqa: A002  # as above
        """The family's file.

        Raises:
            Refused: there is none under this id, or it is kept from whoever sits there.
        """
        found = select(tables.households).where(tables.households.c.id == id)
        row = self._connection.execute(found).mappings().first()
        if row is None:
            raise Refused.because("household.unknown", id=id)
        self._confidential.refuse(id)
        lines = {table: self._read_all(table, [id]) for table in _ROWS}
        study = _study(row, _of(lines, id))
        return Family(id, row["version"], study, row["saved_at"], confidential=self._confidential.is_kept(id))

    def every(self) -> Iterator[Family]:
        """All families, in the order in which they were registered, read in pages: memory stays flat."""
        home, last = tables.households, 0
        while True:
            page = select(home).where(home.c.row > last).order_by(home.c.row).limit(PAGE)
            rows = self._connection.execute(page).mappings().all()
            if not rows:
                return
            last = rows[-1]["row"]
            lines = {table: self._read_all(table, [row["id"] for row in rows]) for table in _ROWS}
            for row in rows:
                yield Family(row["id"], row["version"], _study(row, _of(lines, row["id"])), row["saved_at"])

    def count(self) -> int:
        """How many families are known."""
        return self._connection.execute(select(func.count()).select_from(tables.households)).scalar_one()

    def numbers(self, ids: Collection[str]) -> dict[str, str]:
        """The file number of each of these families."""
        found = select(tables.households.c.id, tables.households.c.file_number).where(tables.households.c.id.in_(ids))
        return {row.id: row.file_number for row in self._connection.execute(found)}

    def numbered(self, text: str) -> tuple[str, ...]:
        """The families whose file number is this one, or begins with it; as many as one looks through."""
        homes = tables.households
        found = select(homes.c.id).where(homes.c.file_number.startswith(text, autoescape=True))
        found = found.order_by(homes.c.file_number).limit(MOST_NUMBERED)
        return tuple(self._connection.execute(found).scalars())

    def similar(self, study: CaseStudy, *, own: str) -> tuple[Similar, ...]:
        """Families other than ``own`` that have a member of the same civil id, or of the same name and birth date.

        A full name is compared alone where one of the two birth dates is not known. The surest come first.
        """
        heads, people, homes = tables.members.alias(), tables.members, tables.households
        found = (
            select(homes.c.id, homes.c.file_number, people.c.name, heads.c.name.label("head"))
            .join(people, people.c.household == homes.c.id)
            .outerjoin(heads, (heads.c.household == homes.c.id) & (heads.c.relation == "head"))
            .where(homes.c.id != own)
            .order_by(homes.c.row)
            .limit(MOST_ALIKE)
        )
        listed: dict[tuple[str, int], Similar] = {}
        for member in study.household.members:
            alike: list[tuple[Likeness, Any]] = []
            if key := compact(member.civil_id):
                alike.append((Likeness.CIVIL_ID, people.c.civil_key == key))
            name, born = folded(member.name), member.birth_date
            if name and born is not None:
                same = (people.c.name_key == name) & (people.c.birth_date == born)
                alike.append((Likeness.NAME_AND_BIRTH, same))
            if len(name.split()) >= FULL_NAME:
                unknown = people.c.birth_date.is_(None) if born is not None else true()
                alike.append((Likeness.NAME, (people.c.name_key == name) & unknown))
            for likeness, condition in alike:
                for id_, number, name, head in self._connection.execute(found.where(condition)):
                    hidden = self._confidential.hides(id_)
                    shown_head, shown_name = ("", "") if hidden else (head or "", name)
                    known = Similar(id_, number, shown_head, shown_name, likeness, member.id, confidential=hidden)
                    listed.setdefault((id_, member.id), known)
        surest = tuple(Likeness)
        return tuple(sorted(listed.values(), key=lambda known: surest.index(known.likeness)))

    def _free_number(self) -> str:
        """The next file number that no family was given by hand."""
        numbers = Numbers(self._connection)
        while self._holder_of_file(number := str(numbers.next("file"))) is not None:
            pass
        return number

    def _refuse_taken(self, study: CaseStudy, own: str) -> None:
        problems = []
        holder = self._holder_of_file(study.household.file_number)
        if holder is not None and holder != own:
            values = {"file_number": study.household.file_number, "id": holder}
            problems.append(Problem("household.file_number_known", "household.file_number", values))
        for index, member in enumerate(study.household.members):
            if key := compact(member.civil_id):
                people, homes = tables.members, tables.households
                known = (
                    select(homes.c.id, homes.c.file_number, people.c.name)
                    .join(people, people.c.household == homes.c.id)
                    .where(people.c.civil_key == key, homes.c.id != own)
                )
                if (row := self._connection.execute(known).mappings().first()) is not None:
                    values = {"civil_id": member.civil_id, **row}
                    where, code = f"household.members[{index}].civil_id", "household.civil_id_known"
                    if self._confidential.hides(row["id"]):
                        values, code = {**values, "name": ""}, "household.civil_id_confidential"
                    problems.append(Problem(code, where, values))
        if problems:
            raise Refused(problems)

    def _holder_of_file(self, number: str) -> str | None:
        homes = tables.households
        return self._connection.execute(select(homes.c.id).where(homes.c.file_key == compact(number))).scalar()

    def _write_rows(self, id_: str, study: CaseStudy) -> None:
        household = study.household
        self._write(tables.members, id_, [_member(member) for member in household.members])
        self._write(tables.incomes, id_, [_fields(line) for line in household.incomes or ()])
        self._write(tables.obligations, id_, [_fields(line) for line in household.obligations or ()])
        self._write(tables.documents, id_, [_fields(document) for document in study.documents])
        self._write(tables.follow_ups, id_, [_fields(look) for look in study.follow_ups])

    def _write(self, table: Table, id_: str, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            numbered = [{"household": id_, "position": position, **row} for position, row in enumerate(rows)]
            self._connection.execute(insert(table), numbered)

    def _read_all(self, table: Table, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """The rows of these families in a table, by family, in their order."""
        found = select(table).where(table.c.household.in_(ids)).order_by(table.c.household, table.c.position)
        lines: dict[str, list[dict[str, Any]]] = {}
        for row in self._connection.execute(found).mappings():
            line = {name: row[name] for name in row if name not in ("household", "position")}
            lines.setdefault(row["household"], []).append(line)
        return lines


def _numbered(study: CaseStudy, number: str) -> CaseStudy:
    return replace(study, household=replace(study.household, file_number=number))


def _of(lines: Mapping[Table, Mapping[str, list[dict[str, Any]]]], id_: str) -> Mapping[Table, list[dict[str, Any]]]:
    return {table: of_all.get(id_, []) for table, of_all in lines.items()}


def _study(row: RowMapping, lines: Mapping[Table, list[dict[str, Any]]]) -> CaseStudy:
    incomes = tuple(Income(**line) for line in lines[tables.incomes])
    obligations = tuple(Obligation(**line) for line in lines[tables.obligations])
    return CaseStudy(
        household=Household(
            file_number=row["file_number"],
            resident_of=row["resident_of"],
            phone=row["phone"],
            spouses_share=row["spouses_share"],
            family_state=row["family_state"],
            members=tuple(Member(**{name: line[name] for name in _MEMBER}) for line in lines[tables.members]),
            incomes=incomes if row["incomes_asked"] else None,
            obligations=obligations if row["obligations_asked"] else None,
            dwelling=Dwelling(kind=row["dwelling_kind"], **{name: row[name] for name in _DWELLING}),
            bank_balance=row["bank_balance"],
            wealth=row["wealth"],
        ),
        request_date=row["request_date"],
        registered=row["registered"],
        monthly_registered=row["monthly_registered"],
        research=Research(
            comment=row["research_comment"],
            notes=row["research_notes"],
            date=row["research_date"],
            employee=row["research_employee"],
        ),
        follow_ups=tuple(FollowUp(**line) for line in lines[tables.follow_ups]),
        documents=tuple(Document(**line) for line in lines[tables.documents]),
        facts=row["facts"],
    )


def _columns(study: CaseStudy) -> dict[str, Any]:
    household, dwelling, research = study.household, study.household.dwelling, study.research
    return {
        "file_number": household.file_number,
        "file_key": compact(household.file_number),
        "resident_of": household.resident_of,
        "phone": household.phone,
        "spouses_share": household.spouses_share,
        "family_state": household.family_state,
        "incomes_asked": household.incomes is not None,
        "obligations_asked": household.obligations is not None,
        "dwelling_kind": dwelling.kind,
        **{name: getattr(dwelling, name) for name in _DWELLING},
        "bank_balance": household.bank_balance,
        "wealth": household.wealth,
        "request_date": study.request_date,
        "registered": study.registered,
        "monthly_registered": study.monthly_registered,
        "research_comment": research.comment,
        "research_notes": research.notes,
        "research_date": research.date,
        "research_employee": research.employee,
        "facts": study.facts,
    }


def _member(member: Member) -> dict[str, Any]:
    return {**_fields(member), "name_key": folded(member.name), "civil_key": compact(member.civil_id) or None}


def _fields(row: Member | Income | Obligation | Document | FollowUp) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
