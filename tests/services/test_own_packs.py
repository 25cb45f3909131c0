"""A fourth charity without code: a copied and renamed pack is found, proved, adopted, assessed and printed by."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.domain.decision import Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import BHD, Money
from sanad.exchange.case_text import write_case
from sanad.services import Services
from tests.builders import TODAY, Clock, a_family, a_household, a_key, a_study, an_office
from tests.paper.printing import read_back
from tests.revisions import a_revision

ID = "jasra-2024"
FORM = (places.forms() / "case-study.toml").read_text("utf-8")


def a_pack(folder: Path) -> Path:
    """The Karzakan pack copied and made another society's: id, titles, a line of 80, a paper and a form of its own."""
    pack = folder / "policies" / ID
    shutil.copytree(places.policies() / "karzakan-2020", pack)
    change(pack / "policy.toml", 'id = "karzakan-2020"', f'id = "{ID}"')
    change(pack / "policy.toml", 'title.en = "Aid guide, Karzakan 2020"', 'title.en = "Aid guide, Jasra 2024"')
    line = 'from.2019-07-02 = "65.000"'
    change(pack / "policy.toml", line, f'{line}\nfrom.2026-12-01 = "66.000"')
    change(pack / "policy.toml", "[documents.salary_statement]\n", "[documents.school_letter]\n" + DOCUMENT)
    (pack / "forms").mkdir()
    own = FORM.replace('title.en = "Case study"', 'title.en = "Family of Jasra"').replace(*TITLES)
    (pack / "forms/case-study.toml").write_text(own, encoding="utf-8")
    return pack


DOCUMENT = 'label.ar = "رسالة المدرسة"\nlabel.en = "Letter of the school"\n\n[documents.salary_statement]\n'
TITLES = ("استمارة بحث حالة", "ملف أسرة")


def change(file: Path, before: str, after: str) -> None:
    """A text of the pack as its author would edit it."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def pack(folder: Path) -> Path:
    """A pack in a data folder that was never opened."""
    return a_pack(folder)


def refusal(services: Services, pack: Path) -> list[str]:
    """The codes with which adopting a pack is refused."""
    with pytest.raises(Refused) as refused:
        services.policies.adopt_pack(pack, key=a_key())
    return [problem.code for problem in refused.value.problems]


def test_an_office_follows_a_guide_of_its_own(folder: Path, clock: Clock, pack: Path) -> None:
    """From the folder to the printed paper: checked, set up, assessed, printed on its own form, paid; no code."""
    with build(None) as reference:
        proven = reference.policies.check(pack)
    assert (proven.packed.policy.id, proven.forms) == (ID, 1)
    assert proven.cases > 40
    with build(folder, clock) as services:
        assert ID in {id_ for id_, *_ in services.policies.list()}
        services.offices.set_up(an_office(policy=ID))
        study = a_study(a_household(salary="330.000"))
        found = services.assessments.preview(study, "monthly", date(2026, 12, 1))
        assert (found.amount, found.figures["poverty_line"]) == (Money(20_000), 66)
        family = a_family(services)
        request = services.requests.receive(family.id, "monthly", TODAY, key=a_key()).value
        found = services.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
        assert (found.policy, found.amount) == (ID, Money(30_000))
        paper = "\n".join(read_back(services.papers.case_study(family.id, TODAY)))
        assert "ملف أسرة" in paper
        assert services.papers.form("case-study", ID).title.en == "Family of Jasra"
        assert dict(services.papers.forms(ID))["case-study"].en == "Family of Jasra"
        decided = services.decisions.decide(request.id, Verdict.REFUSE, TODAY, "1/1", reason="اختبار", key=a_key())
        assert decided.value.computed == Money(30_000)
        assert all(line.ok for line in services.health.checks())


def test_a_revision_lies_over_an_own_guide_too(folder: Path, clock: Clock, pack: Path) -> None:
    """And stays over it when the pack is adopted anew."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office(policy=ID))
        first = services.policies.get(ID).digest
        services.policies.adopt(a_revision(since="2026-12-01").replace("karzakan-2020", ID), key=a_key())
        assert services.policies.get(ID).at(date(2026, 12, 1)).figures["line_with_provider"].value == 67
        change(pack / "policy.toml", 'title.en = "Aid guide, Jasra 2024"', 'title.en = "Aid guide, Jasra 2025"')
        services.policies.adopt_pack(pack, key=a_key())
        assert services.policies.get(ID).title.en == "Aid guide, Jasra 2025"
        assert services.policies.get(ID).at(date(2026, 12, 1)).figures["line_with_provider"].value == 67
        assert services.policies.as_of(ID, first).title.en == "Aid guide, Jasra 2024"


def test_g9_an_edited_pack_counts_for_nothing_until_it_is_adopted_again(folder: Path, clock: Clock, pack: Path) -> None:
    """The adopted text stays in force, over restarts too, and the doctor tells of the edit."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office(policy=ID))
        digest = services.policies.get(ID).digest
    change(pack / "policy.toml", '"66.000"', '"99.000"')
    with build(folder, clock) as services:
        services.offices.set_up(an_office(policy=ID, phone="1"))
        assert services.policies.get(ID).digest == digest
        told = {line.name: [problem.code for problem in line.problems] for line in services.health.checks()}
        assert told["packs"] == ["policy.edited"]
        services.policies.adopt_pack(pack, key=a_key())
        assert services.policies.get(ID).digest != digest
        assert services.policies.edited() == ()
    (pack / "policy.toml").write_text("[", encoding="utf-8")
    with build(folder, clock) as services:
        assert [problem.code for problem in services.policies.edited()] == ["policy.edited"]
    shutil.rmtree(pack)
    with build(folder, clock) as services:
        assert services.policies.edited() == ()
        assert services.policies.get(ID).id == ID


def test_a_pack_is_adopted_once(folder: Path, clock: Clock, pack: Path) -> None:
    """The same act sent twice."""
    with build(folder, clock) as services:
        key = a_key()
        first = services.policies.adopt_pack(pack, key=key)
        again = services.policies.adopt_pack(pack, key=key)
        assert (again.repeated, again.value.digest) == (True, first.value.digest)


def test_a_pack_that_does_not_prove_itself_is_refused(folder: Path, clock: Clock, pack: Path) -> None:
    """At the check, at the set-up, and where a case names it without an office."""
    change(pack / "cases.toml", 'amount = "30.000"', 'amount = "31.000"')
    with build(None, packs=folder / "policies") as reference, pytest.raises(Refused) as refused:
        reference.policies.get(ID)
    assert refused.value.problems[0].code == "policy.case_differs"
    with build(folder, clock) as services:
        assert refusal(services, pack) == ["policy.case_differs"]
        with pytest.raises(Refused):
            services.offices.set_up(an_office(policy=ID))
        assert services.offices.read() is None


def test_a_pack_without_a_case_for_an_aid_is_refused(services: Services, pack: Path) -> None:
    """What nobody worked out by hand is not adopted."""
    (pack / "cases.toml").write_text('on = "2026-11-22"\ncase = []\n', encoding="utf-8")
    assert set(refusal(services, pack)) == {"policy.aid_unproved"}


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("cases.toml", "[", ["policy.not_toml"]),
        ("policy.toml", "[", ["policy.not_toml"]),
        ("forms/case-study.toml", "[", ["form.not_toml"]),
    ],
)
def test_a_pack_with_a_broken_file_is_refused(
    file: str, text: str, expected: list[str], services: Services, pack: Path
) -> None:
    """The file is named; what is known stays in force."""
    (pack / file).write_text(text, encoding="utf-8")
    assert refusal(services, pack) == expected


def test_a_pack_that_lacks_files_is_refused_with_both(services: Services, tmp_path: Path) -> None:
    """Figures and worked cases belong together."""
    (tmp_path / "empty").mkdir()
    assert refusal(services, tmp_path / "empty") == ["file.missing", "file.missing"]


def test_a_shipped_guide_is_not_taken_over(services: Services, pack: Path) -> None:
    """A copy under the old name is not listed, and cannot be adopted."""
    change(pack / "policy.toml", f'id = "{ID}"', 'id = "karzakan-2020"')
    assert services.policies.get("karzakan-2020").title.en == "Aid guide, Karzakan 2020"
    assert refusal(services, pack) == ["policy.id_taken"]


def test_f9_a_pack_in_another_currency_is_refused(services: Services, pack: Path) -> None:
    """A data folder counts in one currency."""
    change(pack / "policy.toml", 'currency = "BHD"', 'currency = "KWD"')
    assert refusal(services, pack) == ["office.currency_fixed"]


def test_a_pack_that_cannot_be_read_does_not_hinder_the_others(folder: Path, clock: Clock, pack: Path) -> None:
    """Whoever follows another guide goes on working."""
    (pack / "policy.toml").write_bytes(b"\xff")
    with build(folder, clock) as services:
        assert "karzakan-2020" in {id_ for id_, *_ in services.policies.list()}
        with pytest.raises(Refused) as refused:
            services.policies.adopt_own(ID)
    assert refused.value.problems[0].code == "case.not_one_of"


def test_a_case_of_an_own_guide_is_read_beside_the_data_folder(folder: Path, tmp_path: Path, pack: Path) -> None:
    """The command line needs no office for it: the guide lies there and proves itself."""
    case = a_study().case(policy=ID, aid="monthly", on=TODAY)
    file = tmp_path / "case.json"
    file.write_bytes(write_case(case, BHD))
    with build(None, packs=places.own_policies(folder)) as reference:
        assert reference.assessments.of_case(reference.policies.read_case(file)).policy == ID
        assert reference.policies.prove(ID) == ()
