"""Reads ``forms/<form>.toml`` into a form, strictly: what is not known is refused by file and key."""

import msgspec

from sanad.domain.errors import Problem, Refused
from sanad.domain.toml_text import read_toml
from sanad.forms.binding import bound
from sanad.forms.definition import Form


def read_form(text: str, file: str) -> Form:
    """The form that ``text`` defines; ``file`` names it in problems.

    Raises:
        Refused: the text is no TOML, has an unknown or missing key, a wording that lacks a language, or a field that is
            bound to no fact of its kind.
    """
    try:
        tree = read_toml(text)
    except ValueError as error:
        raise Refused.because("form.not_toml", file, detail=str(error)) from error
    try:
        form = msgspec.convert(_with_both_languages(tree, file), Form)
    except msgspec.ValidationError as error:
        raise Refused.because("form.invalid", file, detail=str(error)) from error
    return bound(form, file)


def _with_both_languages(tree: dict[str, object], file: str) -> dict[str, object]:
    """The tree itself, once every wording in it was seen to be in Arabic and English and nothing else."""
    problems = [
        Problem("form.wording", file, {"place": place})
        for place, table in _tables(tree, "")
        if table.keys() & {"ar", "en"} and table.keys() != {"ar", "en"}
    ]
    if problems:
        raise Refused(problems)
    return tree


def _tables(node: object, place: str) -> list[tuple[str, dict[str, object]]]:
    if isinstance(node, list):
        return [found for number, item in enumerate(node) for found in _tables(item, f"{place}[{number}]")]
    if isinstance(node, dict):
        inner = [found for key, item in node.items() for found in _tables(item, f"{place}.{key}".lstrip("."))]
        return [(place, node), *inner]
    return []
