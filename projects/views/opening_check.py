"""The last page of the wizard: everything once more, and why each step is on the list or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from approvals.rules.catalogue import STAGES
from approvals.rules.wording import Reason
from approvals.rules.wording import say as say_reason
from concierge.kernel.web import language
from projects.press.charted import STAGE_NAMES, length_text, owner_name
from projects.rules.explain import chain_of, render
from projects.views.opening_officers import OfficersPage
from projects.views.opening_plan import PlanPage


@dataclass(frozen=True)
class CheckPage:
    """A draft, its plan and its officers, ready to be opened."""

    page: PlanPage
    officers: OfficersPage

    def stages(self) -> list[dict[str, Any]]:
        """The steps by stage, each with why it is on the list and why its dates are what they are."""
        groups = []
        for stage in STAGES:
            rows = [self._row(step) for step in self.page.plan.steps if step.stage == stage]
            if rows:
                groups.append({"name": gettext(STAGE_NAMES[stage]), "rows": rows})
        return groups

    def left_out(self) -> list[dict[str, str]]:
        """The matters of the template that this project does not need, and why."""
        return [
            {"name": item.matter.spoken(language()), "because": said_reasons(item.because)}
            for item in self.page.expansion.left_out
        ]

    def _row(self, step: Any) -> dict[str, Any]:
        draft, catalogue = self.page.expansion.step(step.code), self.page.catalogue
        return {
            "number": step.number,
            "name": step.spoken(language()),
            "owner": owner_name(catalogue.department_of.get(step.department), step.department, language()),
            "length": length_text(step.segments, gettext),
            "start_on": step.start_on,
            "finish_on": step.finish_on,
            "is_critical": step.code in self.page.plan.critical_path,
            "because": said_reasons(draft.because) if draft else "",
            "why": render(chain_of(self.page.plan, step.code, catalogue), gettext, language()),
        }


def said_reasons(reasons: tuple[Reason, ...]) -> str:
    """The facts that put a step on the list, or kept it off."""
    return gettext("; ").join(say_reason(reason, gettext, language()) for reason in reasons)
