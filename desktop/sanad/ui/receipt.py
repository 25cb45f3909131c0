"""The receipt of a voucher, drawn to be looked at before it is printed."""

from collections.abc import Callable

from sanad.ui.desk import Desk


def show_receipt(desk: Desk, voucher: str, number: str, shown: Callable[[bytes, str], None]) -> None:
    """Draw the receipt of ``voucher``, and hand it to ``shown`` with the name of its file, which tells ``number``."""
    today, papers = desk.today(), desk.services.papers
    name = f"{desk.words.text('print.receipt')} {number}"
    desk.tasks.run(lambda: papers.receipt(voucher, today), lambda pdf: shown(pdf, name))
