"""What can go wrong, each with what was expected and what was found."""

from __future__ import annotations


class Error(ValueError):
    """Anything that solieu refuses."""


class ColumnError(Error):
    """A column is missing, or has another type than it must."""


class UnreadError(Error):
    """An article that cannot be read: "row 3 (id 'b-7'), column 'text': expected a text, found null".

    Attributes:
        row: Its row, counted from 0; None where there are no rows.
        id: Its id; None where it has none.
        column: The column that was to hold its text.
        stage: The stage that gave up: read, decode, html, limit.
        reason: What was expected and what was found.
        within: What the rows are counted in ("partition 2, "), where that is not the batch itself.
    """

    def __init__(self, row: int | None, id: str | None, column: str, stage: str, reason: str, within: str = "") -> None:
        # All of them to the base: so an exception travels between processes whole.
        super().__init__(row, id, column, stage, reason, within)
        self.row, self.id, self.column, self.stage = row, id, column, stage
        self.reason, self.within = reason, within

    def __str__(self) -> str:
        if self.row is None:
            return self.reason
        known = "" if self.id is None else f" (id {self.id!r})"
        return f"{self.within}row {self.row}{known}, column {self.column!r}: {self.reason}"

    def elsewhere(self, rows: int, column: str | None = None, within: str = "") -> UnreadError:
        """The same where so many rows came before the batch, and its column is called otherwise."""
        row = None if self.row is None else self.row + rows
        return UnreadError(row, self.id, column or self.column, self.stage, self.reason, within)
