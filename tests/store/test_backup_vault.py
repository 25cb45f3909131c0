"""The office key under its passphrase: opened by the stock tool, told apart when wrong, damaged or hostile."""

import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage.x25519 import Identity

from sanad.domain.errors import Bug, Refused
from sanad.domain.spelling import without_unseen
from sanad.store import vault

PHRASE = "كلمة مرور الجمعية 2026"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys at a thousandth of the cost, where the cost is not what is tested."""
    monkeypatch.setattr(vault, "FACTOR", 8)


@pytest.fixture
def sealed(cheap: None) -> bytes:
    """A key file at little cost."""
    return vault.seal(vault.make(), PHRASE)


def code(sealed: bytes, passphrase: str = PHRASE) -> str:
    """The code with which opening is refused."""
    with pytest.raises(Refused) as refused:
        vault.unseal(sealed, passphrase)
    return refused.value.problems[0].code


@pytest.fixture
def at_full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys as the program makes them, whatever the tests before were spared."""
    monkeypatch.setattr(vault, "FACTOR", 17)


@pytest.mark.usefixtures("at_full_cost")
def test_a_key_at_full_cost_is_opened_by_us_and_by_the_library() -> None:
    """The file is a common age file of the fixed factor, and holds the key in letters."""
    identity = vault.make()
    sealed = vault.seal(identity, PHRASE)
    assert b"-> scrypt " in sealed
    assert sealed.split(b"\n")[1].endswith(b" 17")
    assert str(vault.unseal(sealed, PHRASE)) == str(identity)
    assert pyrage.passphrase.decrypt(sealed, PHRASE).decode() == f"{identity}\n"


@pytest.mark.parametrize(
    "typed",
    ["كلمة مرور الجمعية ٢٠٢٦", f"  {PHRASE}\n", "كلمة مرور الجمعية ۲۰۲۶"],
    ids=["Arabic digits", "with spaces around", "Persian digits"],
)
def test_c7_a_passphrase_may_be_spelt_as_the_keyboard_spells_it(typed: str, sealed: bytes) -> None:
    """Digits of either kind and what surrounds it make no difference."""
    vault.unseal(sealed, typed)


@pytest.mark.usefixtures("cheap")
def test_c7_composed_and_decomposed_letters_are_one() -> None:
    """A passphrase typed on another system, which writes é or آ in two signs, is the same."""
    vault.unseal(vault.seal(vault.make(), "café آمنة 12"), "cafe\u0301 ا\u0653منة 12")


MARKS = "\u200e\u200f\u202b\u202c\u2067\u2069\ufeff\u200c\u200d"
"""What Word and WhatsApp set around a line that is copied, and the joiners of some keyboards."""


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("typed", [f"\u200f{PHRASE}", f" \u202b{PHRASE}\u202c\n", PHRASE.replace("ر", "ر\u200c")])
def test_c7_what_nobody_sees_is_no_part_of_a_passphrase(typed: str, sealed: bytes) -> None:
    """Pasted with a mark of direction, it opens with the letters alone, and the other way round."""
    vault.unseal(vault.seal(vault.make(), typed), PHRASE)
    vault.unseal(sealed, typed)


@pytest.mark.usefixtures("cheap")
def test_c7_a_key_that_was_sealed_with_an_unseen_letter_still_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Earlier programs took the mark for a letter: with it the key opens, with another passphrase it does not."""
    with monkeypatch.context() as before:
        before.setattr(vault, "_spelt", vault._spelt_before)
        sealed = vault.seal(identity := vault.make(), f"\u200f{PHRASE}")
    assert str(vault.unseal(sealed, f"\u200f{PHRASE}")) == str(identity)
    assert code(sealed, f"\u200f{PHRASE} 2") == "backup.wrong_passphrase"


@given(st.text(st.sampled_from(MARKS + "e\u0301ا\u0653ة ٣3") | st.characters(), max_size=40))
@settings(max_examples=500)
def test_c7_a_passphrase_is_spelt_as_the_boxes_of_the_window_hand_it_over(passphrase: str) -> None:
    """They take out what nobody sees before anything else does; around it, it makes no difference either."""
    spelt = vault._spelt(passphrase)
    assert vault._spelt(without_unseen(passphrase)) == spelt
    assert vault._spelt(f"{MARKS}{passphrase}{MARKS}") == spelt
    assert not set(spelt.decode()) & set(MARKS)


@pytest.mark.parametrize("typed", ["", "كلمة مرور الجمعية 2027", "x" * 5000, "كلمة\x00"])
def test_c7_a_wrong_passphrase_is_told_as_such(typed: str, sealed: bytes) -> None:
    """It is never called damage."""
    assert code(sealed, typed) == "backup.wrong_passphrase"


def test_a_short_passphrase_is_refused() -> None:
    """Seven signs lock nothing."""
    with pytest.raises(Refused) as refused:
        vault.seal(vault.make(), " 1234567 ")
    assert refused.value.problems[0].values == {"least": 8}


def test_every_change_of_a_key_file_is_refused(sealed: bytes) -> None:
    """Whichever byte is flipped, cut off or put behind, the key does not come out."""
    codes = set()
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        codes.add(code(bytes(changed)))
    for cut in range(0, len(sealed), 7):
        codes.add(code(sealed[:cut]))
    codes.add(code(sealed + b"x"))
    assert codes <= {"backup.key_damaged", "backup.wrong_passphrase", "backup.key_hostile"}


def test_base64_in_a_second_spelling_is_damage(sealed: bytes) -> None:
    """Bits that belong to no byte must be zero, as age demands."""
    salt = sealed.split(b"\n")[1].split()[2]
    assert code(sealed.replace(salt, salt[:-1] + b"B")) == "backup.key_damaged"


@pytest.mark.usefixtures("cheap")
def test_a_file_that_holds_no_key_is_damage() -> None:
    """The passphrase fits, the content is something else."""
    assert code(vault.seal("hello", PHRASE)) == "backup.key_damaged"


@pytest.mark.usefixtures("at_full_cost")
@pytest.mark.parametrize("factor", ["18", "22", "30", "63", "0", "017", "99", "100", "18446744073709551617"])
def test_c8_a_hostile_factor_is_refused_from_the_header(factor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stretched, so neither memory nor time is paid."""

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("the work was done")

    sealed = vault.seal(vault.make(), PHRASE)
    monkeypatch.setattr("hashlib.scrypt", never)
    assert code(sealed.replace(b" 17\n", f" {factor}\n".encode(), 1)) == "backup.key_hostile"


def test_c8_a_second_recipient_is_refused(sealed: bytes) -> None:
    """A key file has one stanza, and a hostile one cannot hide behind a harmless one."""
    magic, stanza, body, rest = sealed.split(b"\n", 3)
    doubled = b"\n".join([magic, stanza, body, stanza, body, rest])
    assert code(doubled) == "backup.key_damaged"
    hostile = b"\n".join([magic, stanza, body, stanza.rpartition(b" ")[0] + b" 40", body, rest])
    assert code(hostile) == "backup.key_hostile"


def test_the_key_of_the_sheet_is_read_however_it_is_typed() -> None:
    """In small letters, in groups, with Arabic digits; a slip is told; a passphrase is no key."""
    identity = vault.make()
    letters = str(identity)
    typed = " ".join(letters.lower()[start : start + 6] for start in range(0, len(letters), 6))
    for spelt in (letters, typed, letters.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))):
        assert str(vault.of_sheet(spelt)) == letters
    assert vault.of_sheet(PHRASE) is None
    for wrong in (letters[:-1], letters[:-1] + ("Q" if letters[-1] != "Q" else "P")):
        with pytest.raises(Refused) as refused:
            vault.of_sheet(wrong)
        assert refused.value.problems[0].code == "backup.sheet_mistyped"


def test_a_public_half_that_cannot_be_read_is_a_bug() -> None:
    """It came from our own file, whose checks passed."""
    with pytest.raises(Bug):
        vault.public("age1nonsense")
    identity = vault.make()
    assert str(vault.public(str(identity.to_public()))) == str(identity.to_public())
    assert isinstance(identity, Identity)


def test_the_stock_tool_opens_the_key(tmp_path: Path) -> None:
    """``age`` takes the file for a passphrase-protected identity: it asks for the passphrase on the terminal."""
    if shutil.which("age") is None or shutil.which("script") is None:
        pytest.skip("the stock age is not installed here")
    identity = vault.make()
    (tmp_path / "key.age").write_bytes(vault.seal(identity, "four plain words here"))
    (tmp_path / "secret.age").write_bytes(pyrage.encrypt(b"opened", [identity.to_public()]))
    command = ["script", "-qec", "age -d -i key.age -o secret.txt secret.age", "/dev/null"]
    subprocess.run(command, input=b"four plain words here\n", cwd=tmp_path, timeout=60, check=True, capture_output=True)
    assert (tmp_path / "secret.txt").read_bytes() == b"opened"
