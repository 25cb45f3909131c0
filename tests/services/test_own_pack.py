"""An office makes a guide of its own out of a shipped one, and sets the limits that a guide leaves to it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sanad.domain.assessment import Outcome
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.rules.assess import assess
from sanad.rules.overlay import supposing
from sanad.services.editions import office_figures_of
from sanad.services.policies import Policies
from tests.rules.packs import PACKS, policy_of, proof_of, read_tree

Change = Callable[[str], str]


def own(folder: Path, pack: str, policy: Change, cases: Change = lambda text: text) -> Path:
    """A copy of a shipped pack under another name, its texts changed."""
    made = folder / "our-village"
    shutil.copytree(PACKS / pack, made)
    for file, change in (("policy.toml", policy), ("cases.toml", cases)):
        before = (made / file).read_text("utf-8")
        after = change(before)
        assert after != before or file == "cases.toml"
        (made / file).write_text(after, "utf-8")
    return made


def renamed(pack: str) -> Change:
    """The pack's id changed."""
    return lambda text: text.replace(f'id = "{pack}"', 'id = "our-village"', 1)


@pytest.mark.parametrize("pack", sorted(folder.name for folder in PACKS.iterdir() if folder.is_dir()))
def test_a_copied_pack_under_a_new_name_proves_itself(pack: str, tmp_path: Path) -> None:
    """With nothing else changed, its cases come out as they did."""
    proven = Policies(PACKS).check(own(tmp_path, pack, renamed(pack)))
    assert (proven.packed.policy.id, proven.cases) == ("our-village", len(proof_of(pack).case))


def test_a_category_may_be_added(tmp_path: Path) -> None:
    """People decide on what has no formula; a case says so."""
    added = '\n[categories.neighbour]\nclause = "B-3"\nlabel.ar = "جار محتاج"\nlabel.en = "Neighbour in need"\n'
    case = (
        '\n[[case]]\nname = "A neighbour in need"\nclauses = ["B-3"]\naid = "iftar"\n'
        'file = { category = "neighbour" }\noutcome = "needs_board"\nfund = "zakat"\n'
    )
    made = own(
        tmp_path,
        "balad-alkhair-2021",
        lambda text: renamed("balad-alkhair-2021")(text) + added,
        lambda text: text + case,
    )
    proven = Policies(PACKS).check(made)
    assert "neighbour" in proven.packed.policy.categories


def test_a_changed_figure_asks_for_changed_cases(tmp_path: Path) -> None:
    """The cases that no longer come out are all named, so the office looks at each."""
    change = ('from.2021-12-12 = "350.000"', 'from.2021-12-12 = "360.000"')
    made = own(tmp_path, "balad-alkhair-2021", lambda text: renamed("balad-alkhair-2021")(text).replace(*change))
    with pytest.raises(Refused) as refused:
        Policies(PACKS).check(made)
    assert {problem.where for problem in refused.value.problems} == {"Primary fees a fils above it"}


def test_appendix_1_comes_from_the_office_from_a_day_on() -> None:
    """Before that day a widow's request is incomplete and says why; from it on the office's own table holds."""
    policy = policy_of("balad-alkhair-2021")
    table = {"pension": {"1": "250.000"}, "wealth_limit": "3000.000"}
    with_table = supposing(policy, date(2026, 11, 1), {"appendix_1": table}, office_figures_of(policy))
    member = {"id": 1, "relation": "head", "sex": "female", "lives_with_family": True}
    household = {"members": [member], "incomes": [], "obligations": [], "wealth": "0"}
    facts = {"muslim": True, "prophets_house": False, "remarried": False, "no_supporter": True}
    tree = {"policy": policy.id, "aid": "monthly", "category": "widow", "grade": 1, "facts": facts}
    case = read_tree(policy, {**tree, "on": "2026-11-22", "household": household})
    before = assess(replace(case, on=date(2026, 10, 31)), with_table)
    assert (before.outcome, before.missing) == (Outcome.INCOMPLETE, ("appendix_1",))
    found = assess(case, with_table)
    assert (found.outcome, found.amount) == (Outcome.ELIGIBLE, Money(250_000))
