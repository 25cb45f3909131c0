"""Every assessment can be made anew as long as the office lives: its edition of the guide is kept, the doctor tries."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.listing import CheckLine
from sanad.domain.money import Money
from sanad.domain.revision import AdoptedRevision
from sanad.services import Services, recomputing, shipped
from sanad.services.editions import Editions
from sanad.services.office_policies import OfficePolicies
from sanad.services.shipped import LIST, written
from sanad.store import assessments
from sanad.store.assessments import _seal, _written
from sanad.store.columns import canonical
from sanad.store.folder import DATA_FILE
from sanad.store.policies import text_digest
from sanad.store.store import Records
from tests.backups import PHRASE, cheap_keys
from tests.builders import TODAY, Clock, a_key, a_request, an_office
from tests.drivers import tool_on
from tests.revisions import a_revision

GUIDE = "karzakan-2020"


@pytest.fixture
def program(program_folder: Path) -> Iterator[Path]:
    """A program of the office's own, which looks again at what was shipped with it whenever it is opened."""
    shipped.refuse_changed.cache_clear()
    yield program_folder
    shipped.refuse_changed.cache_clear()


def update(program: Path, before: str, after: str) -> None:
    """The program comes with another edition of the guide."""
    guide = program / f"resources/policies/{GUIDE}/policy.toml"
    text = guide.read_text("utf-8")
    assert before in text
    guide.write_text(text.replace(before, after), "utf-8")
    (program / LIST).write_text(written(program), "utf-8")
    shipped.refuse_changed.cache_clear()


def recomputed(services: Services) -> CheckLine:
    """What the doctor says of assessments made anew."""
    return next(line for line in services.health.checks() if line.name == "recomputed")


def kept(services: Services) -> list[str]:
    """The guides that the data file holds."""
    with services.policies._store.reading() as records:
        return [pack.policy for pack in records.policies.packs()]


def an_assessment(services: Services) -> Money | None:
    """A request that was assessed today, and what came out."""
    request = a_request(services)
    return services.assessments.assess(request.id, TODAY, key=a_key()).value.assessment.amount


def test_g7_an_assessment_is_made_anew_after_the_program_came_with_another_guide(
    program: Path, folder: Path, clock: Clock
) -> None:
    """The edition that it went by lies in the data file since it was first assessed by; both come out as they were."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office())
        assert kept(services) == []
        an_assessment(services)
        an_assessment(services)
        assert kept(services) == [GUIDE]
        assert services.policies.edited() == ()
    update(program, "[amounts.monthly_floor]", "# a later printing\n[amounts.monthly_floor]")
    update(program, 'title.en = "Aid guide, Karzakan 2020"', 'title.en = "Aid guide, Karzakan 2028"')
    with build(folder, clock) as services:
        assert services.policies.get(GUIDE).title.en == "Aid guide, Karzakan 2028"
        (row, *_) = services.households.search("")
        (view,) = services.requests.of(row.id)
        assert [what.value for what in view.outdated] == ["guide"]
        assert view.assessed is not None
        assert services.policies.as_of(GUIDE, view.assessed.assessment.digest).title.en == "Aid guide, Karzakan 2020"
        assert services.assessments.recompute(view.assessed) == view.assessed.assessment
        an_assessment(services)
        assert kept(services) == [GUIDE, GUIDE]
        line = recomputed(services)
        assert (line.ok, line.values) == (True, {"count": 3, "unknown": 0})
        assert all(each.ok for each in services.health.checks())


def test_g7_an_edition_that_no_program_kept_is_counted_and_no_damage(
    program: Path, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data of programs that kept no shipped guide: sound, but the doctor says of how many he cannot tell."""
    with monkeypatch.context() as older, build(folder, clock) as services:
        older.setattr(OfficePolicies, "keep_shipped", lambda _self, _policy: None)
        services.offices.set_up(an_office())
        an_assessment(services)
    update(program, 'title.en = "Aid guide, Karzakan 2020"', 'title.en = "Aid guide, Karzakan 2028"')
    with build(folder, clock) as services:
        an_assessment(services)
        line = recomputed(services)
        assert (line.ok, line.values) == (True, {"count": 1, "unknown": 1})


def resealed(folder: Path, assessment: str, *, body: str | None = None, facts: str) -> None:
    """An assessment rewritten by somebody who takes the guards away and knows how it is sealed."""
    with closing(tool_on(folder / DATA_FILE)) as tool:
        for (name,) in tool.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            tool.execute(f"DROP TRIGGER {name}")
        (kept_body,) = tool.execute("SELECT body FROM assessments WHERE id = ?", (assessment,)).fetchone()
        said = kept_body if body is None else body
        rewritten = (said, facts, _seal(said, facts), assessment)
        tool.execute("UPDATE assessments SET body = ?, facts = ?, seal = ? WHERE id = ?", rewritten)
        tool.commit()


@pytest.mark.parametrize("body", ["{}", "[]", '{"policy": 1}', "[" * 100_000])
def test_h9_an_assessment_of_which_nothing_can_be_read_is_named(body: str, services: Services, folder: Path) -> None:
    """Its seal fits what stands there, and what stands there is none: the doctor goes on, and names its request."""
    an_assessment(services)
    request = a_request(services)
    bad = services.assessments.assess(request.id, TODAY, key=a_key()).value
    resealed(folder, bad.id, body=body, facts=bad.facts)
    line = recomputed(services)
    assert [(each.code, each.values["number"]) for each in line.problems] == [
        ("health.recomputed_otherwise", request.number)
    ]
    assert line.values == {"count": 2, "unknown": 0}


def test_h9_an_assessment_by_a_guide_that_has_no_name_is_named(services: Services, folder: Path) -> None:
    """All else in it reads as it was kept, and nothing that is no text is looked for among the guides."""
    request = a_request(services)
    bad = services.assessments.assess(request.id, TODAY, key=a_key()).value
    body = canonical({**_written(bad.assessment), "policy": []})
    resealed(folder, bad.id, body=body, facts=bad.facts)
    line = recomputed(services)
    assert [each.values["number"] for each in line.problems] == [request.number]


def test_h3_the_desk_is_locked_while_everything_is_looked_through(services: Services) -> None:
    """Whoever began it had the right to: that nobody sits there any more is no damage, and leaves nothing out."""
    services.staff.begin("boss", "صفاء", "ستة جمال تعبر النهر")
    an_assessment(services)

    def lock() -> bool:
        services.staff.sign_out()
        return False

    found = services.health.checks(cancelled=lock)
    assert [line.name for line in found if not line.ok] == []
    assert next(line for line in found if line.name == "recomputed").values == {"count": 1, "unknown": 0}


def test_b7_assessments_are_gone_through_a_page_at_a_time(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """No reader stands in the way for long, and none is left out between two pages."""
    monkeypatch.setattr(assessments, "OF_A_PAGE", 2)
    for _ in range(5):
        an_assessment(services)
    opened: list[int] = []
    reading = services.policies._store.reading

    def counted() -> AbstractContextManager[Records]:
        opened.append(1)
        return reading()

    monkeypatch.setattr(services.policies._store, "reading", counted)
    line = recomputing.check(services.policies._store, services.policies)
    assert line.values == {"count": 5, "unknown": 0}
    assert len(opened) == 4, "three pages, and the end"


def test_f11_no_backup_is_named_where_assessments_come_out_otherwise(
    services: Services, folder: Path, tmp_path: Path
) -> None:
    """No backup makes them anew, so none says that they came out when it was made."""
    request = a_request(services)
    made = services.assessments.assess(request.id, TODAY, key=a_key()).value
    (tmp_path / "stick").mkdir()
    with cheap_keys():
        services.backups.make(tmp_path / "stick", passphrase=PHRASE)
    services.health.checks()
    checked = services.health.checked()
    assert checked is not None
    assert checked.agreed_at is not None
    resealed(folder, made.id, facts=made.facts.replace('"monthly": "310.000"', '"monthly": "100.000"'))
    services.health.checks()
    checked = services.health.checked()
    assert checked is not None
    assert checked.agreed_at is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"monthly": "310.000"', '"monthly": "100.000"'),
        ('"policy"', '"of_nobody"'),
        ('"sex"', "[" * 100_000 + '"sex"'),
    ],
)
def test_g7_what_does_not_come_out_again_is_damage(before: str, after: str, services: Services, folder: Path) -> None:
    """Facts that were changed, their seal made anew so that they read as kept: something else comes out, or nothing."""
    an_assessment(services)
    request = a_request(services)
    bad = services.assessments.assess(request.id, TODAY, key=a_key()).value
    assert recomputed(services).ok
    changed = bad.facts.replace(before, after)
    assert changed != bad.facts
    resealed(folder, bad.id, facts=changed)
    line = recomputed(services)
    told = [("health.recomputed_otherwise", {"number": request.number})]
    assert [(each.code, each.values) for each in line.problems] == told
    assert line.values == {"count": 2, "unknown": 0}


def test_b3_guides_that_cannot_be_read_are_no_guides_that_are_not_known(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged page under them is told; nothing is counted as of an older program."""
    an_assessment(services)

    def damaged(*_: object) -> None:
        raise Refused.because("data.damaged", folder="x")

    monkeypatch.setattr(services.policies, "as_of", damaged)
    line = recomputed(services)
    assert ([problem.code for problem in line.problems], line.values["unknown"]) == (["data.damaged"], 0)


def test_the_same_shipped_guide_is_kept_once(services: Services, folder: Path, clock: Clock) -> None:
    """Also by the next run of the program; of a guide that is not shipped nothing is written."""
    for _ in range(2):
        services.policies.keep_shipped(GUIDE)
    services.policies.keep_shipped("of-nobody")
    services.close()
    with build(folder, clock) as again:
        again.policies.keep_shipped(GUIDE)
        assert kept(again) == [GUIDE]


def test_an_edition_that_cannot_be_computed_any_more_is_not_known(services: Services) -> None:
    """A pack of a kind that this program does not read, one that a later revision does not fit, an emptied one."""
    files = services.policies._packed(GUIDE).files
    text = a_revision()
    later = AdoptedRevision("1", GUIDE, TODAY, services.policies.get(GUIDE).title, text_digest(text), text, None)  # type: ignore[arg-type] # no matter when
    unread = {**files, "policy.toml": "["}
    clause = text[text.index("[clauses.R-1]") :].partition("\n\n")[0]
    taken = {**files, "policy.toml": f"{files['policy.toml']}\n{clause}\n"}
    editions = Editions([(GUIDE, files), (GUIDE, unread), (GUIDE, taken), (GUIDE, {})], [later])
    found = [editions.find(policy, digest) is not None for policy, digest in editions._made_of]
    assert found == [True, True, False, False, True, False]
    assert editions.find(GUIDE, "0" * 64) is None
