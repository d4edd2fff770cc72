"""What moved from one kept version of a plan to another, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projects.rules.plan_body import KeptPlan, KeptStep


@dataclass(frozen=True)
class StepChange:
    """One step in two versions; None on the side that does not have it.

    Units: civil days.
    """

    code: str
    old: KeptStep | None
    new: KeptStep | None

    @property
    def is_new(self) -> bool:
        """Whether the step came with the newer version."""
        return self.old is None

    @property
    def is_gone(self) -> bool:
        """Whether the newer version no longer has the step."""
        return self.new is None


@dataclass(frozen=True)
class PlanChange:
    """What is different between two versions.

    Shape: ``steps`` in the order of the newer version, those that went at the end; ``facts`` are the recorded
        facts that differ, old and new, None where one was not recorded; ``days`` and ``gates`` likewise.
    """

    steps: tuple[StepChange, ...]
    facts: Mapping[str, tuple[object, object]]
    days: tuple[str, str] | None
    gates: tuple[str, str] | None

    @property
    def is_empty(self) -> bool:
        """Whether the two versions say the same."""
        return not (self.steps or self.facts or self.days or self.gates)


def plan_change(old: KeptPlan, new: KeptPlan) -> PlanChange:
    """What moved from ``old`` to ``new``."""
    before = {step.code: step for step in old.steps}
    after = {step.code: step for step in new.steps}
    moved = [
        StepChange(code, before.get(code), step)
        for code, step in after.items()
        if code not in before or _days(before[code]) != _days(step)
    ]
    gone = [StepChange(code, step, None) for code, step in before.items() if code not in after]
    names = dict.fromkeys([*old.facts, *new.facts])
    facts = {
        name: (old.facts.get(name), new.facts.get(name))
        for name in names
        if old.facts.get(name) != new.facts.get(name)
    }
    return PlanChange(
        steps=(*moved, *gone),
        facts=facts,
        days=(old.days, new.days) if old.days != new.days else None,
        gates=(old.gates, new.gates) if old.gates != new.gates else None,
    )


def _days(step: KeptStep) -> tuple[date, date, date]:
    return step.start_on, step.accept_on, step.finish_on
