"""``sanad policies``: lists, proves a pack, tries a revision on all families, adopts it; as run from outside."""

import shutil
from pathlib import Path

import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.services import Services
from tests.builders import TODAY, Clock, a_family, a_household, a_study, an_office
from tests.cli.test_verbs import Ran
from tests.revisions import LINE, a_revision

PACK = places.policies() / "karzakan-2020"
FAR = "2099-01-01"
"""A day that no run of these tests will see."""


@pytest.fixture
def office(folder: Path, clock: Clock) -> Path:
    """A data folder with a family that a line of 67 would bring monthly aid."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office())
        a_family(services, a_study(a_household(head="حسن علي", children=0, salary="134.000")))
    return folder


def a_file(folder: Path, text: str) -> Path:
    """A revision in a file."""
    file = folder / "revision.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_shipped_pack_is_proved(tmp_path: Path) -> None:
    """One line: id, title, how many worked cases."""
    ran = Ran("policies", "--check", PACK, folder=tmp_path)
    assert (ran.status, ran.errors) == (0, "")
    assert ran.out.startswith("karzakan-2020\tAid guide, Karzakan 2020\tworked cases: ")
    assert len(ran.out.splitlines()) == 1


def test_a_pack_that_does_not_prove_itself_is_told_case_by_case(tmp_path: Path) -> None:
    """Status 2, nothing on stdout, the folder, the case and what came out on stderr."""
    pack = tmp_path / "mine"
    shutil.copytree(PACK, pack)
    text = (pack / "cases.toml").read_text("utf-8")
    (pack / "cases.toml").write_text(text.replace('amount = "30.000"', 'amount = "31.000"', 1), encoding="utf-8")
    ran = Ran("policies", "--check", pack, folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.errors == f"{pack}: The guide's table, row 1: amount: 31.000 is expected, 30.000 came out.\n"


def test_a_folder_without_a_pack_is_told(tmp_path: Path) -> None:
    """Both files that a pack needs."""
    ran = Ran("policies", "--check", tmp_path, folder=tmp_path)
    assert ran.status == 2
    assert [line.split(": ")[1].split("/")[1] for line in ran.errors.splitlines()] == ["policy.toml", "cases.toml"]


def test_a_preview_tells_each_family_and_the_sum(office: Path, tmp_path: Path) -> None:
    """A line a family with what it gets and would get; then what it comes to. Nothing is adopted."""
    file = a_file(tmp_path, a_revision(since=FAR))
    for _ in range(2):
        ran = Ran("--data", office, "policies", "--preview", file, folder=tmp_path)
        assert (ran.status, ran.errors) == (0, "")
        line, total = ran.out.splitlines()
        assert line.split("\t") == [
            "1", "حسن علي", "monthly", "Not eligible", "0.000", "Eligible", "20.000", "+20.000",
        ]  # fmt: skip
        assert "as of 01/01/2099, the aid of 1 of 1 family changes, +20.000 in all" in total


def test_a_revision_is_adopted_and_shows_in_the_next_preview(office: Path, tmp_path: Path) -> None:
    """The same file adopted twice is adopted once; a later one is measured against it."""
    file = a_file(tmp_path, a_revision(since=FAR))
    first = Ran("--data", office, "policies", "--adopt", file, folder=tmp_path)
    again = Ran("--data", office, "policies", "--adopt", file, folder=tmp_path)
    assert (first.status, first.errors, again.out) == (0, "", first.out)
    assert first.out.startswith("Decision of the board, sitting 3 of 2027: adopted, in force from 01/01/2099 (")
    back = a_file(tmp_path, a_revision(LINE.replace("67", "65"), since=FAR).replace("R-1", "R-2"))
    ran = Ran("--data", office, "policies", "--preview", back, folder=tmp_path)
    assert "-20.000" in ran.out.splitlines()[0]


def test_a_bad_revision_is_refused_with_all_its_problems(office: Path, tmp_path: Path) -> None:
    """Each on a line with file and key; the folder is left as it was."""
    text = a_revision(LINE.replace("67", "-67"), since="2001-01-01").replace('"BHD"', '"USD"')
    file = a_file(tmp_path, text)
    ran = Ran("--data", office, "policies", "--adopt", file, folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(": ")[:2] for line in ran.errors.splitlines()] == [
        [str(file), "currency"],
        [str(file), "from"],
        [str(file), "amounts.line_with_provider.value"],
    ]
    with build(office) as services:
        assert services.policies.revisions() == ()


def test_a_revision_that_is_not_there_is_told(office: Path, tmp_path: Path) -> None:
    """By its name."""
    ran = Ran("--data", office, "policies", "--preview", tmp_path / "none.toml", folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.errors.startswith(str(tmp_path / "none.toml"))


def test_an_own_pack_is_listed_and_assessed_by(office: Path, tmp_path: Path) -> None:
    """A copied and renamed pack in the data folder, while the window may be open."""
    own_pack(office)
    case = (places.sample() / "family-01.json").read_text("utf-8").replace('"karzakan-2020"', '"jasra"')
    (tmp_path / "case.json").write_text(case, encoding="utf-8")
    with build(office) as services:
        assert_open(services)
        assert "jasra\t" in Ran("--data", office, "policies", folder=tmp_path).out
        ran = Ran("--data", office, "assess", "case.json", folder=tmp_path)
    assert (ran.status, ran.errors) == (0, "")
    assert ran.out.startswith('{"policy":"jasra",')


def test_g9_an_edited_pack_of_the_office_is_adopted_again_by_its_folder(
    folder: Path, clock: Clock, tmp_path: Path
) -> None:
    """Proved and told in the journal; the same files twice change nothing, those of before come into force again."""
    pack = own_pack(folder)
    with build(folder, clock) as services:
        services.offices.set_up(an_office(policy="jasra"))
    as_it_was = (pack / "policy.toml").read_text("utf-8")

    def digest(*said: object) -> str:
        ran = Ran("--data", folder, "policies", *said, folder=tmp_path)
        assert (ran.status, ran.errors) == (0, "")
        with build(folder, clock) as services:
            assert services.policies.edited() == ()
            return services.policies.get("jasra").digest

    first = digest()
    edited = as_it_was.replace('title.en = "Aid guide, Karzakan 2020"', 'title.en = "Aid guide of Jasra"')
    (pack / "policy.toml").write_text(edited, encoding="utf-8")
    with build(folder, clock) as services:
        assert services.policies.get("jasra").digest == first
        assert [problem.code for problem in services.policies.edited()] == ["policy.edited"]
    second = digest("--adopt", pack)
    assert second != first
    assert digest("--adopt", pack) == second
    with build(folder, clock) as services:
        last = services.today.lines(TODAY).last
        assert last is not None
        assert (last.operation, last.after["policy"]) == ("policies.adopt_pack", "jasra")
        seq = last.seq
        assert all(line.ok for line in services.health.checks())
    (pack / "policy.toml").write_text(as_it_was, encoding="utf-8")
    assert digest("--adopt", pack) == first
    with build(folder, clock) as services:
        last = services.today.lines(TODAY).last
        assert last is not None
        assert last.seq == seq + 1, "what was in force already was not adopted twice"
        assert all(line.ok for line in services.health.checks())


def test_g9_an_edited_pack_that_does_not_prove_itself_is_not_adopted_again(
    folder: Path, clock: Clock, tmp_path: Path
) -> None:
    """Every case that comes out otherwise is told; the adopted text stays in force."""
    pack = own_pack(folder)
    with build(folder, clock) as services:
        services.offices.set_up(an_office(policy="jasra"))
        before = services.policies.get("jasra").digest
    text = (pack / "policy.toml").read_text("utf-8")
    (pack / "policy.toml").write_text(text.replace('"65.000"', '"95.000"'), encoding="utf-8")
    ran = Ran("--data", folder, "policies", "--adopt", pack, folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert "is expected" in ran.errors
    with build(folder, clock) as services:
        assert services.policies.get("jasra").digest == before


def own_pack(data: Path) -> Path:
    """A copied and renamed pack in a data folder."""
    pack = data / "policies/jasra"
    shutil.copytree(PACK, pack)
    text = (pack / "policy.toml").read_text("utf-8")
    (pack / "policy.toml").write_text(text.replace('"karzakan-2020"', '"jasra"', 1), encoding="utf-8")
    return pack


def assert_open(services: Services) -> None:
    """The folder is held by this process."""
    assert services.today.lines(TODAY).families == 1
