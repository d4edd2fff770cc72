"""The list of open cases an office fills in: its columns, and what one filled-in line says.

Every line is judged alone; a bad one holds no other back.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from approvals.rules.facts import Label
from concierge.desk.rules.reply import Outcome, OutcomeMissing, Reply, faults_of
from concierge.kernel.errors import N_, Invalid

MOST_LINES = 300
LONGEST_CELL = 2_000
COUNTED_WRONG = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_DAY_SIGNS = str.maketrans({"年": "-", "月": "-", "日": "", "/": "-", ".": "-"})


class Column(enum.Enum):
    """A column of the list: what the office is told, then what it fills in."""

    PROJECT_CODE = "project_code"
    NUMBER = "number"
    VERSION = "version"
    PROJECT = "project"
    ENTERPRISE = "enterprise"
    STEP = "step"
    STATE = "state"
    ACCEPTED_ON = "accepted_on"
    DUE_ON = "due_on"
    OUTCOME = "outcome"
    RESULT_NUMBER = "result_number"
    ON = "on"
    TEXT = "text"
    BASIS = "basis"
    WORKDAYS = "workdays"

    @property
    def is_filled_in(self) -> bool:
        """Whether the office writes here."""
        return self in FILLED_IN


FILLED_IN = (Column.OUTCOME, Column.RESULT_NUMBER, Column.ON, Column.TEXT, Column.BASIS, Column.WORKDAYS)
HEADS: Mapping[Column, Label] = {
    Column.PROJECT_CODE: Label("项目代码", "Project code"),
    Column.NUMBER: Label("步骤", "Step"),
    Column.VERSION: Label("版本", "Version"),
    Column.PROJECT: Label("项目名称", "Project"),
    Column.ENTERPRISE: Label("企业", "Enterprise"),
    Column.STEP: Label("事项", "Matter"),
    Column.STATE: Label("状态", "State"),
    Column.ACCEPTED_ON: Label("受理日期", "Accepted"),
    Column.DUE_ON: Label("应办结", "Due"),
    Column.OUTCOME: Label("办理情况", "Outcome"),
    Column.RESULT_NUMBER: Label("文号", "Document number"),
    Column.ON: Label("日期", "Day"),
    Column.TEXT: Label("补正清单或理由（每条一行）", "Faults or reasons, one a line"),
    Column.BASIS: Label("法律依据", "Legal basis"),
    Column.WORKDAYS: Label("补正工作日", "Working days to correct"),
}
OUTCOMES: Mapping[Outcome, Label] = {
    Outcome.ACCEPT: Label("受理", "Accepted"),
    Outcome.DONE: Label("办结", "Decided"),
    Outcome.FAULTS: Label("需要补正", "Needs correction"),
    Outcome.REFUSE: Label("不予许可", "Not approved"),
}


class FormulaRefused(Invalid):
    """A cell that counts something instead of saying it."""

    message = N_("Cell %(cell)s holds a formula. Write the value itself.")


class WrongCell(Invalid):
    """A cell of another kind than its column."""

    message = N_("Cell %(cell)s cannot be read as %(kind)s. Write it as in the other lines.")


class LineNotOurs(Invalid):
    """A line for a case that is not on this department's list."""

    message = N_("This line is no case of this department that is open. Fetch the list again.")


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """One line of a list as it came back. Shape: ``place`` is its row in the file, ``cells`` by column."""

    place: int
    cells: Mapping[Column, object]

    def text(self, column: Column) -> str:
        """What a cell says, as text; a number without its decimal point.

        Raises: FormulaRefused, WrongCell.
        """
        value, said = self.cells.get(column), self.plain(column)
        is_readable = value is None or isinstance(value, str | int | float | date)
        if isinstance(value, bool) or not is_readable or said in COUNTED_WRONG:
            raise WrongCell(cell=self._named(column), kind="text")
        if said.startswith("="):
            raise FormulaRefused(cell=self._named(column))
        return said[:LONGEST_CELL]

    def plain(self, column: Column) -> str:
        """A cell as one text, the same whether it came from the file or was kept in between."""
        value = self.cells.get(column)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def day(self, column: Column) -> date:
        """The civil day a cell says.

        Raises: FormulaRefused, WrongCell.
        """
        parts = self.text(column).translate(_DAY_SIGNS).split("-")
        try:
            year, month, day = (int(part) for part in parts)
            return date(year, month, day)
        except ValueError:
            raise WrongCell(cell=self._named(column), kind="2026-04-15") from None

    def whole(self, column: Column) -> int:
        """The whole number a cell says, 0 for an empty one.

        Raises: FormulaRefused, WrongCell.
        """
        said = self.text(column)
        if not said:
            return 0
        if not (said.isascii() and said.isdigit() and len(said) <= 9):
            raise WrongCell(cell=self._named(column), kind="3")
        return int(said)

    @property
    def is_filled_in(self) -> bool:
        """Whether the office wrote anything in it."""
        return any(self.plain(column) for column in FILLED_IN)

    @property
    def key(self) -> str:
        """The same for the same line in whatever file it comes, so that it is done once."""
        told = "|".join(self.plain(column) for column in (*_IDENTITY, *FILLED_IN))
        return f"list-{hashlib.sha256(told.encode()).hexdigest()[:40]}"

    def reply(self) -> Reply:
        """What the line says about its case.

        Raises: FormulaRefused, WrongCell, OutcomeMissing.
        """
        outcome = _OUTCOME_OF.get(self.text(Column.OUTCOME).casefold())
        if outcome is None:
            raise OutcomeMissing(field="outcome")
        said = self.text(Column.TEXT)
        is_faults = outcome is Outcome.FAULTS
        return Reply(
            outcome=outcome,
            on=self.day(Column.ON),
            number=self.text(Column.RESULT_NUMBER),
            faults=faults_of(said.replace("；", "\n").replace(";", "\n")) if is_faults else (),
            basis=self.text(Column.BASIS),
            reason="" if is_faults else said,
            workdays=self.whole(Column.WORKDAYS) if is_faults else 0,
        )

    def _named(self, column: Column) -> str:
        return f"{letter_of(column)}{self.place}"


_IDENTITY = (Column.PROJECT_CODE, Column.NUMBER, Column.VERSION)
_OUTCOME_OF = {
    word.casefold(): outcome for outcome, label in OUTCOMES.items() for word in (label.zh, label.en)
} | {outcome.value: outcome for outcome in OUTCOMES}


def letter_of(column: Column) -> str:
    """The letter over a column. Shape: fewer than 26 columns."""
    return chr(ord("A") + list(Column).index(column))
