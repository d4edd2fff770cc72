"""What an enterprise must have ready first, and what whoever plans should keep an eye on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from approvals.rules.catalogue import Catalogue, Material
from approvals.rules.wording import Reason
from concierge.kernel.errors import N_
from projects.rules.explain import numbered
from projects.rules.papers import OWNERS_OWN
from projects.rules.progress import OWNERS
from projects.rules.project_plan import PlannedStep, ProjectPlan
from scheduler import Basis

LONG_NOTICE_DAYS = 10
MOST_PREPARATIONS = 3

NOTICE_STANDS = N_("%(step)s: %(days)s calendar days laid down by law, cannot be shortened")
OWNER_DECIDES = N_("%(step)s is on the critical path and in the enterprise's hands")
HIRED_DECIDE = N_("%(step)s is on the critical path and in the hands of those the enterprise hires")
YEAR_IS_PROVISIONAL = N_("the holidays of %(years)s are not announced yet, so these dates are provisional")
PREPARES_LONG = N_("%(step)s: the enterprise prepares for %(days)s working days before it can be filed")


@dataclass(frozen=True, kw_only=True)
class ToPrepare:
    """One paper the enterprise brings, the step that needs it first, and the day it must be there.

    Units: a civil day, the forecast acceptance of the step.
    """

    material: Material
    step: PlannedStep
    needed_on: date
    is_by_intermediary: bool


def to_prepare(plan: ProjectPlan, catalogue: Catalogue, *, count: int = 6) -> list[ToPrepare]:
    """The first papers the enterprise must bring itself or order from an intermediary, the earliest first.

    Shape: each paper once, at the first step on the way to a headline that asks for it; none of steps already
        accepted.
    """
    found: list[ToPrepare] = []
    told: set[str] = set()
    waiting = [
        step
        for step in plan.steps
        if step.leads_to_headline and (step.actual is None or step.actual.accepted_on is None)
    ]
    for step in sorted(waiting, key=lambda step: (step.accept, step.number)):
        for material in catalogue.materials_of.get(step.code, ()):
            if material.origin not in OWNERS_OWN or material.code in told or step.accept_on is None:
                continue
            told.add(material.code)
            found.append(
                ToPrepare(
                    material=material,
                    step=step,
                    needed_on=step.accept_on,
                    is_by_intermediary=material.origin == "intermediary",
                )
            )
    return found[:count]


def to_watch(plan: ProjectPlan) -> list[Reason]:
    """What could cost time and is easily overlooked: notices, the enterprise's critical steps, open years."""
    return [*_notices(plan), *_own_critical(plan), *_preparations(plan), *_open_years(plan)]


def _notices(plan: ProjectPlan) -> Iterator[Reason]:
    for step in plan.steps:
        days = sum(s.days for s in step.segments if s.kind == "special" and s.basis is Basis.CALENDAR)
        if days >= LONG_NOTICE_DAYS and step.leads_to_headline:
            yield Reason("notice", NOTICE_STANDS, {"step": numbered(step), "days": days})


def _own_critical(plan: ProjectPlan) -> Iterator[Reason]:
    for code in plan.critical_path:
        step = plan.step(code)
        if step.department in OWNERS and step.finish > step.start:
            message = OWNER_DECIDES if step.department == "ENT" else HIRED_DECIDE
            yield Reason("own_critical", message, {"step": numbered(step)})


def _preparations(plan: ProjectPlan) -> list[Reason]:
    """The longest preparations on the critical path, in its order."""
    steps = [plan.step(code) for code in plan.critical_path]
    days = {step.code: sum(s.days for s in step.segments if s.kind == "preparation") for step in steps}
    long = [s for s in steps if days[s.code] >= LONG_NOTICE_DAYS and s.department not in OWNERS]
    kept = sorted(long, key=lambda step: -days[step.code])[:MOST_PREPARATIONS]
    return [
        Reason("prepares_long", PREPARES_LONG, {"step": numbered(step), "days": days[step.code]})
        for step in long
        if step in kept
    ]


def _open_years(plan: ProjectPlan) -> Iterator[Reason]:
    if plan.calendar is None or not plan.is_provisional:
        return
    years = sorted({step.finish_on.year for step in plan.steps if step.finish_on and step.leads_to_headline})
    begins = min((step.start_on.year for step in plan.steps if step.start_on), default=0)
    open_years = tuple(
        str(year) for year in range(begins, (years or [begins])[-1] + 1) if plan.calendar.is_provisional(year)
    )
    yield Reason("provisional", YEAR_IS_PROVISIONAL, {"years": open_years})
