"""What stands in the boxes of a form while somebody types: the values, who is told of a change, and what undoes it."""

import copy
from typing import Any

from PySide6.QtCore import QObject, Signal

from sanad.domain.household import Relation
from sanad.forms import filling
from sanad.forms.binding import HEAD, MEMBERS
from sanad.forms.filling import Row, Values


class Sheet(QObject):
    """The values of one form, by binding. The head's boxes and the head's row among the members are the same text.

    ``changed`` names the field or table whose text is another now, ``reset`` that all of it is. ``typed`` tells that
    a person changed something.
    """

    changed = Signal(str)
    rows_changed = Signal(str)
    reset = Signal()
    typed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values: Values = {}

    def load(self, values: Values) -> None:
        """Put other values into all boxes."""
        self.values = copy.deepcopy(values)
        self.reset.emit()

    def copied(self) -> Values:
        """The values as they stand, to be read on another thread."""
        return copy.deepcopy(self.values)

    def cell(self, bind: str) -> str:
        """What stands in a field outside tables."""
        return filling.cell(self.values, bind)

    def put(self, bind: str, text: str) -> None:
        """Somebody typed into a field outside tables."""
        if text == self.cell(bind):
            return
        rows = len(self.rows(MEMBERS))
        filling.put(self.values, bind, text)
        if bind.startswith(HEAD):
            if len(self.rows(MEMBERS)) != rows:
                self.rows_changed.emit(MEMBERS)
            self.changed.emit(MEMBERS)
        self.changed.emit(bind)
        self.typed.emit()

    def rows(self, bind: str) -> list[Row]:
        """The rows of a table."""
        rows: list[Row] = self.values.setdefault(bind, [])
        return rows

    def put_cell(self, bind: str, index: int, column: str, text: str) -> None:
        """Somebody typed into a cell; below the last row it makes a new one."""
        rows = self.rows(bind)
        if index == len(rows):
            if not text.strip():
                return
            rows.append(self._new_row(bind))
            rows[index][column] = text
            self.rows_changed.emit(bind)
        elif str(rows[index].get(column, "")) == text:
            return
        else:
            rows[index][column] = text
        self.changed.emit(bind)
        if bind == MEMBERS:
            self.changed.emit(HEAD)
        self.typed.emit()

    def remove_row(self, bind: str, index: int) -> Row:
        """Take a row away; it is handed back, so that it can be put where it was."""
        row = self.rows(bind).pop(index)
        self._rows_moved(bind)
        return row

    def restore_row(self, bind: str, index: int, row: Row) -> None:
        """Put a row back where it was."""
        self.rows(bind).insert(index, row)
        self._rows_moved(bind)

    def name_of(self, member: str) -> str:
        """The name that is typed for a member, by id."""
        return next((str(row.get("name", "")) for row in self.rows(MEMBERS) if str(row["id"]) == member), "")

    def place(self, bind: str) -> str:
        """The place of a field, as problems name it: the head's fields are those of the head's row."""
        if not bind.startswith(HEAD):
            return bind
        rows = self.rows(MEMBERS)
        index = next((index for index, row in enumerate(rows) if row.get("relation") == Relation.HEAD), 0)
        return f"{MEMBERS}[{index}].{bind.removeprefix(HEAD)}"

    def _rows_moved(self, bind: str) -> None:
        self.rows_changed.emit(bind)
        self.changed.emit(bind)
        if bind == MEMBERS:
            self.changed.emit(HEAD)
        self.typed.emit()

    def _new_row(self, bind: str) -> dict[str, Any]:
        if bind != MEMBERS:
            return {}
        rows = self.rows(bind)
        row: dict[str, Any] = {"id": filling.new_id(rows)}
        if not any(each.get("relation") == Relation.HEAD for each in rows):
            row["relation"] = Relation.HEAD.value
        return row
