"""One person's day: whose turn each line is, what is ticked or put off, in which order the rest stands."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from concierge.kernel.errors import N_, Invalid
from concierge.staff.rules.presence import Acting
from concierge.staff.rules.todo import Todo, TodoKind
from scheduler import WorkCalendar

SHOWN_WORKDAYS = 2
"""What falls due within so many working days stands under “to do today”; the rest is seen coming."""
LONGEST_PUT_OFF_DAYS = 60
_CARDS = {"red": 0, "yellow": 1}
_NEVER, _NO_TIME = date.max, time.max


class DayToComeBack(Invalid):
    """A day to come back on that is past, or too far away."""

    message = N_("Choose a day from tomorrow on, at most %(most)s days away.")
    field = "until_on"


class BringForwardWordsNeeded(Invalid):
    """A note without words."""

    message = N_("Write what is to be done.")
    field = "text"


class By(enum.StrEnum):
    """How the lines are put together."""

    URGENCY = "urgency"
    PLACE = "place"
    PROJECT = "project"


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """One tick that was not taken back; ``is_for_good`` False rests for its day only."""

    id: int
    key: str
    person_id: int
    on: date
    is_for_good: bool


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """One line a person has put off to a day."""

    id: int
    key: str
    until_on: date
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """A line that was ticked today, by whom."""

    todo: Todo
    tick: Ticked


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a person's page shows.

    Shape: ``accept``, ``act`` and ``wait`` are this person's turn; ``coming`` what falls due later;
        ``others`` what somebody else acts on today, with who it is (None for nobody); ``off`` what was put
        off.
    """

    accept: Sequence[Todo] = ()
    act: Sequence[Todo] = ()
    coming: Sequence[Todo] = ()
    wait: Sequence[Todo] = ()
    others: Sequence[tuple[Todo, int | None]] = ()
    done: Sequence[Done] = ()
    off: Sequence[tuple[Todo, PutOff]] = ()

    @property
    def open(self) -> int:
        """How many lines wait for this person today: to accept and to do."""
        return len(self.accept) + len(self.act)

    @property
    def next_due_on(self) -> date | None:
        """The first day on which something falls due, once today is empty."""
        return min((todo.due_on for todo in self.coming if todo.due_on), default=None)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose day it is: who acts for each project of this person, what was ticked, what was put off."""

    person_id: int
    acting: Mapping[int, Acting] = field(default_factory=dict)
    ticks: Sequence[Ticked] = ()
    put_off: Sequence[PutOff] = ()


def made_day(todos: Iterable[Todo], reader: Reader, calendar: WorkCalendar, *, today: date) -> Day:
    """One person's day from everything the office knows.

    Shape: a key that comes twice counts once. A line of a project is the acting one's turn, and seen by the
        other of the two.
    Source: AB-1, AB-2 for whose turn it is; AB-7 for both seeing it.
    """
    until_on = calendar.add_workdays(today, SHOWN_WORKDAYS)
    ticks = {tick.key: tick for tick in reader.ticks if tick.is_for_good or tick.on == today}
    off = {one.key: one for one in reader.put_off if one.until_on > today}
    rooms: dict[str, list[Todo]] = defaultdict(list)
    others, done, later = [], [], []
    for todo in {todo.key: todo for todo in todos}.values():
        if todo.key in ticks:
            if ticks[todo.key].on == today:
                done.append(Done(todo=todo, tick=ticks[todo.key]))
        elif todo.key in off:
            later.append((todo, off[todo.key]))
        elif (acts := _elsewhere(todo, reader)) is not None:
            others.append((todo, acts.person_id))
        else:
            rooms[_room(todo, until_on)].append(todo)
    return Day(
        accept=in_order(rooms["accept"]),
        act=in_order(rooms["act"]),
        coming=in_order(rooms["coming"]),
        wait=sorted(rooms["wait"], key=lambda one: (one.due_on or _NEVER, one.key)),
        others=sorted(others, key=lambda pair: _urgency(pair[0])),
        done=done,
        off=sorted(later, key=lambda pair: (pair[1].until_on, pair[0].key)),
    )


def _elsewhere(todo: Todo, reader: Reader) -> Acting | None:
    """Who acts for the line's project, where that is not the reader; a handover is always one's own."""
    if todo.project_id is None or todo.kind is TodoKind.ACCEPT:
        return None
    acts = reader.acting.get(todo.project_id)
    return acts if acts is not None and acts.person_id != reader.person_id else None


def _room(todo: Todo, until_on: date) -> str:
    if todo.kind is TodoKind.ACT and todo.due_on is not None and todo.due_on > until_on:
        return "coming"
    return todo.kind.value


def in_order(todos: Iterable[Todo]) -> list[Todo]:
    """The most urgent first: red card, yellow card, then by day and time; what has no day comes last."""
    return sorted(todos, key=_urgency)


def _urgency(todo: Todo) -> tuple[int, date, time, str, str]:
    return (
        _CARDS.get(todo.card, len(_CARDS)),
        todo.due_on or _NEVER,
        todo.at or _NO_TIME,
        todo.project,
        todo.key,
    )


def grouped(todos: Sequence[Todo], by: By) -> list[tuple[str, list[Todo]]]:
    """The lines by place or project, each group where its most urgent line would stand; one without a name.

    Shape: by urgency, one group without a name; what has no place or project comes last.
    """
    if by is By.URGENCY:
        return [("", list(todos))] if todos else []
    groups: dict[str, list[Todo]] = defaultdict(list)
    for todo in todos:
        groups[todo.place if by is By.PLACE else todo.project].append(todo)
    return sorted(groups.items(), key=lambda group: not group[0])


def checked_return(until_on: date, today: date) -> date:
    """The day a line comes back, if it is one.

    Raises: DayToComeBack.
    """
    if not 0 < (until_on - today).days <= LONGEST_PUT_OFF_DAYS:
        raise DayToComeBack(most=LONGEST_PUT_OFF_DAYS)
    return until_on


def checked_words(text: str) -> str:
    """The words of a note, if there are any.

    Raises: BringForwardWordsNeeded.
    """
    words = " ".join(text.split())
    if not words:
        raise BringForwardWordsNeeded
    return words
