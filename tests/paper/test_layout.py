"""How boxes run on from page to page, and that each keeps to the height that it was given."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from sanad.paper import form_page, slip_page
from sanad.paper.layout import Box, Placed, pages_of, space
from sanad.paper.sheet import Sheet
from tests.gallery.pieces import Piece, pieces

PIECES = list(pieces())


def box(height: float, **said: Any) -> Box:
    """A box that draws nothing."""
    return Box(height, lambda _sheet, _top: None, **said)


def heights(pages: list[list[Placed]]) -> list[list[float]]:
    """The height of every box on each page."""
    return [[each.height for each, _top in page] for page in pages]


def test_boxes_fill_a_page_and_run_on() -> None:
    """As many as a page holds, the last page no exception where it is well filled."""
    assert heights(pages_of([box(30)] * 5, 100, 100, 0)) == [[30, 30, 30], [30, 30]]


def test_a_lone_signature_takes_rows_along() -> None:
    """What is signed stands under some of it: rows come over, with their heading again, to three tenths of a page."""
    head = box(5, with_next=True)
    rows = [replace(box(9), head=head) for _ in range(10)]
    pages = pages_of([head, *rows, box(10)], 100, 100, 0)
    assert heights(pages) == [[5, *[9] * 8], [5, 9, 9, 10]]


def test_a_part_moves_whole_rather_than_in_two() -> None:
    """Where a new part begins close enough, the page is broken there."""
    part = [space(4), box(10, with_next=True), box(10), box(10)]
    pages = pages_of([*[box(10)] * 6, *part, box(9)], 98, 98, 0)
    assert heights(pages) == [[10] * 6, [10, 10, 10, 9]]


def test_what_cannot_be_shared_stays() -> None:
    """One tall box before a small one is not torn."""
    assert heights(pages_of([box(90), box(15)], 100, 100, 0)) == [[90], [15]]
    assert heights(pages_of([box(50), box(45), box(15)], 100, 100, 0)) == [[50], [45, 15]]


def test_a_heading_is_never_the_last_of_a_page() -> None:
    """It goes over with what it heads, and the gap before it is left out there."""
    pages = pages_of([box(60), space(5), box(20, with_next=True), space(5), box(30)], 100, 100, 0)
    assert heights(pages) == [[60], [20, 5, 30]]


@contextmanager
def boxes_watched() -> Iterator[None]:
    """While it lasts, whatever a box draws is seen to stand within its height."""
    reach: list[tuple[float, float]] = []

    def held(each: Box) -> Box:
        def draw(sheet: Sheet, top: float) -> None:
            reach.append((top - each.height, top))
            each.draw(sheet, top)
            reach.pop()

        return replace(each, draw=draw)

    def watched_pages(*told: Any) -> list[list[Placed]]:
        return [[(held(each), top) for each, top in page] for page in pages_of(*told)]

    def watched(drawn: Callable[..., Any], *heights_at: int) -> Callable[..., Any]:
        def act(self: Sheet, *told: Any, **named: Any) -> Any:
            if reach and told[0] != "":
                low, high = reach[-1]
                for at in heights_at:
                    assert low - 1.5 <= told[at] <= high + 0.5, told
            return drawn(self, *told, **named)

        return act

    places = {"text": (2,), "rule": (2,), "frame": (2, 3), "block": (2, 3), "tick_box": (1,), "grid": (1, 2)}
    with ExitStack() as patches:
        for page in (form_page, slip_page):
            patches.enter_context(patch.object(page, "pages_of", watched_pages))
        for name, at in places.items():
            patches.enter_context(patch.object(Sheet, name, watched(getattr(Sheet, name), *at)))
        yield


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
def test_no_box_draws_over_another(piece: Piece) -> None:
    """Boxes follow each other on a page, and none draws beyond its own height: no two overlap."""
    with boxes_watched():
        assert piece.printed()
