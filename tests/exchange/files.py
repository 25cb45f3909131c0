"""Case files for the tests: a sound one as a tree, and what is told of one that is not."""

import json
from pathlib import Path
from typing import Any

import pytest

from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.services.policies import Policies

ROOT = Path(__file__).parents[2]
POLICIES = Policies(ROOT / "resources/policies")
SAMPLES = sorted((ROOT / "resources/sample").glob("family-*.json"))


def a_tree(**changes: Any) -> dict[str, Any]:
    """A sound case file as a tree, with keys of its top changed."""
    tree: dict[str, Any] = {
        "policy": "karzakan-2020",
        "aid": "monthly",
        "on": "2026-11-22",
        "household": {
            "members": [
                {"id": 1, "relation": "head", "sex": "male", "birth_date": "1980-05-01"},
                {"id": 2, "relation": "son", "sex": "male", "birth_date": "2015-01-01"},
            ],
            "incomes": [{"member": 1, "kind": "salary", "monthly": "310.000"}],
            "obligations": [],
        },
    }
    return tree | changes


def read(data: bytes | dict[str, Any], folder: Path) -> Case:
    """The case in a file of these bytes, or of this tree."""
    path = folder / "case.json"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return POLICIES.read_case(path)


def told(data: bytes | dict[str, Any], folder: Path) -> list[tuple[str, str]]:
    """Every problem that is told of a file: its place and code."""
    with pytest.raises(Refused) as refused:
        read(data, folder)
    return [(problem.where, problem.code) for problem in refused.value.problems]
