"""A grid's batch: what may be done when, and the department's answer line by line.

A bad line never holds the others: what is complete is sent, what is not stays to be mended and follows; what
the department answers is taken line by line as well.

Source: SF-7.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.outreach.rules.lines import Cells, Column, Fault
from concierge.outreach.rules.personal import Wrong
from concierge.outreach.rules.standing import ApplicationState, BatchState

GRANTED_WORDS = ("准予", "通过", "同意", "granted")
REFUSED_WORDS = ("不予", "不通过", "不同意", "refused")
LONGEST_TITLE = 80
LONGEST_COLLECTING_DAYS = 365


class BatchEmpty(Refusal):
    """A batch without a complete line."""

    message = N_("No line is complete. Add applications, or mend those marked below, then send the batch.")


class BatchSentAlready(Refusal):
    """A line of somebody whose application is with the department, or answered."""

    message = N_("This line is with the department or answered already; it cannot be changed any more.")


class NothingToDecide(Refusal):
    """An answer for a batch that waits for none."""

    message = N_("No line of this batch waits for an answer. Send the batch first.")


class BatchDetailsNeeded(Invalid):
    """A batch without a service, a department or a last day that fits."""

    message = N_(
        "Give the service, the department and a last day of collecting from today on, within %(days)s days."
    )


class BatchSignerNeeded(Invalid):
    """A delivery nobody signed for."""

    message = N_("Say who signed for it.")


@dataclass(frozen=True, slots=True)
class Decided:
    """The department's answer to one line."""

    line: int
    is_granted: bool
    result_number: str
    decided_on: date
    reason: str


def batch_number(year: int, serial: int) -> str:
    """A batch's number as it is written on paper."""
    return f"网批〔{year}〕{serial}号"


def checked_batch(title: str, department: str, collect_until_on: date, *, today: date) -> tuple[str, str]:
    """Title and department as they are kept. Raises: BatchDetailsNeeded."""
    title, department = title.strip()[:LONGEST_TITLE], department.strip()[:LONGEST_TITLE]
    days = (collect_until_on - today).days
    if not title or not department or not 0 <= days <= LONGEST_COLLECTING_DAYS:
        field = "title" if not title else "department" if not department else "collect_until_on"
        raise BatchDetailsNeeded(days=LONGEST_COLLECTING_DAYS, field=field)
    return title, department


def state_of(lines: Collection[ApplicationState], *, was_sent: bool) -> BatchState:
    """Where a batch stands, from its lines."""
    if ApplicationState.SENT in lines:
        return BatchState.SENT
    if not was_sent:
        return BatchState.COLLECTING
    is_open = {ApplicationState.GRANTED, ApplicationState.FAULTY, ApplicationState.READY} & set(lines)
    return BatchState.RETURNED if is_open else BatchState.CLOSED


def result_line(cells: Cells, waiting: Collection[int], *, today: date) -> Decided | list[Fault]:
    """The answer in one line, or everything that is wrong with it; a refusal gives its reason.

    Source: AC-14 for the reason.
    """
    faults = []
    number, outcome = cells.get(Column.NUMBER, ""), cells.get(Column.OUTCOME, "").lower()
    line = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    if line not in waiting:
        faults.append(Fault(Column.NUMBER, Wrong.UNKNOWN if number else Wrong.MISSING))
    if outcome not in (*GRANTED_WORDS, *REFUSED_WORDS):
        faults.append(Fault(Column.OUTCOME, Wrong.UNKNOWN if outcome else Wrong.MISSING))
    is_refused = outcome in REFUSED_WORDS
    if is_refused and not cells.get(Column.REASON, ""):
        faults.append(Fault(Column.REASON, Wrong.MISSING))
    on = _day(cells.get(Column.ON, ""), today)
    if on is None:
        faults.append(Fault(Column.ON, Wrong.DAY))
    if faults or on is None:
        return faults
    return Decided(
        line, not is_refused, cells.get(Column.RESULT, "")[:60], on, cells.get(Column.REASON, "")[:500]
    )


def counts(states: Iterable[ApplicationState]) -> Mapping[ApplicationState, int]:
    """How many lines are in each state, all states named."""
    told = dict.fromkeys(ApplicationState, 0)
    for state in states:
        told[state] += 1
    return told


def _day(typed: str, today: date) -> date | None:
    """A day not after today; none typed means today."""
    if not typed:
        return today
    try:
        day = date.fromisoformat(typed[:10].replace("/", "-"))
    except ValueError:
        return None
    return day if day <= today else None
