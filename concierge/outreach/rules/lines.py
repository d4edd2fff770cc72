"""Lines of a table somebody sends: each is read by itself, and a bad one never holds the others.

Source: SF-7.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from concierge.kernel.errors import N_, Invalid
from concierge.outreach.rules.personal import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    Personal,
    Wrong,
    born_on,
    clean_number,
    is_phone,
    number_fault,
)
from concierge.outreach.rules.standing import Road, Support

MOST_LINES = 20_000
LEDGER_NAMES = ("name", "id_number", "phone", "address", "township", "grid")
SUPPORTS = {
    "": Support.NONE,
    "无": Support.NONE,
    "低保": Support.LOW_INCOME,
    "低收入": Support.LOW_INCOME,
    "三无": Support.NO_MEANS,
    "特困": Support.NO_MEANS,
} | {one.value: one for one in Support}
ROADS = {
    "": Road.PAPER,
    "窗口": Road.COUNTER,
    "纸质": Road.PAPER,
    "电话": Road.PHONE,
    "代办": Road.AGENT,
    "网上": Road.ONLINE,
} | {one.value: one for one in Road}
GRADES = {"": None, "一级": 1, "二级": 2, "三级": 3, "四级": 4} | {str(n): n for n in range(1, 5)}
YES = {"": True, "是": True, "yes": True, "否": False, "no": False}


class Column(enum.Enum):
    """What a column of a table may hold; heads are read in both languages."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    TOWNSHIP = "township"
    GRID = "grid"
    COMPOUND = "compound"
    ROAD = "road"
    REGISTERED = "registered"
    DISABILITY = "disability"
    SUPPORT = "support"
    ID_CARD_END = "id_card_end"
    DIED_ON = "died_on"
    HOLDS = "holds"
    NUMBER = "number"
    OUTCOME = "outcome"
    RESULT = "result"
    ON = "on"
    REASON = "reason"


HEADS = {
    "姓名": Column.NAME,
    "身份证号": Column.ID_NUMBER,
    "身份证号码": Column.ID_NUMBER,
    "公民身份号码": Column.ID_NUMBER,
    "电话": Column.PHONE,
    "联系电话": Column.PHONE,
    "住址": Column.ADDRESS,
    "地址": Column.ADDRESS,
    "乡镇": Column.TOWNSHIP,
    "网格": Column.GRID,
    "小区": Column.COMPOUND,
    "方式": Column.ROAD,
    "本地户籍": Column.REGISTERED,
    "残疾等级": Column.DISABILITY,
    "救助类别": Column.SUPPORT,
    "身份证到期日": Column.ID_CARD_END,
    "死亡日期": Column.DIED_ON,
    "已办": Column.HOLDS,
    "序号": Column.NUMBER,
    "结果": Column.OUTCOME,
    "证号": Column.RESULT,
    "日期": Column.ON,
    "原因": Column.REASON,
} | {one.value: one for one in Column}


class HeadsMissing(Invalid):
    """A table without a column that every line needs."""

    message = N_(
        "The table lacks a column: %(missing)s. Its first line names the columns; fetch the empty form here"
        " and fill it in."
    )


class NoLines(Invalid):
    """A table with a head and nothing below it."""

    message = N_("The table has no line below its head. Fill it in and send it again.")


class TooManyLines(Invalid):
    """More lines than are taken at once."""

    message = N_("The table has %(count)s lines; up to %(most)s are taken at once. Send it in parts.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that needs mending."""

    column: Column
    wrong: Wrong

    def __str__(self) -> str:
        return f"{self.column.value}:{self.wrong.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One person of the ledger as a line tells it. Shape: ``holds`` are services held, with the last day."""

    personal: Personal
    born_on: date
    township: str
    grid: str
    is_registered: bool
    disability_grade: int | None
    support: Support
    id_card_ends_on: date | None
    died_on: date | None
    holds: tuple[tuple[str, date, date | None], ...]


Cells = Mapping[Column, str]


def headed(rows: Iterable[Sequence[str]], needed: Collection[Column]) -> Iterator[tuple[int, Cells]]:
    """The lines of a table by column, each with its number as a spreadsheet counts; empty lines are left out.

    Raises: HeadsMissing, NoLines, TooManyLines.
    """
    lines = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    heads = [HEADS.get(cell.strip().lower().removeprefix("\ufeff")) for cell in lines[0][1]] if lines else []
    missing = [column for column in needed if column not in heads]
    if missing:
        raise HeadsMissing(missing="、".join(_in_chinese(column) for column in missing), field="file")
    if len(lines) < 2:
        raise NoLines(field="file")
    if len(lines) - 1 > MOST_LINES:
        raise TooManyLines(count=len(lines) - 1, most=MOST_LINES, field="file")
    for number, row in lines[1:]:
        yield number, {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head}


def personal_of(cells: Cells) -> Personal:
    """What is sealed of a line, as it was typed."""
    taken = {column.value: cells.get(column, "") for column in (Column.NAME, Column.PHONE, Column.ADDRESS)}
    other = tuple((column.value, cell) for column, cell in cells.items() if column.value not in LEDGER_NAMES)
    return Personal(**taken, id_number=clean_number(cells.get(Column.ID_NUMBER, "")), other=other)


def personal_faults(cells: Cells) -> list[Fault]:
    """What is wrong with the name, number, phone and address of a line, all of it at once."""
    name, phone = cells.get(Column.NAME, ""), cells.get(Column.PHONE, "")
    faults = []
    if not name or len(name) > LONGEST_NAME:
        faults.append(Fault(Column.NAME, Wrong.LONG if name else Wrong.MISSING))
    number = number_fault(cells.get(Column.ID_NUMBER, ""))
    if number:
        faults.append(Fault(Column.ID_NUMBER, number))
    if phone and not is_phone(phone):
        faults.append(Fault(Column.PHONE, Wrong.SHAPE))
    if len(cells.get(Column.ADDRESS, "")) > LONGEST_ADDRESS:
        faults.append(Fault(Column.ADDRESS, Wrong.LONG))
    return faults


def application_faults(cells: Cells, seen: Collection[str]) -> list[Fault]:
    """What is wrong with one application; ``seen`` are the numbers of the lines before it."""
    faults = personal_faults(cells)
    if clean_number(cells.get(Column.ID_NUMBER, "")) in seen:
        faults.append(Fault(Column.ID_NUMBER, Wrong.TWICE))
    if cells.get(Column.ROAD, "") not in ROADS:
        faults.append(Fault(Column.ROAD, Wrong.UNKNOWN))
    return faults


def ledger_line(cells: Cells, townships: Collection[str], grids: Collection[str]) -> LedgerLine | list[Fault]:
    """One line of the ledger, or everything that is wrong with it."""
    faults = personal_faults(cells)
    township, grid = cells.get(Column.TOWNSHIP, ""), cells.get(Column.GRID, "")
    if township not in townships:
        faults.append(Fault(Column.TOWNSHIP, Wrong.UNKNOWN if township else Wrong.MISSING))
    if grid and grid not in grids:
        faults.append(Fault(Column.GRID, Wrong.UNKNOWN))
    for column, known in ((Column.REGISTERED, YES), (Column.DISABILITY, GRADES), (Column.SUPPORT, SUPPORTS)):
        if cells.get(column, "") not in known:
            faults.append(Fault(column, Wrong.UNKNOWN))
    days = {column: _day(cells.get(column, "")) for column in (Column.ID_CARD_END, Column.DIED_ON)}
    faults += [Fault(column, Wrong.DAY) for column, day in days.items() if day is False]
    holds = _holdings(cells.get(Column.HOLDS, ""))
    if holds is None:
        faults.append(Fault(Column.HOLDS, Wrong.SHAPE))
    personal = personal_of(cells)
    born = None if faults else born_on(personal.id_number)
    if born is None or holds is None:
        return faults
    return LedgerLine(
        personal=personal,
        born_on=born,
        township=township,
        grid=grid,
        is_registered=YES[cells.get(Column.REGISTERED, "")],
        disability_grade=GRADES[cells.get(Column.DISABILITY, "")],
        support=SUPPORTS[cells.get(Column.SUPPORT, "")],
        id_card_ends_on=days[Column.ID_CARD_END] or None,
        died_on=days[Column.DIED_ON] or None,
        holds=holds,
    )


def _day(typed: str) -> date | Literal[False] | None:
    """A day, None for none, False for something else; 2026-04-15, 2026/4/15 and 20260415 are taken."""
    if not typed:
        return None
    parts = typed[:10].replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and len(typed) == 8:
        parts = [typed[:4], typed[4:6], typed[6:]]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return False


def _holdings(typed: str) -> tuple[tuple[str, date, date | None], ...] | None:
    """Services held, as ``elderly-card:2024-05-06`` or with ``/2034-05-06`` behind; None when unreadable."""
    held = []
    for part in filter(None, (one.strip() for one in typed.replace("；", ";").split(";"))):
        service, _, days = part.partition(":")
        first, _, last = days.partition("/")
        since, until = _day(first), _day(last)
        if not service or not isinstance(since, date) or until is False:
            return None
        held.append((service, since, until or None))
    return tuple(held)


def _in_chinese(column: Column) -> str:
    return next(head for head, known in HEADS.items() if known is column)
