"""Every reader of what comes from outside, with sound things to begin from; each may refuse, and nothing else."""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pyrage
from PIL import Image
from pyrage.x25519 import Identity

from sanad import places
from sanad.bootstrap import build
from sanad.domain.backup import Manifest, Part
from sanad.domain.errors import Refused
from sanad.domain.iban import read_iban
from sanad.domain.money import BHD, USD
from sanad.domain.spelling import cleaned, compact, folded
from sanad.exchange.case_file import read_case
from sanad.forms import filling
from sanad.forms.definition import Form, Kind
from sanad.forms.reader import read_form
from sanad.paper.logo import flat_picture
from sanad.rules.assess import assess
from sanad.rules.overlay import lay_over, read_revision
from sanad.rules.policy import Policy
from sanad.rules.proof import read_proof
from sanad.services.editions import office_figures_of
from sanad.services.packs import CASES, POLICY, may_say, read_folder, read_text, unpack
from sanad.store import archive, copies, keyring, manifest, restore, vault
from sanad.store.folder import DATA_FILE
from sanad.store.search import asked
from sanad.words.dates import hijri_of, read_date
from tests.backups import PHRASE, cheap_keys
from tests.builders import TODAY, Clock, a_voucher, an_office
from tests.revisions import a_revision

GUIDE = "karzakan-2020"
DEEP = 20_000
"""Brackets within brackets, more than any parser should follow."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, what it is given to begin from, the largest that is tried, and its part of the time."""

    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    largest: int = 65_536
    share: int = 1


# ------------------------------------------------------------ guides, cases, forms


@cache
def _guides() -> dict[str, Policy]:
    folders = sorted(file.parent for file in places.policies().glob(f"*/{POLICY}"))
    packs = (unpack(read_folder(folder), folder.name) for folder in folders)
    return {packed.policy.id: packed.policy for packed in packs}


def _case(data: bytes) -> None:
    guides = _guides()
    case = read_case(data, {id_: may_say(policy) for id_, policy in guides.items()})
    assess(case, guides[case.policy])


def _cases() -> list[bytes]:
    sample = [path.read_bytes() for path in sorted(places.sample().glob("family-*.json"))[:3]]
    wide = {"policy": GUIDE, "aid": "monthly", "on": "2026-11-22", "office": {"building.ceiling": "500"}}
    household = {"members": [{"id": 1, "relation": "head", "sex": "male", "birth_date": "1980-05-01"}]}
    return [*sample, json.dumps({**wide, "household": household}).encode(), b"[" * DEEP, b"9" * 9000]


def _text_of(data: bytes) -> str:
    return read_text(_file(data))


def _pack(data: bytes) -> None:
    unpack({POLICY: _text_of(data), CASES: ""}, "own")


def _packs(name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(places.policies().glob(f"*/{name}"))] + _toml()


def _toml() -> list[bytes]:
    """What no TOML should be."""
    return [b"a=" + b"[" * DEEP, b"a=" + b"9" * 9000, b"[" + b"a." * DEEP + b"a]", b"a=1979-99-99", b"a={" * DEEP]


def _proof(data: bytes) -> None:
    read_proof(_text_of(data), "cases.toml")


def _revision(data: bytes) -> None:
    guide = _guides()[GUIDE]
    lay_over(guide, read_revision(_text_of(data), "revision.toml", guide, office_figures_of(guide)))


def _form(data: bytes) -> None:
    read_form(_text_of(data), "form.toml")


@cache
def _case_study() -> Form:
    return read_form((places.forms() / "case-study.toml").read_text("utf-8"), "case-study.toml")


def _boxes(data: bytes) -> None:
    """The case-study form, each box filled with a piece of the text, and two rows in its tables."""
    pieces = _with_surrogates(data).split("\n")
    form = _case_study()
    values: filling.Values = {}
    for number, field in enumerate(filling._typed(form)):
        values[field.bind] = pieces[number % len(pieces)]
    for table in filling._tables(form):
        columns = [column.bind for column in table.columns if column.kind is not Kind.MEMBER]  # picked, never typed
        rows = [{bind: pieces[(row + at) % len(pieces)] for at, bind in enumerate(columns)} for row in range(2)]
        values[table.bind] = [{**cells, "id": row + 1} for row, cells in enumerate(rows)]
    filling.fill(form, values, currency=BHD, today=TODAY)


def _with_surrogates(data: bytes) -> str:
    """Text in which halves of letters may stand, as some keyboards send them."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


BOXES = ("حسن", "1", "310.000", "1/5/1980", "head", "male", "yes", "٠٥/٠٦/٢٠١١", "salary")

# ------------------------------------------------------------ typed text


def _typed(data: bytes) -> None:
    """Money, days, numbers of accounts, and what the search is asked, each on its own."""
    text = data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass" if data[:1] == b"\0" else "replace")
    for currency in (BHD, USD):
        with suppress(Refused):
            read = currency.read(text)
            assert currency.read(currency.plain(read)) == read
    with suppress(Refused):
        hijri_of(read_date(text))
    with suppress(ValueError):
        read_iban(text)
    assert cleaned(cleaned(text)) == cleaned(text)
    assert folded(folded(text)) == folded(text)
    compact(text)
    _asked(asked(text))


@cache
def _index() -> sqlite3.Connection:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE household_words USING fts5(words, tokenize = 'unicode61', prefix = '2 3')")
    return index


def _asked(query: str) -> None:
    if query:
        _index().execute("SELECT rowid FROM household_words WHERE household_words MATCH ?", (query,)).fetchall()


def _texts() -> list[bytes]:
    typed = ("١٢٫٥٠٠", "1,250.500", "12,50", "2026-11-22", "١١/٠٦/١٤٤٨ هـ", "30/2/2026", "عبد الله أبو علي", "BH67BMAG")
    return [text.encode("utf-16-le") for text in (*typed, "\u202e1_000", "²", "1e5", "9" * 5000, "\0")]


# ------------------------------------------------------------ backups and keys


@cache
def _identity() -> Identity:
    return Identity.generate()


def _part(content: bytes) -> Part:
    return Part(DATA_FILE, len(content), hashlib.sha256(content).hexdigest())


@cache
def _data_file() -> bytes:
    """A data file of one family, closed and whole."""
    with tempfile.TemporaryDirectory() as folder:
        with build(Path(folder) / "data", Clock(), who="x") as services:
            services.offices.set_up(an_office())
            a_voucher(services)
        return (Path(folder) / "data" / DATA_FILE).read_bytes()


@cache
def _told() -> Manifest:
    return _measured(_data_file())


def _measured(data: bytes) -> Manifest:
    with copies.looking(_file(data)) as connection:
        return manifest.measure(connection, Clock().moment, (_part(data),))


@cache
def _tar() -> bytes:
    """A backup before it is encrypted."""
    with tempfile.TemporaryDirectory() as folder:
        content = b"SQLite format 3\0" + bytes(2000)
        (Path(folder) / DATA_FILE).write_bytes(content)
        told = replace(_told(), parts=(_part(content),))
        stream = archive.Stream(told, lambda part: Path(folder) / part.name, lambda size: None)
        return b"".join(iter(lambda: stream.read(65_536), b""))


def _archive(data: bytes) -> None:
    reader = archive.Reader(lambda part: archive.Nowhere(), lambda size: None, lambda told: None)
    with closing(reader):
        reader.write(data)
        reader.finish()


def _backup(data: bytes) -> None:
    restore.look(_file(data), _identity())


def _backups() -> list[bytes]:
    return [pyrage.encrypt(_tar(), [_identity().to_public()]), b"age-encryption.org/v1\n-> scrypt x 99\n"]


def _database(data: bytes) -> None:
    file = _file(data)
    with suppress(Refused):
        copies.prove(file, _told())
    copies.refuse_unsound(file)


def _key_file(data: bytes) -> None:
    with cheap_keys():
        vault.unseal(data, PHRASE)


def _key_files() -> list[bytes]:
    with cheap_keys():
        sealed = vault.seal(_identity(), PHRASE)
    return [sealed, sealed.replace(b" 8\n", b" 63\n"), sealed.replace(b" 8\n", b" 017\n")]


def _sheet(data: bytes) -> None:
    vault.of_sheet(data.decode("utf-8", "replace"))


def _slots(data: bytes) -> None:
    keyring.of_backup(data, Path("nowhere"), _identity())


def _kept_slots() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        keys = keyring.Keyring.begin(Path(folder) / "keys")
        keys.give_office(str(_identity().to_public()))
        return [keys.told()]


def _pictures() -> list[bytes]:
    """Pictures of every kind that is taken, and some that lie about their size."""
    found = []
    for kind in ("PNG", "JPEG"):
        for mode in ("RGB", "L", "RGBA", "P", "1", "CMYK", "I;16", "LA"):
            with suppress(OSError, KeyError):
                made = BytesIO()
                Image.new(mode, (24, 18)).save(made, kind)
                found.append(made.getvalue())
    huge = bytearray(found[0])
    huge[16:24] = (2**31 - 1).to_bytes(4, "big") * 2
    return [*found, bytes(huge)]


def _sheets() -> list[bytes]:
    return [str(_identity()).encode(), str(_identity()).lower().replace("1", "١").encode()]


def _file(data: bytes) -> Path:
    """A file of this process with this in it."""
    path = _folder() / "given"
    path.write_bytes(data)
    return path


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="sanad-fuzz-"))


READERS: dict[str, Reader] = {
    "case file": Reader(_case, _cases, share=3),
    "guide": Reader(_pack, lambda: _packs(POLICY), share=2),
    "worked cases": Reader(_proof, lambda: _packs(CASES)),
    "revision": Reader(_revision, lambda: [a_revision().encode(), *_toml()], share=2),
    "form": Reader(_form, lambda: [p.read_bytes() for p in sorted(places.forms().glob("*.toml"))] + _toml(), share=2),
    "boxes of a form": Reader(_boxes, lambda: ["\n".join(BOXES).encode()], 4096, share=2),
    "typed text": Reader(_typed, _texts, 16_384, share=2),
    "backup": Reader(_backup, _backups),
    "archive in a backup": Reader(_archive, lambda: [_tar()], share=2),
    "manifest": Reader(manifest.load, lambda: [manifest.dump(_told())]),
    "data file in a backup": Reader(_database, lambda: [_data_file()], 2**20, share=4),
    "key file": Reader(_key_file, _key_files, 16_384),
    "recovery sheet": Reader(_sheet, _sheets, 1024),
    "key slots": Reader(_slots, _kept_slots),
    "logo": Reader(flat_picture, _pictures, share=3),
}
