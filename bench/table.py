"""One table of measurements, as text a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A section of the bench: what was measured, and the rows.

    Shape: every row has as many cells as ``header``.
    """

    title: str
    note: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row needs one cell per column")

    def as_markdown(self) -> str:
        """The section as Markdown, columns padded so that it also reads well as plain text."""
        lines = [list(self.header), *[list(row) for row in self.rows]]
        widths = [max(len(line[k]) for line in lines) for k in range(len(self.header))]
        head, *body = (_row(line, widths) for line in lines)
        rule = _row(["-" * width for width in widths], widths)
        return "\n".join([f"### {self.title}", "", self.note, "", head, rule, *body])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
