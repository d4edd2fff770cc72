"""What happened in the demonstration county: projects lived as first planned, but for what is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules.catalogue import Catalogue
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from projects.rules.progress import OWNERS
from projects.rules.project_plan import PlannedStep, ProjectPlan
from projects.rules.stop_bases import usual_basis
from scheduler import Period, Segment

COUNTY_RULE = "青禾县工程建设项目并联审批管理规定第十九条"
"""What the invented county writes where only a local rule can say."""
PROCEDURE = "按规定开展特别程序，所需时间不计入办理时限"


@dataclass(frozen=True)
class Happening:
    """One act about one step on one day.

    Shape: ``place`` is that of its step in an order in which whatever a step waits for stands before it;
        ``is_silence`` is an acceptance nobody declared.
    """

    on: date
    place: int
    code: str
    act: Act
    is_silence: bool = False


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """How a special procedure of a matter is recorded: its kind, and who decides it."""

    kind: StopKind
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of one project besides its plan.

    Shape: ``instead`` replaces all that the plan says of a step, ``besides`` comes on top; both hold rows of
        the demonstration's file, by step.
    """

    instead: Mapping[str, Sequence[Mapping[str, Any]]]
    besides: Mapping[str, Sequence[Mapping[str, Any]]]


def happenings(
    lived: ProjectPlan,
    told: Told,
    procedures: Mapping[str, Procedure],
    catalogue: Catalogue,
    today: date,
) -> list[Happening]:
    """What has happened to a project by today, day by day, what a step waits for before it."""
    found = []
    for place, step in enumerate(_in_order(lived)):
        teller = _Teller(step, place, catalogue)
        if step.code in told.instead:
            found += [teller.told(row) for row in told.instead[step.code]]
        else:
            found += teller.as_planned(lived, procedures.get(step.code))
        found += [teller.told(row) for row in told.besides.get(step.code, ())]
    return sorted((one for one in found if one.on <= today), key=lambda one: (one.on, one.place))


def _in_order(lived: ProjectPlan) -> list[PlannedStep]:
    """The steps so that whatever a step waits for stands before it."""
    import networkx as nx  # slow to load, and only the demonstration asks it

    graph = nx.DiGraph(lived.dates.problem.edges())
    graph.add_nodes_from(step.code for step in lived.steps)
    on_list = {step.code: step for step in lived.steps}
    return [on_list[code] for code in nx.lexicographical_topological_sort(graph) if code in on_list]


@dataclass(frozen=True)
class _Teller:
    """Tells the acts of one step."""

    step: PlannedStep
    place: int
    catalogue: Catalogue

    def as_planned(self, lived: ProjectPlan, procedure: Procedure | None) -> Iterator[Happening]:
        """The moves of a plan; what only waits for its decision is begun in time, not on the first day."""
        begun, finished, calendar = self.step.start_by_on, self.step.finish_on, lived.calendar
        if begun is None or finished is None or calendar is None:
            return
        preparing = sum(segment.days for segment in self.step.segments if segment.kind == "preparation")
        accepted = min(calendar.add_workdays(begun, preparing), finished)
        if accepted > begun:
            yield self._one(begun, Act(Move.PREPARE, begun))
        yield self._one(accepted, Act(Move.ACCEPT, accepted))
        special = self._special()
        if special is not None and procedure is not None:
            first = calendar.next_workday(accepted)
            last = min(calendar.due_on(accepted, Period(special.days, special.basis)), finished)
            if first <= last:
                yield self._one(first, self._stop(first, last, procedure))
                yield self._one(last, Act(Move.RESUME, last, stop=procedure.kind))
        yield self._one(finished, Act(Move.PASS, finished))

    def told(self, row: Mapping[str, Any]) -> Happening:
        """One row of the file: ``move``, ``day`` and whatever the act says besides."""
        if row["move"] == "silence":
            return Happening(row["day"], self.place, self.step.code, Act(Move.ACCEPT, row["day"]), True)
        kind = StopKind(row["kind"]) if "kind" in row else None
        move = Move(row["move"])
        act = Act(
            move,
            row["day"],
            basis=row.get("basis", self._basis(kind) if move is Move.STOP else ""),
            reason=row.get("reason", ""),
            number=row.get("number", ""),
            decided_by=row.get("by", self._department),
            stop=kind,
            planned_last_on=row.get("until"),
            workdays=row.get("days", 0),
        )
        return self._one(row["day"], act)

    def _special(self) -> Segment | None:
        if self.step.department in OWNERS:
            return None
        return next((one for one in self.step.segments if one.kind == "special" and one.days), None)

    def _stop(self, first: date, last: date, procedure: Procedure) -> Act:
        return Act(
            Move.STOP,
            first,
            basis=self._basis(procedure.kind),
            reason=PROCEDURE,
            number=f"特程〔{first.year}〕{first.month:02d}{self.step.number}号",
            decided_by=procedure.decided_by or self._department,
            stop=procedure.kind,
            planned_last_on=last,
        )

    def _basis(self, kind: StopKind | None) -> str:
        return (usual_basis(kind, self.step.code) if kind is not None else "") or COUNTY_RULE

    @property
    def _department(self) -> str:
        found = self.catalogue.department_of.get(self.step.department)
        return found.name_zh if found is not None else self.step.department

    def _one(self, on: date, act: Act) -> Happening:
        return Happening(on, self.place, self.step.code, act)
