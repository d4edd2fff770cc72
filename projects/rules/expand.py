"""From a template and a project's facts to the steps on its list, and why each one is or is not there.

A step that does not apply is taken out with its edges. Nothing is bridged: a bridge would invent a waiting
that no law asks for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from approvals.rules.catalogue import Catalogue, Matter, Override, Precedence, Template
from approvals.rules.conditions import Finding, Test, explain, holds
from approvals.rules.facts import Attribute, Facts, FactValue, Label
from approvals.rules.periods import DaysMode, Periods, periods, segments
from approvals.rules.project_facts import ProjectFact, project_facts, values_of
from approvals.rules.wording import Reason
from concierge.kernel.errors import N_
from scheduler import Segment

_MOST_MATTERS = 4096
ALWAYS = N_("Every project of this kind has it")
FACT_IS = N_("%(fact)s: %(actual)s")
FACT_IS_NOT = N_("%(fact)s: %(actual)s, not %(value)s")
FACT_ABOVE = N_("%(fact)s %(actual)s, above %(value)s")
FACT_AT_LEAST = N_("%(fact)s %(actual)s, at least %(value)s")
FACT_BELOW = N_("%(fact)s %(actual)s, below %(value)s")
FACT_AT_MOST = N_("%(fact)s %(actual)s, not above %(value)s")
FACT_INCLUDES = N_("%(fact)s: %(value)s is there")
FACT_LACKS = N_("%(fact)s: %(value)s is not there")

_SAID = {
    "eq": FACT_IS,
    "in": FACT_IS,
    "not_empty": FACT_IS,
    "ne": FACT_IS_NOT,
    "not_in": FACT_IS_NOT,
    "gt": FACT_ABOVE,
    "gte": FACT_AT_LEAST,
    "lt": FACT_BELOW,
    "lte": FACT_AT_MOST,
    "contains": FACT_INCLUDES,
    "not_contains": FACT_LACKS,
}
_OPPOSITE = {
    "eq": "ne",
    "ne": "eq",
    "in": "not_in",
    "not_in": "in",
    "gt": "lte",
    "gte": "lt",
    "lt": "gte",
    "lte": "gt",
    "contains": "not_contains",
    "not_contains": "contains",
    "not_empty": "not_empty",
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """The tests that put a matter on a list or keep it off, and what they were put to.

    Reasons are told when somebody asks: a process keeps hundreds of lists, and few are ever explained.
    """

    tests: tuple[Test, ...]
    values: Facts
    catalogue: Catalogue

    def reasons(self) -> tuple[Reason, ...]:
        """Every fact that decided, once."""
        return tuple(_reasons(self.tests, self.values, self.catalogue))


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """One matter that this project needs, its number on the list, and the grounds it is there for.

    Shape: ``number`` is the place on the list, "01" and up.
    """

    matter: Matter
    number: str
    override: Override | None = None
    grounds: Grounds | None = field(default=None, repr=False, compare=False)
    code: str = field(init=False, repr=False, compare=False)
    """The matter's code, which is also the step's key in a plan."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", self.matter.code)

    @property
    def because(self) -> tuple[Reason, ...]:
        """The facts that put it on the list."""
        return (self.grounds.reasons() if self.grounds else ()) or (Reason("always", ALWAYS),)

    @cached_property
    def _counted(self) -> tuple[Periods, Mapping[DaysMode, tuple[Segment, ...]]]:
        return _counted(self.matter, self.override)

    @property
    def periods(self) -> Periods:
        """The stretches of this step, its template's override applied."""
        return self._counted[0]

    def segments(self, mode: DaysMode) -> tuple[Segment, ...]:
        """Its length in this mode, as the stretches that follow one another."""
        return self._counted[1][mode]


@lru_cache(maxsize=_MOST_MATTERS)
def _counted(
    matter: Matter, override: Override | None
) -> tuple[Periods, Mapping[DaysMode, tuple[Segment, ...]]]:
    """The stretches of a matter and its length in every mode, the same in every project of its kind."""
    of = periods(matter, override)
    return of, MappingProxyType({mode: segments(of, mode) for mode in DaysMode})


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """One matter of the template that this project does not need, and the grounds it is left out for."""

    matter: Matter
    grounds: Grounds | None = field(default=None, repr=False, compare=False)

    @property
    def because(self) -> tuple[Reason, ...]:
        """The facts that keep it off the list."""
        return self.grounds.reasons() if self.grounds else ()


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """The graph of one project: its steps in order, what waits for what, and what was left out.

    Shape: ``precedences`` join listed steps only, info edges included; ``facts`` holds every fact of the
    catalogue.
    """

    template: Template
    facts: Mapping[str, ProjectFact]
    steps: tuple[StepDraft, ...]
    precedences: tuple[Precedence, ...]
    left_out: tuple[LeftOut, ...]
    _by_code: Mapping[str, StepDraft] = field(init=False, repr=False, compare=False)
    frames: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Its graphs as the planner counts them, already built (``graph.frame_of``)."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", MappingProxyType({step.code: step for step in self.steps}))

    def step(self, code: str) -> StepDraft | None:
        """The step of that matter, if it is on the list."""
        return self._by_code.get(code)

    def value(self, name: str) -> FactValue:
        """The value of one fact."""
        return self.facts[name].value


def expand(catalogue: Catalogue, template_code: str, own_facts: Mapping[str, object]) -> Expansion:
    """The steps and precedences of a project of this template with these recorded facts.

    Raises: UnknownTemplate, UnknownFact, FactOfWrongType, UnknownMatter.
    """
    template = catalogue.template(template_code)
    facts = project_facts(catalogue, template, own_facts)
    values = values_of(facts)
    steps: list[StepDraft] = []
    left_out: list[LeftOut] = []
    for code in template.steps:
        matter = catalogue.matter(code)
        override = template.override_of.get(code)
        tests = _tests(catalogue, code, override)
        failed = tuple(test for test in tests if not holds(test, values))
        grounds = Grounds(failed or tests, values, catalogue) if tests else None
        if failed:
            left_out.append(LeftOut(matter=matter, grounds=grounds))
        else:
            number = f"{len(steps) + 1:02d}"
            steps.append(StepDraft(matter=matter, number=number, override=override, grounds=grounds))
    return Expansion(
        template=template,
        facts=MappingProxyType(facts),
        steps=tuple(steps),
        precedences=_between(catalogue, steps),
        left_out=tuple(left_out),
    )


def _tests(catalogue: Catalogue, code: str, override: Override | None) -> tuple[Test, ...]:
    """The catalogue's condition, and the template's own, which may only tighten it."""
    of_catalogue = catalogue.condition_of.get(code)
    of_template = override.condition if override is not None else None
    return tuple(test for test in (of_catalogue, of_template) if test is not None)


def _between(catalogue: Catalogue, steps: list[StepDraft]) -> tuple[Precedence, ...]:
    place = {step.code: position for position, step in enumerate(steps)}
    edges = [e for e in catalogue.precedences if e.predecessor in place and e.successor in place]
    return tuple(sorted(edges, key=lambda edge: (place[edge.successor], place[edge.predecessor])))


def _reasons(tests: Iterable[Test], values: Facts, catalogue: Catalogue) -> Iterator[Reason]:
    said: set[tuple[str, str]] = set()
    for test in tests:
        for finding in explain(test, values):
            reason = fact_reason(finding, catalogue.attribute_of[finding.attr])
            if (finding.attr, reason.message) not in said:
                said.add((finding.attr, reason.message))
                yield reason


def fact_reason(finding: Finding, attribute: Attribute) -> Reason:
    """One fact and how it compares, said as it is: a failed “at least 5” reads “below 5”."""
    operator = finding.op if finding.met else _OPPOSITE[finding.op]
    if isinstance(finding.actual, bool) or (operator == "lte" and finding.actual == finding.value):
        operator = "eq"  # “no, not yes” and “0, not above 0” say less than “no” and “0”
    facts = {
        "attr": finding.attr,
        "fact": Label(attribute.spoken("zh"), attribute.spoken("en")),
        "actual": _value(attribute, finding.actual),
        "value": _value(attribute, finding.value),
    }
    return Reason(f"fact_{operator}", _SAID[operator], facts)


def _value(attribute: Attribute, value: FactValue) -> Label:
    return Label(attribute.spoken_value(value, "zh"), attribute.spoken_value(value, "en"))


@dataclass(frozen=True, kw_only=True)
class ExpansionChange:
    """What a change of facts does to a project's list, before anything is saved."""

    added: tuple[StepDraft, ...]
    removed: tuple[LeftOut, ...]
    edges_added: tuple[Precedence, ...]
    edges_removed: tuple[Precedence, ...]
    facts: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the list stays as it is."""
        return not (self.added or self.removed or self.edges_added or self.edges_removed)


def expansion_change(old: Expansion, new: Expansion) -> ExpansionChange:
    """The steps and edges that come and go, each with its reason in the new facts."""
    before, after = {step.code for step in old.steps}, {step.code for step in new.steps}
    why_not = {item.matter.code: item for item in new.left_out}
    return ExpansionChange(
        added=tuple(step for step in new.steps if step.code not in before),
        removed=tuple(
            why_not.get(step.code, LeftOut(matter=step.matter))
            for step in old.steps
            if step.code not in after
        ),
        edges_added=tuple(edge for edge in new.precedences if edge not in old.precedences),
        edges_removed=tuple(edge for edge in old.precedences if edge not in new.precedences),
        facts=tuple(name for name in new.facts if new.facts[name] != old.facts.get(name)),
    )
