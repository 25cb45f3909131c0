"""The key of an encrypted folder: each password with a slot opens it, the code, the office key, and nothing else."""

import contextlib
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

import argon2.low_level
import msgspec
import pytest
from argon2.exceptions import HashingError
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.errors import Bug, Refused
from sanad.store import keyring, vault
from sanad.store.driver import Driver
from sanad.store.keyring import COPIES, Keyring, of_backup, unlock, unlock_by
from tests.backups import refusal

PASSWORD = "كلمة سر طويلة 2026"  # noqa: S105  # made up
CODE = "7K3QF-9XWM2-4T0ZB-HC5RD-8NVA1"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slots at a little cost: what a try costs is tested by itself."""
    monkeypatch.setattr(keyring, "MEMORY", 8)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the slots lie."""
    return tmp_path / "data" / "keys"


@pytest.fixture
def made(place: Path) -> Keyring:
    """A key with a slot for the manager and one for the code."""
    fresh = Keyring.begin(place)
    with fresh.giving("safaa", PASSWORD), fresh.giving_code(CODE):
        pass
    return fresh


def opens(place: Path, user: str, password: str) -> Driver | None:
    """What that password opens the file with; None where it is refused as wrong."""
    with contextlib.suppress(Refused):
        return unlock(place, user, password).driver
    return None


def slots(place: Path) -> list[object]:
    """The slots of the first copy."""
    return list(json.loads((place / COPIES[0]).read_bytes().split(b"\n")[0])["slots"])


def test_a_key_is_random_and_opened_by_the_password_of_its_slot(place: Path, made: Keyring) -> None:
    """The same 32 bytes come out that went in; two folders never share them."""
    opened = unlock(place, "safaa", PASSWORD).driver
    assert opened == made.driver
    assert opened.key is not None
    assert len(opened.key) == 32
    assert Keyring.begin(place).driver.key != opened.key


@pytest.mark.parametrize(
    ("user", "password"),
    [("safaa", PASSWORD + "."), ("safaa", ""), ("ali", PASSWORD), ("", PASSWORD), ("safaa", CODE[:-1])],
)
def test_anything_else_is_refused_in_the_same_words(place: Path, made: Keyring, user: str, password: str) -> None:
    """A wrong password, a name that nobody has and a torn code are not told apart."""
    assert refusal(lambda: unlock(place, user, password)) == "staff.wrong"


def test_every_refusal_costs_the_same_tries(place: Path, made: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever times the answers learns no names: known and unknown cost two Argon2id, the right one costs one."""
    tried: list[object] = []

    def counted(*said: Any) -> bytes:
        tried.append(said)
        return argon2.low_level.hash_secret_raw(*said)

    monkeypatch.setattr(keyring, "hash_secret_raw", counted)
    assert opens(place, "safaa", "no") is None
    known, tried[:] = len(tried), []
    assert opens(place, "nobody", "no") is None
    assert (known, len(tried)) == (2, 2)
    tried.clear()
    assert opens(place, "safaa", PASSWORD)
    assert len(tried) == 1


@pytest.mark.parametrize("typed", ["كلمة سر طويلة ٢٠٢٦", "كلمة سر طويلة 2026\n", "كلمة سر طويلة ۲۰۲۶"])
def test_a_password_is_the_same_on_every_keyboard(place: Path, made: Keyring, typed: str) -> None:
    """Digits of another keyboard do not lock anybody out."""
    assert opens(place, "SAFAA", typed) == made.driver


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), CODE.replace("-", " "), CODE.replace("0", "O"), CODE.replace("1", "l")]
)
def test_the_recovery_code_opens_in_place_of_a_password(place: Path, made: Keyring, typed: str) -> None:
    """Typed from paper, under whatever name."""
    assert opens(place, "whoever", typed) == made.driver


def test_another_code_takes_the_place_of_the_first(place: Path, made: Keyring) -> None:
    """Once it was used or drawn anew, the printed one is worth nothing."""
    with made.giving_code("00000-11111-22222-33333-44444"):
        pass
    assert opens(place, "x", CODE) is None
    assert opens(place, "x", "0000011111222223333344444") == made.driver


def test_a_password_change_rewrites_one_slot(place: Path, made: Keyring) -> None:
    """The others' slots stay to the byte, and so does the data file's key."""
    with made.giving("ali", "كلمة أخرى طويلة"):
        pass
    before = slots(place)
    with made.giving("safaa", "كلمة سر جديدة"):
        pass
    after = slots(place)
    assert len(before) == len(after) == 3
    assert [slot for slot in before if slot not in after] == [before[0]]
    assert opens(place, "safaa", PASSWORD) is None
    assert opens(place, "safaa", "كلمة سر جديدة") == opens(place, "ali", "كلمة أخرى طويلة") == made.driver


def test_a_change_that_fails_leaves_the_old_password(place: Path, made: Keyring) -> None:
    """What was not written into the data file is not written into the slots."""
    with pytest.raises(ZeroDivisionError), made.giving("safaa", "كلمة سر جديدة"):
        raise ZeroDivisionError
    assert opens(place, "safaa", "كلمة سر جديدة") is None
    assert opens(place, "safaa", PASSWORD) == made.driver


@pytest.mark.parametrize("right", [PASSWORD, "كلمة سر جديدة"])
def test_a_cut_in_the_middle_of_a_change_locks_nobody_out(place: Path, made: Keyring, right: str) -> None:
    """Both passwords open until one did; then the other's slot is gone."""
    block = made.giving("safaa", "كلمة سر جديدة")
    block.__enter__()  # and here the power goes
    assert len(slots(place)) == 3
    assert opens(place, "safaa", right) == made.driver
    assert len(slots(place)) == 2
    assert opens(place, "safaa", PASSWORD if right != PASSWORD else "كلمة سر جديدة") is None
    with contextlib.suppress(ZeroDivisionError):
        block.__exit__(ZeroDivisionError, ZeroDivisionError(), None)


def test_who_left_opens_nothing_any_more(place: Path, made: Keyring) -> None:
    """His slot is gone; to take it again changes nothing."""
    with made.giving("ali", "كلمة أخرى طويلة"):
        pass
    made.take("Ali ")
    written = (place / COPIES[0]).read_bytes()
    made.take("ali")
    assert opens(place, "ali", "كلمة أخرى طويلة") is None
    assert (place / COPIES[0]).read_bytes() == written


def test_only_those_who_work_here_keep_a_slot(place: Path, made: Keyring) -> None:
    """What a cut left of somebody goes when the others are named; the code's stays."""
    with made.giving("ali", "كلمة أخرى طويلة"):
        pass
    made.keep_only(["safaa"])
    assert opens(place, "ali", "كلمة أخرى طويلة") is None
    assert opens(place, "safaa", PASSWORD) == opens(place, "x", CODE) == made.driver


def test_the_office_key_opens_when_no_password_does(place: Path, made: Keyring) -> None:
    """Given once; another office's key opens nothing, and takes the place of the first when it is given."""
    ours, other = vault.make(), vault.make()
    assert unlock_by(place, ours) is None
    made.give_office(str(ours.to_public()))
    written = (place / COPIES[0]).read_bytes()
    made.give_office(str(ours.to_public()))
    assert (place / COPIES[0]).read_bytes() == written
    opened = unlock_by(place, ours)
    assert opened is not None
    assert opened.driver == made.driver
    assert unlock_by(place, other) is None
    made.give_office(str(other.to_public()))
    assert unlock_by(place, ours) is None
    assert unlock_by(place, other) is not None


def test_the_slots_travel_in_a_backup(place: Path, made: Keyring, tmp_path: Path) -> None:
    """On another machine the office key opens them, and there the passwords do."""
    ours = vault.make()
    made.give_office(str(ours.to_public()))
    there = tmp_path / "other" / "keys"
    of_backup(made.told(), there, ours).write()
    assert opens(there, "safaa", PASSWORD) == made.driver
    for told in (made.told()[:-1], b"", Keyring.begin(there).told()):
        assert refusal(lambda told=told: of_backup(told, there, ours)) == "backup.damaged"  # type: ignore[misc]
    assert refusal(lambda: of_backup(made.told(), there, vault.make())) == "backup.damaged"


@pytest.mark.parametrize("torn", COPIES)
@pytest.mark.parametrize("how", ["cut", "empty", "zeros", "flipped", "gone", "another format"])
def test_a_torn_copy_is_replaced_by_the_other(place: Path, made: Keyring, torn: str, how: str) -> None:
    """Nobody notices; after the next sign-in both are whole again."""
    file = place / torn
    whole = file.read_bytes()
    body = whole.replace(b'"format":1', b'"format":2').split(b"\n")[:2]
    newer = b"\n".join(body) + b"\n"
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(
            {
                "cut": whole[: len(whole) // 2],
                "empty": b"",
                "zeros": bytes(len(whole)),
                "flipped": whole[:50] + bytes([whole[50] ^ 1]) + whole[51:],
                "another format": newer + hashlib.sha256(newer).hexdigest().encode() + b"\n",
            }[how]
        )
    assert opens(place, "safaa", PASSWORD) == made.driver
    assert [(place / name).read_bytes() for name in COPIES] == [whole, whole]


def test_of_two_whole_copies_the_newer_counts(place: Path, made: Keyring) -> None:
    """A cut between the two writings leaves one of each: the password opens as it was changed."""
    older = (place / COPIES[1]).read_bytes()
    with made.giving("safaa", "كلمة سر جديدة"):
        pass
    (place / COPIES[1]).write_bytes(older)
    assert opens(place, "safaa", "كلمة سر جديدة") == made.driver
    assert (place / COPIES[1]).read_bytes() == (place / COPIES[0]).read_bytes()


def test_with_both_torn_the_folder_is_told_as_damaged(place: Path, made: Keyring) -> None:
    """Neither as a wrong password nor by making a new key."""
    for name in COPIES:
        (place / name).write_bytes(b"torn")
    assert refusal(lambda: unlock(place, "safaa", PASSWORD)) == "data.keys_damaged"
    assert unlock_by(place, vault.make()) is None


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped", "who"])
def test_a_slot_that_was_written_by_another_hand_opens_nothing(place: Path, made: Keyring, field: str) -> None:
    """Cut to another length, swapped or made up, under a fitting digest: refused, never a traceback."""
    content = msgspec.json.decode((place / COPIES[0]).read_bytes().split(b"\n")[0])
    content["slots"][0][field] = ""
    told = msgspec.json.encode(content) + b"\n" + b"00" * 32 + b"\n"
    for name in COPIES:
        (place / name).write_bytes(told + hashlib.sha256(told).hexdigest().encode() + b"\n")
    assert opens(place, "safaa", PASSWORD) is None


def test_slots_put_together_from_two_writings_are_noticed(place: Path, made: Keyring) -> None:
    """Each slot may be right by itself: what is not told under the key's own code is not taken."""
    content = msgspec.json.decode((place / COPIES[0]).read_bytes().split(b"\n")[0])
    content["slots"].pop()
    told = msgspec.json.encode(content, order="sorted") + b"\n" + b"00" * 32 + b"\n"
    (place / COPIES[0]).write_bytes(told + hashlib.sha256(told).hexdigest().encode() + b"\n")
    assert len(slots(place)) == 1
    assert opens(place, "safaa", PASSWORD) == made.driver
    assert len(slots(place)) == 2, "the whole copy is back in both places"


@given(st.binary(max_size=300))
def test_no_bytes_are_read_with_a_traceback(told: bytes) -> None:
    """Whatever lies there: it is none of ours."""
    assert refusal(lambda: of_backup(told, Path("nowhere"), _IDENTITY)) == "backup.damaged"


def test_no_name_stands_in_the_slots(place: Path, made: Keyring) -> None:
    """Who works in the office is nothing to read off the folder."""
    for name in COPIES:
        assert b"safaa" not in (place / name).read_bytes()


def test_slots_that_cannot_be_written_stay_as_they_are(
    place: Path, made: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told; nobody gains or loses a password, and the next change is written whole."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(keyring, "write_whole", full)
        assert refusal(lambda: made.take("safaa")) == "data.disk_full"
        with pytest.raises(Refused), made.giving("safaa", "كلمة سر جديدة"):
            raise AssertionError("nothing is done that cannot be undone")
    with made.giving("ali", "كلمة أخرى طويلة"):
        pass
    assert opens(place, "safaa", PASSWORD) == opens(place, "ali", "كلمة أخرى طويلة") == made.driver
    assert opens(place, "safaa", "كلمة سر جديدة") is None


def test_a_backup_never_carries_slots_that_its_key_does_not_open(place: Path, made: Keyring) -> None:
    """It would be put back and stay shut."""
    with pytest.raises(Bug, match="does not open"):
        keyring.for_backup(place, str(vault.make().to_public()))


def test_a_machine_without_memory_says_so(place: Path, made: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no wrong password."""

    def none_left(*_: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(keyring, "hash_secret_raw", none_left)
    assert refusal(lambda: unlock(place, "safaa", PASSWORD)) == "staff.no_memory"


def test_a_plain_folder_has_nothing_to_keep(place: Path) -> None:
    """All is done as if slots were written, and none are."""
    plain = Keyring.none(place)
    with plain.giving("safaa", PASSWORD), plain.giving_code(CODE):
        plain.take("ali")
        plain.keep_only(["safaa"])
        plain.give_office(str(vault.make().to_public()))
    assert plain.told() == b""
    assert plain.driver == Driver()
    assert not place.exists()


def test_the_key_is_never_shown(made: Keyring) -> None:
    """Not in a report, not in a log."""
    key = made.driver.key
    assert key is not None
    assert secrets.compare_digest(repr(made.driver), "Driver(encrypts=True)")
    assert key.hex() not in repr(made) + str(made.__dict__.get("_slots"))


_IDENTITY = vault.make()
