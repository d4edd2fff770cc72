"""Reading project files: PSPLIB's single-mode format (``.sm``) and Patterson's (``.rcp``).

Numbers are read in the order they stand, whatever the line breaks between them.

Source: S30 for both formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.rcpsp.errors import (
    BelowZero,
    FileEndsEarly,
    NotANumber,
    NotRenewable,
    NotSingleMode,
    PartMissing,
    TooManyActivities,
)
from scheduler.rcpsp.instance import MOST_ACTIVITIES, Instance

_PRECEDENCES = "PRECEDENCE RELATIONS:"
_REQUESTS = "REQUESTS/DURATIONS:"
_AVAILABILITIES = "RESOURCEAVAILABILITIES:"


def read(path: Path) -> Instance:
    """The project of a file; a name that ends in ``.sm`` is read as PSPLIB's, any other as Patterson's.

    Raises: OSError, where there is no such file; one of ``scheduler.rcpsp.errors``, or CycleFound.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    is_psplib = path.suffix.lower() == ".sm" or _PRECEDENCES in text
    return parse_single_mode(text) if is_psplib else parse_patterson(text)


def parse_patterson(text: str) -> Instance:
    """A project in Patterson's format: activities, resources, capacities; then each activity's line."""
    numbers = _Numbers(text.splitlines(), 1)
    count = numbers.amount("the number of activities")
    if count > MOST_ACTIVITIES:
        raise TooManyActivities(count=count, most=MOST_ACTIVITIES)
    resources = range(numbers.amount("the number of resources"))
    capacities = tuple(numbers.next("the capacities") for _ in resources)
    durations, demands, successors = [], [], []
    for activity in range(1, count + 1):
        durations.append(numbers.next(f"activity {activity}"))
        demands.append(tuple(numbers.next(f"the demands of activity {activity}") for _ in resources))
        after = range(numbers.amount(f"the successors of activity {activity}"))
        successors.append(tuple(numbers.next(f"the successors of activity {activity}") - 1 for _ in after))
    return Instance(tuple(durations), tuple(demands), tuple(successors), capacities)


def parse_single_mode(text: str) -> Instance:
    """A project in PSPLIB's single-mode format, found by its headings."""
    lines = text.splitlines()
    count = _stated(lines, r"jobs.*:\s*(\S+)", "jobs (incl. supersource/sink )")
    if count > MOST_ACTIVITIES:
        raise TooManyActivities(count=count, most=MOST_ACTIVITIES)
    used_up = _stated(lines, r"-\s*nonrenewable\s*:\s*(\S+)", "nonrenewable", default=0)
    if used_up:
        raise NotRenewable(count=used_up)
    resources = range(_stated(lines, r"-\s*renewable\s*:\s*(\S+)", "renewable"))
    successors = []
    numbers = _part(lines, _PRECEDENCES, header_lines=1)
    for activity in range(1, count + 1):
        numbers.next(f"the precedences of activity {activity}")
        modes = numbers.amount(f"the modes of activity {activity}")
        if modes != 1:
            raise NotSingleMode(activity=activity, modes=modes)
        after = range(numbers.amount(f"the successors of activity {activity}"))
        successors.append(tuple(numbers.next(f"the successors of activity {activity}") - 1 for _ in after))
    durations, demands = [], []
    numbers = _part(lines, _REQUESTS, header_lines=2)
    for activity in range(1, count + 1):
        numbers.next(f"the demands of activity {activity}")
        numbers.next(f"the mode of activity {activity}")
        durations.append(numbers.next(f"the duration of activity {activity}"))
        demands.append(tuple(numbers.next(f"the demands of activity {activity}") for _ in resources))
    numbers = _part(lines, _AVAILABILITIES, header_lines=1)
    capacities = tuple(numbers.next("the capacities") for _ in resources)
    return Instance(tuple(durations), tuple(demands), tuple(successors), capacities)


class _Numbers:
    """The whole numbers of some lines, one after another."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self._words: Iterator[tuple[int, str]] = (
            (number, word) for number, line in enumerate(lines, first_line) for word in line.split()
        )

    def next(self, missing: str) -> int:
        """The next number; ``missing`` says what is not there when the file ends before it."""
        line, word = next(self._words, (0, ""))
        if not word:
            raise FileEndsEarly(missing=missing)
        return _number(word, line)

    def amount(self, what: str) -> int:
        """The next number, which counts something."""
        found = self.next(what)
        if found < 0:
            raise BelowZero(what=what[0].upper() + what[1:], amount=found)
        return found


def _number(word: str, line: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", word):
        raise NotANumber(line=line, found=word[:40])
    return int(word)


def _stated(lines: list[str], pattern: str, part: str, default: int | None = None) -> int:
    for number, line in enumerate(lines, 1):
        if found := re.search(pattern, line):
            value = _number(found[1], number)
            if value < 0:
                raise BelowZero(what=f"“{part}”", amount=value)
            return value
    if default is None:
        raise PartMissing(part=part)
    return default


def _part(lines: list[str], heading: str, *, header_lines: int) -> _Numbers:
    for number, line in enumerate(lines):
        if line.strip() == heading:
            first = number + 1 + header_lines
            rest = lines[first:]
            end = next((k for k, other in enumerate(rest) if other.startswith("****")), len(rest))
            return _Numbers(rest[:end], first + 1)
    raise PartMissing(part=heading)
