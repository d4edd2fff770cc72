"""What a template comes to before a project is opened from it: steps, typical lengths, loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import scheduler
from approvals.rules.catalogue import PERMIT, STAGES, START, Catalogue, Matter, Precedence, Template
from approvals.rules.conditions import Finding, Test, explain, holds
from approvals.rules.facts import Facts
from approvals.rules.periods import DaysMode, Periods, periods, segments
from approvals.rules.project_facts import project_facts, values_of
from scheduler import Gate, NominalAxis, Problem, Step, dates


@dataclass(frozen=True, kw_only=True)
class PreviewStep:
    """One matter of a template under the facts the template assumes.

    Units: ``days`` are the matter's own working days; ``start`` and ``finish`` working days since day 0 of a
    nominal plan, further apart where the decision waits for another result.
    Shape: ``is_on_list`` is False where a condition leaves the matter out, for the reasons in ``because``;
    such a step has no days. ``waits_for`` are codes on the list.
    """

    matter: Matter
    periods: Periods
    is_on_list: bool
    because: tuple[Finding, ...] = ()
    waits_for: tuple[str, ...] = ()
    days: int = 0
    start: int | None = None
    finish: int | None = None
    total_float: int | None = None
    is_critical: bool = False


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A template's steps by stage, and the days to its two headline steps.

    Shape: ``loop`` names the matters that wait for each other, and then nothing has days.
    """

    template: Template
    stages: tuple[tuple[str, tuple[PreviewStep, ...]], ...]
    loop: tuple[str, ...] = ()
    permit_workdays: int | None = None
    start_workdays: int | None = None

    @property
    def steps(self) -> tuple[PreviewStep, ...]:
        """Every step, stage by stage."""
        return tuple(step for _, steps in self.stages for step in steps)


def preview(catalogue: Catalogue, code: str, mode: DaysMode = DaysMode.CLOCK) -> Preview:
    """A template's nominal plan, under the facts it assumes.

    Raises: UnknownTemplate; UnknownMatter, when the template names one the catalogue has not.
    Source: S28 (reference lengths).
    """
    template = catalogue.template(code)
    facts = values_of(project_facts(catalogue, template, {}))
    listed = {code: catalogue.matter(code) for code in template.steps}
    tests = {code: tuple(_tests(catalogue, template, code)) for code in listed}
    on_list = [code for code in listed if all(holds(test, facts) for test in tests[code])]
    edges = [
        e for e in catalogue.precedences if e.kind != "info" and {e.predecessor, e.successor} <= {*on_list}
    ]
    plan: scheduler.Dates | None = None
    loop: tuple[str, ...] = ()
    try:
        plan = dates(_problem(catalogue, template, on_list, edges, mode), NominalAxis())
    except scheduler.CycleFound:
        loop = scheduler.ring((edge.predecessor, edge.successor) for edge in edges)
    critical = {*plan.critical_path(PERMIT)} if plan else set()
    steps = {
        matter: PreviewStep(
            matter=listed[matter],
            periods=periods(listed[matter], template.override_of.get(matter)),
            is_on_list=matter in on_list,
            because=_failed(tests[matter], facts),
            waits_for=tuple(edge.predecessor for edge in edges if edge.successor == matter),
            is_critical=matter in critical,
            **(_days(plan, matter) if plan and matter in on_list else {}),
        )
        for matter in listed
    }
    return Preview(
        template=template,
        stages=_by_stage(steps),
        loop=loop,
        permit_workdays=plan.target(PERMIT) if plan else None,
        start_workdays=plan.target(START) if plan else None,
    )


def _tests(catalogue: Catalogue, template: Template, matter: str) -> Iterator[Test]:
    if matter in catalogue.condition_of:
        yield catalogue.condition_of[matter]
    override = template.override_of.get(matter)
    if override is not None and override.condition is not None:
        yield override.condition


def _failed(tests: tuple[Test, ...], facts: Facts) -> tuple[Finding, ...]:
    return tuple(finding for test in tests if not holds(test, facts) for finding in explain(test, facts))


def _problem(
    catalogue: Catalogue, template: Template, on_list: list[str], edges: list[Precedence], mode: DaysMode
) -> Problem:
    steps = [
        Step(code, segments(periods(catalogue.matter(code), template.override_of.get(code)), mode))
        for code in on_list
    ]
    return Problem(steps, [_gated(edge, template) for edge in edges], targets=(PERMIT, START))


def _gated(edge: Precedence, template: Template) -> scheduler.Precedence:
    waits_for_result = edge.gate == Gate.ISSUE or (template.mode.relax_edges and edge.relaxable)
    if not waits_for_result:
        return scheduler.Precedence(edge.predecessor, edge.successor, Gate.ACCEPT)
    tail = template.mode.issue_tail_workdays
    return scheduler.Precedence(edge.predecessor, edge.successor, Gate.ISSUE, tail)


def _days(plan: scheduler.Dates, matter: str) -> dict[str, int]:
    place = plan.problem.place(matter)
    return {
        "days": sum(segment.nominal_workdays for segment in plan.problem.steps[place].segments),
        "start": plan.start[place],
        "finish": plan.finish[place],
        "total_float": plan.total_float[place],
    }


def _by_stage(steps: Mapping[str, PreviewStep]) -> tuple[tuple[str, tuple[PreviewStep, ...]], ...]:
    stages = [*STAGES, *dict.fromkeys(s.matter.stage for s in steps.values() if s.matter.stage not in STAGES)]
    grouped = ((stage, tuple(s for s in steps.values() if s.matter.stage == stage)) for stage in stages)
    return tuple((stage, members) for stage, members in grouped if members)
