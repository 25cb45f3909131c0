"""The walls of the house hold."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_floors_hold() -> None:
    """Imports point down only, Qt, SQL and PDF each have one door, and no module stands on no floor."""
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_starting_imports_neither_database_nor_window() -> None:
    """The way to the first paint is free of SQLAlchemy, and the way to the command line of Qt."""
    code = "import sys, sanad.__main__; print({'sqlalchemy', 'reportlab', 'babel', 'PySide6'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "set()"
