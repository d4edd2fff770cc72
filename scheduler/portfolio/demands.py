"""What a whole portfolio asks for: projects, departments' places, officers, joint reviews and their sittings.

Points are ends of working days on one shared axis, as everywhere in the planner; “day p” is the working day
that ends at point p. Work that runs from point a to point b uses the days a + 1 to b.

How a step that has not begun lies, for the planner and for its proof alike:

- ``start``: as soon as its accept gates and its project let it; its preparation follows.
- ``accept``: no earlier than prepared. Here, and only here, a step waits for room: a place on its bench on
  every day of its work, an officer free to hand it in on the day of acceptance (the first of its pair who
  is not absent that day), a sitting of its joint review.
- its special procedure follows acceptance, and its work follows that.
- with a joint review it sits at least ``notice`` working days after acceptance, and its own end is the later
  of the end of its work and ``opinion`` working days after the sitting. It is accepted so late that waiting
  for the sitting does not lengthen it: own end <= max(end of work, accept + notice + opinion).
- ``finish``: its own end, or later where an issue gate holds back its decision.

What has happened stays, even where it fills a bench beyond its places:

- a finished step asks for nothing any more;
- an accepted one stays where it is and asks for no officer; its work keeps its places, and it keeps its
  sitting while that is still offered or is over. If it has none, it gets the first with a seat, today or
  later, at least ``notice`` after acceptance. It finishes no earlier than today;
- one that has only started keeps its start; its acceptance waits for its gates, for today and for room.

What is kept (announced, or planned inside the frozen days) is accepted on its day and sits in its sitting,
however full the bench and whoever is away. Where that has become impossible (a predecessor or today comes
too late, its sitting is no longer offered or has no seat, room or member left) it is placed anew, in the
same sitting if that can still be, and is named as forced.

Source: PR-3, PR-4, PR-5, PR-6 for reviewing together; WD-2 for points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.axis import Axis
from scheduler.errors import UnknownStep
from scheduler.portfolio.errors import (
    AnnouncedWithoutDay,
    EmptyHorizon,
    KeyTwice,
    NegativeAmount,
    NoAmounts,
    NoSuchHalf,
    SittingOutsideHorizon,
    SittingWithoutReview,
    SpecialAfterWork,
    TodayDiffers,
    UnknownBench,
    UnknownBody,
    UnknownOfficer,
)
from scheduler.problem import Problem, Step


class Sitting(NamedTuple):
    """One half-day on which a joint review may sit. ``half`` is 0 in the morning, 1 in the afternoon.

    Units: ``point`` in working days since day 0.
    """

    point: int
    half: int


@dataclass(frozen=True, slots=True)
class Bench:
    """A department's reviewers: on how many cases it can work at once.

    Shape: one number for every day, or one per day, entry p for the working day that ends at point p; the
    last entry holds for every day after it.
    Raises: NoAmounts; NegativeAmount.
    """

    key: str
    places: int | Sequence[int]

    def __post_init__(self) -> None:
        _amounts(self.key, self.places)


@dataclass(frozen=True, slots=True)
class Officer:
    """A concierge officer: how many steps he or she can hand in on one day; 0 on days of absence.

    Shape: as for ``Bench.places``.
    Raises: NoAmounts; NegativeAmount.
    """

    key: str
    hand_ins: int | Sequence[int]

    def __post_init__(self) -> None:
        _amounts(self.key, self.hand_ins)


@dataclass(frozen=True, slots=True)
class Body:
    """A joint review: several departments at one table at the same time.

    ``sittings`` are the half-days on which everybody who must attend can. A sitting, once opened, takes one
    room (where ``needs_room``) and every one of its members for its half-day; up to ``seats`` steps share it.

    Units: ``notice`` and ``opinion`` in working days.
    Raises: NegativeAmount, also for a review without a single seat; NoSuchHalf.
    """

    key: str
    members: tuple[str, ...]
    _: KW_ONLY
    notice: int
    opinion: int
    seats: int
    sittings: tuple[Sitting, ...]
    needs_room: bool = True
    offered: frozenset[Sitting] = field(init=False, repr=False, compare=False)
    in_order: tuple[Sitting, ...] = field(init=False, repr=False, compare=False)
    """The sittings, each once; and in the order in which they come."""
    halves: NDArray[np.int64] = field(init=False, repr=False, compare=False)
    """The same order as numbers: twice the point, one more in the afternoon."""

    def __post_init__(self) -> None:
        for amount, least in ((self.notice, 0), (self.opinion, 0), (self.seats, 1)):
            _at_least(self.key, amount, least)
        for sitting in self.sittings:
            if sitting.half not in (0, 1):
                raise NoSuchHalf(body=self.key, half=sitting.half)
        object.__setattr__(self, "offered", frozenset(self.sittings))
        object.__setattr__(self, "in_order", tuple(sorted(self.offered)))
        halves = [2 * point + half for point, half in self.in_order]
        object.__setattr__(self, "halves", np.array(halves, np.int64))


@dataclass(frozen=True, slots=True)
class Demand:
    """What one step needs beside its predecessors, and what has been said about it.

    ``bench`` is whose places its work takes, ``body`` the joint review it must pass. ``planned`` is its
    acceptance in the plan that stands, ``sitting`` the one it has there; ``is_announced`` says that others
    count on them: moving them costs. ``deadline`` is a finish the law demands.

    Units: points.
    """

    bench: str | None = None
    body: str | None = None
    _: KW_ONLY
    needs_officer: bool = True
    planned: int | None = None
    sitting: Sitting | None = None
    is_announced: bool = False
    deadline: int | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the portfolio: its graph on the shared axis, and what its steps demand.

    ``target`` is the headline step whose finish is promised for ``due``; ``officers`` are its pair, A first:
    B hands in on the days A is absent. ``weight`` is what one working day past the promise costs. What an
    announced step waits for is announced with it, where it has a day: or its own could not be kept. A step
    that ``demands`` does not name asks for nothing, no officer either. What a step says of its booking is not
    read: bookings come from plans like this one, and ``planned`` is where the last one stands.

    Units: ``release`` and ``due`` are points.
    Raises: UnknownStep, for a target or a demand of a step the project does not have; NegativeAmount;
    AnnouncedWithoutDay; SittingWithoutReview; SpecialAfterWork.
    """

    key: str
    problem: Problem
    demands: Mapping[str, Demand]
    _: KW_ONLY
    target: str
    release: int = 0
    due: int | None = None
    officers: tuple[str, ...] = ()
    weight: int = 1

    def __post_init__(self) -> None:
        _at_least(self.key, self.weight, 0)
        known = self.problem.index
        for key in (self.target, *self.demands):
            if key not in known:
                raise UnknownStep(step=key)
        for key, demand in self.demands.items():
            if demand.is_announced and demand.planned is None:
                raise AnnouncedWithoutDay(project=self.key, step=key)
            if demand.sitting is not None and demand.body is None:
                raise SittingWithoutReview(project=self.key, step=key)
        if any(demand.is_announced for demand in self.demands.values()):
            object.__setattr__(self, "demands", self._with_awaited())
        self._check_order()

    def _check_order(self) -> None:
        """The special procedure comes before the work."""
        for step in self.problem.steps:
            kinds = [segment.kind for segment in step.handling]
            if kinds != sorted(kinds):  # “special” < “work”
                raise SpecialAfterWork(project=self.key, step=step.key)

    def _with_awaited(self) -> dict[str, Demand]:
        """The demands, with what the acceptance of an announced step waits for announced too."""
        found, held, awaited = dict(self.demands), set[int](), set[int]()
        for i, _, _, _, accept_after, issue_after in reversed(self.problem.rows):
            key = self.problem.steps[i].key
            demand = found.get(key)
            if any(j in held for j in accept_after) or any(j in awaited for j, _ in issue_after):
                awaited.add(i)
                if demand is not None and demand.planned is not None:
                    found[key] = replace(demand, is_announced=True)
            if i in awaited or (demand is not None and demand.is_announced):
                held.add(i)
        return found


@dataclass(frozen=True)
class Portfolio:
    """Everything that is planned together.

    A kept step is one whose ``planned`` acceptance is no later than ``frozen_until``, or whose sitting or
    date is announced.

    Units: ``horizon`` is the last point anything may be placed on, ``today`` the point of today,
    ``frozen_until`` a point. ``rooms`` is how many sittings fit into one half-day.
    Raises: KeyTwice; EmptyHorizon; NegativeAmount; SittingOutsideHorizon; UnknownBench; UnknownBody;
    UnknownOfficer; TodayDiffers.
    """

    projects: Sequence[Project]
    axis: Axis
    _: KW_ONLY
    horizon: int
    today: int = 0
    frozen_until: int = 0
    benches: Sequence[Bench] = ()
    officers: Sequence[Officer] = ()
    bodies: Sequence[Body] = ()
    rooms: int = 1
    index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", {project.key: i for i, project in enumerate(self.projects)})
        for entries in (self.projects, self.benches, self.officers, self.bodies):
            _once(entry.key for entry in entries)
        _at_least("rooms", self.rooms, 0)
        _at_least("today", self.today, 0)
        if self.horizon < self.today:
            raise EmptyHorizon(horizon=self.day(self.horizon), today=self.day(self.today))
        for body in self.bodies:
            for sitting in (*body.in_order[:1], *body.in_order[-1:]):
                if not 0 <= sitting.point <= self.horizon:
                    on, horizon = self.day(sitting.point), self.day(self.horizon)
                    raise SittingOutsideHorizon(body=body.key, on=on, horizon=horizon)
        self._check_projects()

    def day(self, point: int) -> date | int:
        """What a person calls a point: its civil day, or the number where the axis knows no calendar."""
        day = self.axis.date_of(point)
        return point if day is None else day

    def _check_projects(self) -> None:
        """Every name a project uses must be an entry of the portfolio."""
        benches = {None, *(bench.key for bench in self.benches)}
        bodies = {None, *(body.key for body in self.bodies)}
        officers = {officer.key for officer in self.officers}
        for project in self.projects:
            its = project.problem.today
            if its is not None and its != self.today:
                raise TodayDiffers(project=project.key, its=self.day(its), today=self.day(self.today))
            for officer in project.officers:
                if officer not in officers:
                    raise UnknownOfficer(project=project.key, officer=officer)
            for key, demand in project.demands.items():
                if demand.bench not in benches:
                    raise UnknownBench(project=project.key, step=key, bench=str(demand.bench))
                if demand.body not in bodies:
                    raise UnknownBody(project=project.key, step=key, body=str(demand.body))


def _amounts(key: str, amounts: int | Sequence[int]) -> None:
    days = amounts if isinstance(amounts, Sequence) else (amounts,)
    if not days:
        raise NoAmounts(what=key)
    _at_least(key, min(days), 0)


def _at_least(what: str, amount: int, least: int) -> None:
    if amount < least:
        raise NegativeAmount(what=what, amount=amount, least=least)


def _once(keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise KeyTwice(what=key)
        seen.add(key)


def is_kept(portfolio: Portfolio, step: Step, demand: Demand) -> bool:
    """Whether a step that is not accepted yet stays where the plan that stands has it."""
    if demand.planned is None or step.accepted is not None or step.finished is not None:
        return False
    return demand.is_announced or demand.planned <= portfolio.frozen_until
