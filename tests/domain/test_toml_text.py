"""TOML from outside is read within bounds."""

import pytest

from sanad.domain.toml_text import DEEPEST, read_toml


def test_what_is_sound_is_read() -> None:
    """Tables, rows and dotted keys, as deep as anything of ours and deeper."""
    assert read_toml('from.2019-07-02 = "65.000"\n[a.b.c.d]\ne = [[1], [2]]') == {
        "from": {"2019-07-02": "65.000"},
        "a": {"b": {"c": {"d": {"e": [[1], [2]]}}}},
    }


@pytest.mark.parametrize(
    "text",
    [
        "a = ",
        "a = 1\na = 2",
        "a = " + "[" * 20_000,
        "a = {" * 20_000,
        "a = " + "9" * 9000,
        "[" + "a." * 20_000 + "a]",
        ".".join("a" * DEEPEST * 2) + " = 1",
        "a = " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
    ],
    ids=["half", "twice", "rows", "tables", "number", "table of parts", "key of parts", "too deep"],
)
def test_what_is_not_is_told(text: str) -> None:
    """No TOML, or nested, numbered and named beyond all measure: one error for all, and soon."""
    with pytest.raises(ValueError, match=r"."):
        read_toml(text)
