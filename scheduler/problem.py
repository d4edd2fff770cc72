"""What is to be planned: steps, what each waits for, and the headline steps whose dates everyone watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum

from scheduler.errors import (
    ActualsOutOfOrder,
    CycleFound,
    NegativeDays,
    SegmentsOutOfOrder,
    StepTwice,
    TailOnAcceptance,
    UnknownStep,
)
from scheduler.graph import ring, topological_order
from scheduler.period import Basis, Segment


class Gate(StrEnum):
    """关口: what a predecessor holds back.

    Source: rules.md PR-6, DF-15.
    """

    ACCEPT = "accept"
    """The successor is accepted no earlier than the predecessor's result."""
    ISSUE = "issue"
    """The successor may run beside; only its decision waits."""


@dataclass(frozen=True, slots=True)
class Step:
    """One matter for one project, as the planner sees it.

    ``started`` (preparation began), ``accepted`` and ``finished`` are what has happened; they stay where they are.
    ``not_before`` holds back a step that has not started.

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
    preparation: tuple[Segment, ...] = field(init=False, repr=False, compare=False)
    handling: tuple[Segment, ...] = field(init=False, repr=False, compare=False)
    nominal_preparation: int = field(init=False, repr=False, compare=False)
    nominal_handling: int = field(init=False, repr=False, compare=False)
    is_mixed: bool = field(init=False, repr=False, compare=False)
    has_actuals: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        actuals = [day for day in (self.started, self.accepted, self.finished) if day is not None]
        if actuals != sorted(actuals):
            raise ActualsOutOfOrder(step=self.key)
        segments = tuple(self.segments)
        cut = 0
        while cut < len(segments) and segments[cut].kind == "preparation":
            cut += 1
        preparation, handling = segments[:cut], segments[cut:]
        if any(segment.kind == "preparation" for segment in handling):
            raise SegmentsOutOfOrder(step=self.key)
        derived = {
            "segments": segments,
            "preparation": preparation,
            "handling": handling,
            "nominal_preparation": sum(segment.nominal_workdays for segment in preparation),
            "nominal_handling": sum(segment.nominal_workdays for segment in handling),
            "is_mixed": any(segment.basis is Basis.CALENDAR for segment in segments),
            "has_actuals": bool(actuals),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)


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


Row = tuple[
    int, int, int, int, int, list[int], list[tuple[int, int]], list[int], list[tuple[int, int]]
]
"""One step in ``Problem.rows``: place; earliest day it may start; nominal preparation; nominal length; care (0 plain,
1 calendar days inside, 2 something has happened); then who it waits for and who waits for it, accept gates as places,
issue gates as (place, tail). A gate in front of what has already happened is left out: it holds nothing back."""


@dataclass(frozen=True)
class Problem:
    """A project to plan, checked when built.

    ``targets`` are the headline steps; those this project does not have are passed over.
    ``today``, when given, holds back whatever has not happened yet.
    ``rows`` are the steps as index arrays in topological order, built once for the passes in ``dates``; ``begun``
    the places of steps to which something has happened.

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
        set_(self, "begun", [i for i, step in enumerate(steps) if step.has_actuals])
        set_(self, "rows", self._compiled())

    def place(self, key: str) -> int:
        """The place of a step in ``steps``. Raises: UnknownStep."""
        try:
            return self.index[key]
        except KeyError:
            raise UnknownStep(step=key) from None

    def edges(self) -> list[tuple[str, str]]:
        """Every precedence as (predecessor, successor), for questions about the graph."""
        return [(precedence.predecessor, precedence.successor) for precedence in self.precedences]

    def _compiled(self) -> list[Row]:
        steps = self.steps
        successors: list[list[int]] = [[] for _ in steps]
        waits = [0] * len(steps)
        accept_before: list[list[int]] = [[] for _ in steps]
        issue_before: list[list[tuple[int, int]]] = [[] for _ in steps]
        accept_after: list[list[int]] = [[] for _ in steps]
        issue_after: list[list[tuple[int, int]]] = [[] for _ in steps]
        index = self.index
        issue = Gate.ISSUE
        for precedence in self.precedences:
            try:
                i = index[precedence.predecessor]
                j = index[precedence.successor]
            except KeyError as unknown:
                raise UnknownStep(step=unknown.args[0]) from None
            successors[i].append(j)
            waits[j] += 1
            if precedence.gate is issue:
                issue_before[j].append((i, precedence.tail))
                issue_after[i].append((j, precedence.tail))
            else:
                accept_before[j].append(i)
                accept_after[i].append(j)
        order = topological_order(successors, waits)
        if len(order) < len(steps):
            raise CycleFound(steps=ring(self.edges()))
        earliest = max(0, self.today or 0)
        rows: list[Row] = []
        for j in order:
            step = steps[j]
            held = step.not_before
            preparation = step.nominal_preparation
            rows.append(
                (
                    j,
                    earliest if held is None or held < earliest else held,
                    preparation,
                    preparation + step.nominal_handling,
                    2 if step.has_actuals else 1 if step.is_mixed else 0,
                    accept_before[j],
                    issue_before[j],
                    accept_after[j],
                    issue_after[j],
                )
            )
            if step.has_actuals:
                _drop_settled(j, step, accept_before, issue_before, accept_after, issue_after)
        return rows


def _drop_settled(
    j: int,
    step: Step,
    accept_before: list[list[int]],
    issue_before: list[list[tuple[int, int]]],
    accept_after: list[list[int]],
    issue_after: list[list[tuple[int, int]]],
) -> None:
    """Take away the gates in front of an acceptance, or of a result, that has already happened."""
    if step.accepted is not None or step.finished is not None:
        for i in accept_before[j]:
            accept_after[i].remove(j)
        accept_before[j].clear()
    if step.finished is not None:
        for i, tail in issue_before[j]:
            issue_after[i].remove((j, tail))
        issue_before[j].clear()
