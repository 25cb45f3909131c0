"""Every text a user reads stands in the catalogue, in both languages, and nothing else does."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import sanad.domain
from sanad.forms.reader import read_form

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_-]+)+")
LANGUAGES = ("ar", "en")
TREES = {file: ast.parse(file.read_text("utf-8")) for file in (ROOT / "desktop/sanad").rglob("*.py")}


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """The texts by key; one with plural forms has several."""
    with (ROOT / f"resources/locale/{language}/LC_MESSAGES/sanad.po").open("rb") as file:
        messages: Catalog = read_po(file, locale=language, abort_invalid=True)
    plural = {m.id[0]: tuple(m.string or ()) for m in messages if isinstance(m.id, tuple)}
    return plural | {m.id: (str(m.string),) for m in messages if isinstance(m.id, str) and m.id}


TEXTS = {language: catalogue(language) for language in LANGUAGES}
KEYS = set(TEXTS["ar"]) | set(TEXTS["en"])


def enumerations() -> dict[str, set[str]]:
    """The domain's enumerations by the name the catalogue gives them, with their slugs."""
    found = {}
    for module in pkgutil.iter_modules(sanad.domain.__path__, "sanad.domain."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum:
                found[re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()] = {member.value for member in thing}
    return found


def form_choices() -> set[str]:
    """The keys of the choices that the fields of forms offer."""
    forms = [read_form(file.read_text("utf-8"), file.name) for file in (ROOT / "forms").glob("*.toml")]
    columns = (column for form in forms for table in form.tables() for column in table.columns)
    return {f"{column.vocabulary}.{slug}" for column in columns for slug in column.choices}


def literals() -> Iterator[str]:
    """Every string that the code writes out."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def patterns() -> Iterator[re.Pattern[str]]:
    """Every string that the code puts together behind a fixed beginning, as a pattern of keys."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [str(p.value) if isinstance(p, ast.Constant) else None for p in node.values]
                if parts[0] is not None and re.match(r"[a-z_]+\.", parts[0]):
                    yield re.compile("".join(".+" if part is None else re.escape(part) for part in parts))


def first_arguments(*names: str) -> Iterator[tuple[str, str]]:
    """File and first argument, where it is written out, of each call of a function or method of these names."""
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names and isinstance(node.args[0].value, str):
                    yield file.name, node.args[0].value


def placeholders(texts: tuple[str, ...]) -> set[str]:
    """The names in braces; of plural forms, those of any form, for the dual needs no number."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_hold_the_same_keys() -> None:
    """No key is known in one language only."""
    assert set(TEXTS["ar"]) ^ set(TEXTS["en"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    """Every key has a text, in each of its plural forms."""
    assert [key for key, texts in TEXTS[language].items() if not all(text.strip() for text in texts)] == []


def test_placeholders_are_equal() -> None:
    """What a text lets be filled in is the same in both languages."""
    both = set(TEXTS["ar"]) & set(TEXTS["en"])
    assert [key for key in both if placeholders(TEXTS["ar"][key]) != placeholders(TEXTS["en"][key])] == []


def test_every_key_that_the_code_names_exists() -> None:
    """A text that the code asks for by its full key is in the catalogue."""
    named = {(file, key) for file, key in first_arguments("text", "count") if KEY.fullmatch(key)}
    assert sorted((file, key) for file, key in named if key not in KEYS) == []


def test_every_act_has_its_sentence() -> None:
    """Whatever the journal tells of, the window can say: as the last act of the office, or in history."""
    acts = {act for _, act in first_arguments("operation", "tell", "look", "took") if KEY.fullmatch(act)}
    assert {"policies.adopt", "policies.adopt_pack", "offices.set_up"} <= acts
    assert sorted(act for act in acts if f"operation.{act}" not in KEYS) == []


def test_every_problem_has_its_sentence() -> None:
    """A code that the program refuses with has a sentence for the reader."""
    codes = set(first_arguments("Problem", "because"))
    assert sorted((file, code) for file, code in codes if f"problem.{code}" not in KEYS) == []


def test_a_list_of_choices_is_named_whole() -> None:
    """An enumeration with a word for one of its members has one for each."""
    missing = []
    for name, slugs in enumerations().items():
        if any(key.startswith(f"{name}.") for key in KEYS):
            missing += [f"{name}.{slug}" for slug in slugs if f"{name}.{slug}" not in KEYS]
    assert sorted(missing) == []


def test_no_text_is_unused() -> None:
    """Every key is written out in the code, put together there, or names a choice or a problem."""
    written = set(literals())
    built = list(patterns())
    choices = {f"{name}.{slug}" for name, slugs in enumerations().items() for slug in slugs} | form_choices()
    lists = {name for _, name in first_arguments("choice")}
    unused = {
        key
        for key in KEYS
        if key not in written
        and key.removeprefix("problem.") not in written
        and not {key, re.sub(r"\.(fe)?male$", "", key)} & choices
        and key.split(".")[0] not in lists
        and not any(pattern.fullmatch(key) for pattern in built if not pattern.pattern.startswith("problem"))
    }
    assert sorted(unused) == []


def test_no_arabic_text_stands_in_the_faces_or_services() -> None:
    """What the reader sees of these rooms comes from the catalogue, not from the code."""
    rooms = {"ui", "cli", "services", "exchange"}
    found = [
        f"{file.name}:{node.lineno}"
        for file, tree in TREES.items()
        if rooms & set(file.parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[ء-ي]{2}", node.value)
    ]
    assert found == []
