"""What one choice does to a project: planned with it and without it, as far as the two headline days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import scheduler
from approvals.rules.catalogue import PERMIT, START, Catalogue
from approvals.rules.conditions import attributes_of, holds
from approvals.rules.facts import Facts
from approvals.rules.project_facts import ProjectFact, project_facts, values_of
from projects.rules.expand import Expansion, StepDraft
from projects.rules.graph import Circumstances, frame_of
from projects.rules.terms import Actual, GatesMode, PlanTerms, WhatIf

STAGED_PERMIT = "foundation-stage-permit"
WORKS_FACT = "construction_working_days"


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The short answer of a plan: which steps, and how far away the two headline days are.

    Units: working days since day 0, None where the project has no such step.
    Shape: ``groundwork`` is the staged permit.
    """

    steps: tuple[str, ...]
    permit: int | None
    start: int | None
    groundwork: int | None

    @property
    def headline(self) -> int | None:
        """The permit, or the start of construction where there is no permit."""
        return self.start if self.permit is None else self.permit


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What having a choice does, against not having it.

    Units: working days, below zero = earlier; ``groundwork_workdays`` is how long before the permit a staged
        one lets the groundwork begin.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    permit_workdays: int = 0
    start_workdays: int = 0
    groundwork_workdays: int = 0

    @property
    def steps(self) -> int:
        """How many steps more, or fewer below zero."""
        return len(self.added) - len(self.removed)

    @property
    def is_none(self) -> bool:
        """Whether it changes nothing at all."""
        return not (self.added or self.removed or self.permit_workdays or self.start_workdays)


class Scenarios:
    """One project's template, facts, terms and calendar, planned again and again with one thing different.

    Two lists of the same steps wait for each other in the same way, so each list is counted once. A headline
    here is to the day the one of ``planning.plan``: both ask the same problem of the same planner.
    """

    def __init__(  # noqa: PLR0913  (all that a plan is made from)
        self,
        catalogue: Catalogue,
        template: str,
        facts: Mapping[str, object],
        terms: PlanTerms,
        calendar: scheduler.WorkCalendar | None = None,
        *,
        actuals: Sequence[Actual] = (),
        what_if: WhatIf | None = None,
        bridged: Collection[tuple[str, str]] = (),
    ) -> None:
        self.catalogue, self.template, self.facts, self.terms = catalogue, template, dict(facts), terms
        self.asked, self.bridged = what_if or WhatIf(), bridged
        self.axis: scheduler.Axis = scheduler.NominalAxis()
        if terms.start_on is not None and calendar is not None:
            self.axis = calendar.axis(terms.start_on)
        self.actuals = {actual.step: actual for actual in actuals}
        self._of = catalogue.template(template)
        self._drafts = {
            code: StepDraft(matter=catalogue.matter(code), number="", override=self._of.override_of.get(code))
            for code in self._of.steps
        }
        self._counted: dict[object, Outlook] = {}

    def outlook(
        self,
        changed: Mapping[str, object] | None = None,
        *,
        gates: GatesMode | None = None,
        what_if: WhatIf | None = None,
    ) -> Outlook:
        """The headlines with these facts changed, other gates, or a question asked.

        Raises: UnknownFact, FactOfWrongType, scheduler.CycleFound, scheduler.OutsideCalendar.
        """
        facts = project_facts(self.catalogue, self._of, {**self.facts, **(changed or {})})
        codes = self._listed(values_of(facts))
        mode, asked = gates or self.terms.gates, what_if or self.asked
        works = facts[WORKS_FACT].value if WORKS_FACT in facts else 0
        key = (codes, works, mode, asked.relaxed, tuple(sorted(asked.delays.items())))
        if key not in self._counted:
            self._counted[key] = self._count(facts, codes, mode, asked)
        return self._counted[key]

    def effect_of(self, name: str, having: object, lacking: object) -> Effect:
        """What one value of a fact does against another, everything else as it is."""
        return effect(self.outlook({name: lacking}), self.outlook({name: having}))

    def effect_of_gates(self, having: GatesMode, lacking: GatesMode) -> Effect:
        """What one way of treating gates does against another."""
        return effect(self.outlook(gates=lacking), self.outlook(gates=having))

    def effect_of_relaxing(self, edge: tuple[str, str]) -> Effect:
        """What relaxing a single gate does."""
        asked = WhatIf(delays=self.asked.delays, relaxed=(*self.asked.relaxed, edge))
        return effect(self.outlook(), self.outlook(what_if=asked))

    def _listed(self, values: Facts) -> tuple[str, ...]:
        """The steps on the list, without the reasons ``expand`` gives: those cost most of its time."""
        found = []
        for code, draft in self._drafts.items():
            of_template = draft.override.condition if draft.override is not None else None
            tests = (self.catalogue.condition_of.get(code), of_template)
            if all(test is None or holds(test, values) for test in tests):
                found.append(code)
        return tuple(found)

    def _count(
        self, facts: Mapping[str, ProjectFact], codes: tuple[str, ...], mode: GatesMode, asked: WhatIf
    ) -> Outlook:
        there = frozenset(codes)
        expansion = Expansion(
            template=self._of,
            facts=facts,
            steps=tuple(self._drafts[code] for code in codes),
            precedences=tuple(
                e for e in self.catalogue.precedences if e.predecessor in there and e.successor in there
            ),
            left_out=(),
        )
        actuals = {code: actual for code, actual in self.actuals.items() if code in there}
        frame = frame_of(expansion, mode, asked, self.bridged)
        circumstances = Circumstances(actuals, self.terms.today, asked)
        dates = scheduler.dates(frame.problem(self.terms.days, self.axis, circumstances), self.axis)
        return Outlook(
            steps=codes,
            permit=dates.target(PERMIT),
            start=dates.target(START),
            groundwork=dates.target(STAGED_PERMIT),
        )


def effect(lacking: Outlook, having: Outlook) -> Effect:
    """What lies between two outlooks of one project."""
    there, here = set(lacking.steps), set(having.steps)
    groundwork = 0
    if having.groundwork is not None and lacking.groundwork is None and having.headline is not None:
        groundwork = max(0, having.headline - having.groundwork)
    return Effect(
        added=tuple(code for code in having.steps if code not in there),
        removed=tuple(code for code in lacking.steps if code not in here),
        permit_workdays=(having.headline or 0) - (lacking.headline or 0),
        start_workdays=(having.start or 0) - (lacking.start or 0),
        groundwork_workdays=groundwork,
    )


def deciding_facts(catalogue: Catalogue, template: str) -> frozenset[str]:
    """The facts that some step of a template, or a fact derived for it, looks at; no other changes anything.

    Raises: UnknownTemplate.
    """
    chosen = catalogue.template(template)
    tests = [catalogue.condition_of[code] for code in chosen.steps if code in catalogue.condition_of]
    tests += [override.condition for override in chosen.overrides if override.condition is not None]
    names = {name for test in tests for name in attributes_of(test)}
    for attribute in catalogue.attributes:
        rule = catalogue.derived_rule_of.get(attribute.derived_by)
        if rule is not None and attribute.name in names:
            names.update(attributes_of(rule.test))
    return frozenset(names)


def first_of(effects: Mapping[str, Effect], names: Iterable[str], count: int) -> tuple[str, ...]:
    """The choices to show first: those that move the permit most, then the start, then the list."""
    order = list(names)
    weighed = sorted(
        (name for name in order if name in effects and not effects[name].is_none),
        key=lambda name: (
            -abs(effects[name].permit_workdays),
            -abs(effects[name].start_workdays),
            -abs(effects[name].steps),
            order.index(name),
        ),
    )
    first = set(weighed[:count])
    return tuple(name for name in order if name in first)
