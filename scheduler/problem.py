"""What is to be planned: steps, what each waits for, and the headline steps whose dates everyone watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple

from scheduler.errors import (
    ActualsOutOfOrder,
    CycleFound,
    NegativeDays,
    SegmentsOutOfOrder,
    StepTwice,
    TailOnAcceptance,
    UnknownStep,
)
from scheduler.graph import Gates, ring, topological_order
from scheduler.period import Basis, Segment

_MOST_CHAINS = 4096


class Gate(StrEnum):
    """关口: what a predecessor holds back.

    Source: PR-6, DF-15.
    """

    ACCEPT = "accept"
    """The successor is accepted no earlier than the predecessor's result."""
    ISSUE = "issue"
    """The successor may run beside; only its decision waits."""


class Care(IntEnum):
    """How much a step asks of the passes: plain numbers, the calendar, or its history."""

    PLAIN = 0
    CALENDAR_DAYS = 1
    BOOKED = 2
    BEGUN = 3


class _Split(NamedTuple):
    """The stretches of a step taken apart, the same for every step that has them."""

    preparation: tuple[Segment, ...]
    handling: tuple[Segment, ...]
    nominal_preparation: int
    nominal_handling: int
    care: Care
    is_in_order: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One matter for one project, as the planner sees it.

    ``started`` (preparation began), ``accepted`` and ``finished`` are what has happened; they stay where
    they are. ``not_before`` holds back a step that has not started.

    A booking is what others have agreed on for it: its preparation begins as soon as it can, but it is not
    accepted before ``accept_not_before``, nor finished before ``finish_not_before``. Why is the caller's
    to say: ``booked_by`` is carried to the driver as it is. A booking holds back nothing that has happened.

    Units: working days since day 0; below zero for what happened before it.
    Raises: SegmentsOutOfOrder; ActualsOutOfOrder.
    """

    key: str
    segments: tuple[Segment, ...]
    not_before: int | None = None
    _: KW_ONLY
    started: int | None = None
    accepted: int | None = None
    finished: int | None = None
    accept_not_before: int | None = None
    finish_not_before: int | None = None
    booked_by: str | None = None
    preparation: tuple[Segment, ...] = field(init=False, repr=False, compare=False)
    handling: tuple[Segment, ...] = field(init=False, repr=False, compare=False)
    nominal_preparation: int = field(init=False, repr=False, compare=False)
    nominal_handling: int = field(init=False, repr=False, compare=False)
    began: int | None = field(init=False, repr=False, compare=False)
    care: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        actuals = [day for day in (self.started, self.accepted, self.finished) if day is not None]
        if actuals != sorted(actuals):
            raise ActualsOutOfOrder(step=self.key)
        segments = tuple(self.segments)
        split = _split(segments)
        if not split.is_in_order:
            raise SegmentsOutOfOrder(step=self.key)
        care = split.care
        if actuals:
            care = Care.BEGUN
        elif self.accept_not_before is not None or self.finish_not_before is not None:
            care = Care.BOOKED
        set_ = object.__setattr__
        set_(self, "segments", segments)
        set_(self, "preparation", split.preparation)
        set_(self, "handling", split.handling)
        set_(self, "nominal_preparation", split.nominal_preparation)
        set_(self, "nominal_handling", split.nominal_handling)
        set_(self, "began", actuals[0] if actuals else None)
        set_(self, "care", int(care))


@lru_cache(maxsize=_MOST_CHAINS)
def _split(segments: tuple[Segment, ...]) -> _Split:
    cut = 0
    while cut < len(segments) and segments[cut].kind == "preparation":
        cut += 1
    preparation, handling = segments[:cut], segments[cut:]
    return _Split(
        preparation,
        handling,
        sum(segment.nominal_workdays for segment in preparation),
        sum(segment.nominal_workdays for segment in handling),
        Care.CALENDAR_DAYS if any(segment.basis is Basis.CALENDAR for segment in segments) else Care.PLAIN,
        all(segment.kind != "preparation" for segment in handling),
    )


@dataclass(frozen=True, slots=True)
class Precedence:
    """前置关系: this step waits for that one.

    ``tail`` is how many working days after the predecessor's result the successor's own may follow.

    Units: working days.
    Raises: NegativeDays; TailOnAcceptance, because only a result that waits for a result has tail days.
    """

    predecessor: str
    successor: str
    gate: Gate
    tail: int = 0

    def __post_init__(self) -> None:
        if self.tail < 0:
            raise NegativeDays(what=f"{self.predecessor} → {self.successor}", days=self.tail)
        if self.tail and self.gate is Gate.ACCEPT:
            raise TailOnAcceptance(predecessor=self.predecessor, successor=self.successor)


Row = tuple[int, int, int, int, list[int], list[tuple[int, int]]]
"""One step for the passes: its place, nominal preparation, nominal length and care; then the steps that wait
for it, at accept gates as places, at issue gates as (place, tail)."""


@dataclass(frozen=True)
class Problem:
    """A project to plan, checked when built.

    ``targets`` are the headline steps; those this project does not have are passed over.
    ``today``, when given, holds back whatever has not happened yet.
    ``rows`` are the same as index arrays in topological order, built once for the passes in ``dates``; a
    gate in front of what has already happened is left out of them, because it holds nothing back.
    ``earliest`` is the day each step is held to without any predecessor, and ``begun`` the places of steps
    to which something has happened.

    Units: ``today`` in working days since day 0.
    Raises: StepTwice; UnknownStep; CycleFound, naming the steps of the ring.
    """

    steps: Sequence[Step]
    precedences: Sequence[Precedence]
    targets: Sequence[str] = ("construction-permit", "construction-start")
    _: KW_ONLY
    today: int | None = None
    index: dict[str, int] = field(init=False, repr=False, compare=False)
    rows: list[Row] = field(init=False, repr=False, compare=False)
    earliest: list[int] = field(init=False, repr=False, compare=False)
    begun: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        steps = tuple(self.steps)
        index = {step.key: i for i, step in enumerate(steps)}
        if len(index) < len(steps):
            raise StepTwice(step=next(step.key for i, step in enumerate(steps) if index[step.key] != i))
        set_ = object.__setattr__
        set_(self, "steps", steps)
        set_(self, "precedences", tuple(self.precedences))
        set_(self, "targets", tuple(self.targets))
        set_(self, "index", index)
        set_(self, "begun", [i for i, step in enumerate(steps) if step.began is not None])
        after, waits = self._gates()
        order = topological_order(after, waits)
        if len(order) < len(steps):
            raise CycleFound(steps=ring(self.edges()))
        if self.begun:
            _drop_settled(steps, after)
        set_(self, "rows", [_row(i, steps[i], after[i]) for i in order])
        today = max(0, self.today or 0)
        earliest = [today if step.not_before is None else max(today, step.not_before) for step in steps]
        set_(self, "earliest", earliest)

    def place(self, key: str) -> int:
        """The place of a step in ``steps``. Raises: UnknownStep."""
        try:
            return self.index[key]
        except KeyError:
            raise UnknownStep(step=key) from None

    def edges(self) -> list[tuple[str, str]]:
        """Every precedence as (predecessor, successor), for questions about the graph."""
        return [(precedence.predecessor, precedence.successor) for precedence in self.precedences]

    def _gates(self) -> tuple[list[Gates], list[int]]:
        """The gates after each step, and how many stand before it, in ``steps`` order."""
        after: list[Gates] = [([], []) for _ in self.steps]
        waits = [0] * len(after)
        index = self.index
        issue = Gate.ISSUE
        for precedence in self.precedences:
            try:
                i = index[precedence.predecessor]
                j = index[precedence.successor]
            except KeyError as unknown:
                raise UnknownStep(step=unknown.args[0]) from None
            waits[j] += 1
            if precedence.gate is issue:
                after[i][1].append((j, precedence.tail))
            else:
                after[i][0].append(j)
        return after, waits


def _row(i: int, step: Step, gates: Gates) -> Row:
    preparation = step.nominal_preparation
    return (i, preparation, preparation + step.nominal_handling, step.care, gates[0], gates[1])


def _drop_settled(steps: Sequence[Step], after: list[Gates]) -> None:
    """Take away the gates in front of an acceptance, or of a result, that has already happened."""
    for accept, issue in after:
        accept[:] = [j for j in accept if steps[j].accepted is None and steps[j].finished is None]
        issue[:] = [(j, tail) for j, tail in issue if steps[j].finished is None]
