"""The assessment as it is printed: the keys of the contract in their order, on one line, the same each time."""

import json
from dataclasses import replace
from fractions import Fraction

from sanad.domain.assessment import Step
from sanad.domain.text import Text
from sanad.exchange.assessment_json import dump
from tests.rules.families import HEAD, WIFE, a_case, a_child, a_member, earns, found

CASE = a_case(HEAD, WIFE, a_child(3), a_child(4), a_child(5), incomes=[earns("310")])


def test_the_first_row_of_the_guides_table_prints_as_the_contract_shows_it() -> None:
    """Keys, order, money as text, counts as numbers."""
    tree = json.loads(dump(found(CASE)))
    assert list(tree) == [
        "policy", "revision", "aid", "on", "currency", "outcome", "amount", "period_months", "fund", "redirect",
        "figures", "steps", "checks", "missing", "assumptions",
    ]  # fmt: skip
    assert (tree["outcome"], tree["amount"], tree["period_months"], tree["redirect"]) == (
        "eligible",
        "30.000",
        None,
        None,
    )
    assert list(tree["figures"].items()) == [
        ("income", "310.000"), ("obligations", "0.000"), ("net_income", "310.000"), ("members", 5),
        ("per_capita", "62.000"), ("poverty_line", "65.000"), ("need_per_person", "3.000"), ("family_need", "15.000"),
    ]  # fmt: skip
    assert list(tree["steps"][0]) == ["clause", "label", "value", "exact", "note"]
    assert list(tree["checks"][0]) == ["clause", "fact", "result", "label"]
    assert [assumption["clause"] for assumption in tree["assumptions"]] == ["K-MONTH-2", "K-MONTH-4"]


def test_it_is_one_compact_line_and_arabic_stays_readable() -> None:
    """No spaces between, no escapes, no line break."""
    line = dump(found(CASE))
    assert "\n" not in line
    assert '"outcome":"eligible"' in line
    assert "الأفراد" in line
    assert line == dump(found(CASE))


def test_the_exact_fraction_stands_where_the_value_is_rounded() -> None:
    """Six families share 100: 16.667, exactly 50/3; a whole amount needs no fraction."""
    tree = json.loads(
        dump(found(a_case(*(a_member(1, HEAD.relation), *(a_child(n) for n in range(2, 7))), incomes=[earns("100")])))
    )
    share = next(step for step in tree["steps"] if step["label"]["en"] == "Share a person")
    assert (share["value"], share["exact"]) == ("16.667", "50/3")
    income = next(step for step in tree["steps"] if step["label"]["en"] == "Income of the family")
    assert (income["value"], income["exact"]) == ("100.000", None)


def test_a_share_and_a_count_are_no_money() -> None:
    """Forty per cent as 0.40, a third with its fraction, persons as a whole number."""
    words = Text("", "")
    steps = [Step("", "", words, words, value, money=False) for value in (Fraction(2, 5), Fraction(1, 3), Fraction(7))]
    tree = json.loads(dump(replace(found(CASE), steps=tuple(steps))))
    assert [(step["value"], step["exact"]) for step in tree["steps"]] == [("0.40", None), ("0.33", "1/3"), ("7", None)]
