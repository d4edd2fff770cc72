"""Nobody is left alone: a simulated year of absences, and the minutes in which no one acted.

``python -m bench.cover`` lets 200 people with 1,000 projects be away for a year, planned and not, by the same
rules the desk uses, then counts every minute of every project in which neither A nor B nor C was there.
"""

from __future__ import annotations

import random
import sys
import time as clock
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

from bench.table import Table
from concierge.staff.rules.absence import Away, Duty, first_overlap
from concierge.staff.rules.holes import fillings, holes
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.pairing import Load, suggested_pair
from concierge.staff.rules.presence import Cover, Presence, stretches

PEOPLE, PROJECTS = 200, 1000
FIRST = date(2026, 1, 1)
YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a simulated year came to. Units: minutes, each counted once for each project."""

    asked: int
    refused: int
    sudden: int
    covers: int
    by_b: int
    by_c: int
    alone: int


class Year:
    """One office for one year."""

    def __init__(self, staff: int, projects: int, seed: int, *, heads: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  (a repeatable simulation, nothing secret)
        self.people = list(range(staff))
        self.heads = self.people[:heads]
        self.duties = _pairs(self.people[heads:], projects)
        self.of_person: dict[int, list[Duty]] = defaultdict(list)
        for duty in self.duties:
            self.of_person[duty.a_id].append(duty)
            self.of_person[duty.b_id].append(duty)
        self.absences: list[Away] = []
        self.covers: dict[int, list[Cover]] = defaultdict(list)
        self.covered: dict[int, set[int]] = defaultdict(set)
        self.refused = self.sudden = self.asked = 0

    def live(self) -> Told:
        """Let everybody be away as people are, in the order in which it becomes known."""
        known = sorted(self._wishes(), key=lambda one: one[0])
        for _, away in known:
            self._ask(away)
        return self._counted()

    def _wishes(self) -> list[tuple[int, Away]]:
        """For each person four leaves known weeks ahead, and four absences known as they begin."""
        found = []
        for person in self.people:
            for number in range(8):
                is_planned = number < 4
                first = self.chance.randrange(YEAR - 15)
                length = (
                    self.chance.choice((1, 2, 3, 5, 10)) if is_planned else self.chance.choice((1, 1, 2, 4))
                )
                hours = self.chance.random() < 0.3
                away = Away(
                    person_id=person,
                    first_on=FIRST + timedelta(days=first),
                    last_on=FIRST + timedelta(days=first + length - 1),
                    is_planned=is_planned,
                    from_time=time(self.chance.randrange(8, 12), 30) if hours else None,
                    until_time=time(self.chance.randrange(14, 18)) if hours else None,
                )
                told_before = self.chance.randrange(2, 40) if is_planned else 0
                found.append((away.begin - told_before * DAY, away))
        return found

    def _ask(self, away: Away) -> None:
        self.asked += 1
        others = [one for one in self.absences if one.meets(away)]
        if first_overlap(away, others) is not None:
            return
        presence = Presence([*others, away])
        duties = [
            *self.of_person[away.person_id],
            *(self.duties[project] for project in self.covered[away.person_id]),
        ]
        found = holes(duties, presence, self.covers, away.begin, away.end)
        if found and away.is_planned:
            self.refused += 1
            return
        self.absences.append(away)
        self.sudden += not away.is_planned
        for hole in found:
            for cover in fillings(hole, presence, self.heads):
                self.covers[cover.project_id].append(cover)
                self.covered[cover.person_id].add(cover.project_id)

    def _counted(self) -> Told:
        presence = Presence(self.absences)
        begin, end = minute_of(FIRST), minute_of(FIRST + timedelta(days=YEAR))
        minutes: dict[str, int] = defaultdict(int)
        for duty in self.duties:
            for one in stretches(duty, presence, self.covers[duty.project_id], begin, end):
                minutes[one.post] += one.end - one.begin
        return Told(
            asked=self.asked,
            refused=self.refused,
            sudden=self.sudden,
            covers=sum(len(found) for found in self.covers.values()),
            by_b=minutes["B"],
            by_c=minutes["C"],
            alone=minutes[""],
        )


def _pairs(people: list[int], projects: int) -> list[Duty]:
    """Pairs as the desk would propose them, one project after the other."""
    as_a: dict[int, int] = defaultdict(int)
    as_b: dict[int, int] = defaultdict(int)
    shared: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    found = []
    for project in range(projects):
        loads = [
            Load(
                person_id=one,
                name=str(one),
                as_a=as_a[one],
                as_b=as_b[one],
                with_partner=tuple(shared[one].items()),
            )
            for one in people
        ]
        a, b = (load.person_id for load in suggested_pair(loads))
        as_a[a], as_b[b] = as_a[a] + 1, as_b[b] + 1
        shared[a][b] += 1
        shared[b][a] += 1
        found.append(Duty(project_id=project, a_id=a, b_id=b))
    return found


def measure() -> Table:
    """A simulated year, and what it left to nobody."""
    began = clock.process_time()
    told = Year(PEOPLE, PROJECTS, 5, heads=8).live()
    seconds = clock.process_time() - began
    return Table(
        "Nobody is left alone",
        f"{PEOPLE} people, {PROJECTS:,} projects, {YEAR} days of random absences (seed 5), by the rules the "
        f"desk uses. Minutes are counted once for each project; {seconds:.0f} CPU-s.",
        ("absences asked for", "refused", "unplanned", "covers by C", "minutes by B", "by C", "by nobody"),
        [
            tuple(
                f"{figure:,}"
                for figure in (
                    told.asked,
                    told.refused,
                    told.sudden,
                    told.covers,
                    told.by_b,
                    told.by_c,
                    told.alone,
                )
            )
        ],
    )


if __name__ == "__main__":
    sys.stdout.write(measure().as_markdown() + "\n")
