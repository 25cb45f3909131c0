"""``sanad policies``: the guides listed; a pack proved; a revision tried on all families, or adopted."""

import argparse
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad import places
from sanad.cli.desk import DONE, REFUSED, Desk
from sanad.domain.errors import Bug, Refused
from sanad.domain.money import Currency, Money
from sanad.domain.text import Text
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.domain.revision import Given, RevisionPreview
    from sanad.services import Services


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb."""
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--check", metavar="FOLDER", help=words.text("cli.check"))
    one.add_argument("--preview", metavar="REVISION.toml", help=words.text("cli.preview"))
    one.add_argument("--adopt", metavar="PATH", help=words.text("cli.adopt"))


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Do what is asked; without an option print id and title of each guide, one a line."""
    asked = arguments.check or arguments.preview or arguments.adopt
    try:
        if arguments.check:
            _check(Path(arguments.check), desk)
        elif asked:
            with desk.services(desk.folder or places.data_folder()) as services:
                act = _preview if arguments.preview else _adopt
                act(Path(asked), services, desk)
        else:
            with desk.reference() as services:
                listed = services.policies.list()
            desk.say(f"{policy}\t{title.in_(desk.words.language)}" for policy, title, _ in listed)
    except Refused as refused:
        desk.tell(refused.problems, asked or "")
        return REFUSED
    return DONE


def _check(folder: Path, desk: Desk) -> None:
    with desk.reference() as services:
        proven = services.policies.check(folder)
    id_, title = proven.packed.policy.id, proven.packed.policy.title.in_(desk.words.language)
    desk.say([f"{id_}\t{title}\t{desk.words.text('policies.proven', cases=proven.cases, forms=proven.forms)}"])


def _preview(path: Path, services: "Services", desk: Desk) -> None:
    policies = services.policies
    found = policies.preview(policies.text_of(path), date.today(), file=path.name)  # noqa: DTZ011  # the wall clock's day
    office = services.offices.read()
    if office is None:
        raise Bug("a preview was made of no office")
    desk.say(_lines(found, office.currency, desk.words))


def _lines(found: "RevisionPreview", currency: Currency, words: Words) -> Iterator[str]:
    """A line for each aid of a family that changes, then what it comes to."""

    def given(what: "Given") -> tuple[str, str]:
        amount = "-" if what.amount is None else currency.plain(what.amount)
        return words.choice("outcome", what.outcome), amount

    for change in found.changes:
        difference = _signed(change.difference, currency)
        yield "\t".join(
            (change.file_number, change.name, change.aid, *given(change.before), *given(change.after), difference)
        )
    yield words.count(
        "policies.changes",
        found.families,
        title=found.title.in_(words.language),
        on=found.on,
        families=words.count("guide.families", found.considered),
        difference=_signed(found.difference, currency),
        stood=found.stood,
        aside=len(found.set_aside),
    )


def _signed(amount: Money, currency: Currency) -> str:
    return ("+" if amount > Money(0) else "") + currency.plain(amount)


def _adopt(path: Path, services: "Services", desk: Desk) -> None:
    """Adopt a revision's file; of a folder the pack in it, once more where its files were edited."""
    title, since, digest = (_adopt_pack if path.is_dir() else _adopt_revision)(path, services)
    said = desk.words.text("policies.adopted", title=title.in_(desk.words.language), since=since, digest=digest)
    desk.say([said])


def _adopt_revision(path: Path, services: "Services") -> tuple[Text, date, str]:
    """The key is the text itself: the same file adopted twice is adopted once."""
    text = services.policies.text_of(path)
    key = hashlib.sha256(text.encode()).hexdigest()
    adopted = services.policies.adopt(text, key=f"adopt-{key}", file=path.name).value
    return adopted.title, adopted.since, adopted.digest


def _adopt_pack(path: Path, services: "Services") -> tuple[Text, date, str]:
    """The files that are in force already are not adopted twice; those that were in force before may be again."""
    adopted = services.policies.adopt_pack(path, key=str(uuid4())).value
    guide = services.policies.get(adopted.policy)
    return guide.title, guide.first_day, adopted.digest
