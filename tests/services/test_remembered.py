"""What is read once is never older than what was last written."""

from itertools import count

from sanad.services.remembered import Remembered


def test_it_is_read_once_until_it_is_forgotten() -> None:
    """However often one asks."""
    numbers = count(1)
    remembered = Remembered(lambda: next(numbers))
    assert [remembered.get(), remembered.get()] == [1, 1]
    remembered.forget()
    assert [remembered.get(), remembered.get()] == [2, 2]


def test_what_is_forgotten_while_it_is_read_is_not_kept() -> None:
    """As a check reads the guides in the background while a revision is adopted at the desk."""
    written = ["before"]

    def read() -> str:
        found = written[0]
        if found == "before":
            written[0] = "after"
            remembered.forget()
        return found

    remembered = Remembered(read)
    assert [remembered.get(), remembered.get()] == ["before", "after"]
