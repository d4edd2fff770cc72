"""What stands around a step: the strip before and after it, and all that waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, pgettext

from concierge.kernel import spoken
from concierge.kernel.web import language
from projects.press.charted import short_name
from projects.queries.step_file import StepFile
from projects.rules.progress import Standing, standing
from projects.rules.project_plan import PlanEdge, PlannedStep
from projects.views.step_states import pill_of

MOST_NEIGHBOURS = 1


@dataclass(frozen=True)
class Around:
    """The neighbours of one step."""

    step: StepFile

    def href_of(self, step: PlannedStep) -> str:
        """Where another step of the project is."""
        return url_for("StepView.one", project_id=self.step.file.project.id, number=step.number)

    def short(self, step: PlannedStep) -> str:
        """A step in a small space."""
        return f"{step.number} {short_name(self.step.file.catalogue.matter(step.code), language())}"

    # Before, this, after

    def nodes(self) -> list[dict[str, Any]]:
        """The strip: what decides this step's start, the step, and what it decides."""
        here = self.step.planned
        own = {"role": "here", "name": self.short(here), "note": self._note(here), "href": ""}
        before = [self._node("before", step) for step in self._neighbours(before=True)]
        after = [self._node("after", step) for step in self._neighbours(before=False)]
        return [*before, own, *after]

    def _note(self, here: PlannedStep) -> str:
        if self.step.file.is_left(here):
            return gettext("not done")
        if standing(self.step.file.plan, here) is Standing.DONE:
            return gettext("done %(day)s", day=spoken.day(here.finish_on))
        if self.step.row.accepted_on and not self.step.row.ended_on:
            return gettext("due %(day)s", day=spoken.day(here.promised_end_on))
        return gettext("expected %(day)s", day=spoken.day(here.finish_on))

    def _neighbours(self, *, before: bool) -> list[PlannedStep]:
        """The nearest steps on one side: the one that decides first, then by day."""
        plan, code = self.step.file.plan, self.step.row.code
        found = []
        for edge in plan.edges:
            if edge.gate == "info" or code != (edge.successor if before else edge.predecessor):
                continue
            other = plan.step(edge.predecessor if before else edge.successor)
            found.append((not edge.drives, -other.finish if before else other.finish, other.number, other))
        return [step for *_, step in sorted(found, key=lambda item: item[:3])[:MOST_NEIGHBOURS]]

    def _node(self, role: str, step: PlannedStep) -> dict[str, Any]:
        is_done = step.actual is not None and step.actual.finished_on is not None
        if is_done:
            note = gettext("done %(day)s", day=spoken.day(step.finish_on))
        elif self.step.file.is_left(step):
            note = gettext("not done")
        elif role == "before" or step.actual is not None:
            note = gettext("expected %(day)s", day=spoken.day(step.finish_on))
        else:
            note = gettext("planned to begin %(day)s", day=spoken.day(step.start_on))
        return {
            "role": role,
            "name": self.short(step),
            "note": note,
            "href": self.href_of(step),
            "is_done": is_done,
        }

    # What it waits for, what waits for it

    def waits(self) -> list[dict[str, Any]]:
        """What this step waits for."""
        return [
            self._edge(edge, edge.predecessor)
            for edge in self.step.file.plan.edges
            if edge.successor == self.step.row.code
        ]

    def followers(self) -> list[dict[str, Any]]:
        """What waits for this step."""
        return [
            self._edge(edge, edge.successor)
            for edge in self.step.file.plan.edges
            if edge.predecessor == self.step.row.code
        ]

    def _edge(self, edge: PlanEdge, other: str) -> dict[str, Any]:
        step = self.step.file.plan.step(other)
        gates = {
            "accept": gettext("before acceptance"),
            "issue": gettext("before the decision"),
            "info": gettext("for notice only"),
        }
        kind = {"hard": gettext("required by law"), "soft": gettext("usual order")}.get(edge.source.kind, "")
        return {
            "name": f"{step.number} {step.spoken(language())}",
            "href": self.href_of(step),
            "pill": pill_of(self.step.file, step),
            "on": None if self.step.file.is_left(step) else step.finish_on,
            "document": edge.source.result_document,
            "gate": pgettext("between clauses", ", ").join(
                filter(None, (gates[edge.gate], kind if edge.gate != "info" else ""))
            ),
            "drives": edge.drives,
            "was_relaxed": edge.was_relaxed,
        }
