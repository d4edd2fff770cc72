"""The second page of the wizard: template, facts, and the plan they make, before anything exists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext
from markupsafe import Markup

import scheduler
from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import DaysMode
from approvals.rules.wording import say as say_reason
from concierge.kernel import spoken
from concierge.kernel.errors import N_, ConciergeError
from concierge.kernel.web import language, say
from projects.press.charted import Charting, charted
from projects.press.gantt import gantt
from projects.press.legend import gantt_key
from projects.rules.draft import DraftProject
from projects.rules.expand import Expansion, expand
from projects.rules.fact_groups import GATES, SpeedUp, is_relaxed, speed_ups
from projects.rules.plan_body import serial_workdays
from projects.rules.planning import plan
from projects.rules.preparing import to_prepare, to_watch
from projects.rules.project_plan import ProjectPlan
from projects.rules.scenarios import Scenarios
from projects.rules.terms import GatesMode, PlanTerms
from projects.views.facts_fields import TypedFacts
from projects.views.facts_sheet import FactsSheet, gates_choice, said_fact
from projects.views.opening_draft import day_of, gates_of
from projects.views.words import chart_words

CHART_WIDTH = 780
COUNTED: dict[str, str] = {
    "elapsed": N_("Preparation, special procedures and promised limits (what the enterprise lives through)"),
    "clock": N_("Special procedures and promised limits"),
    "promised": N_("Promised limits only"),
    "statutory": N_("Special procedures and statutory limits"),
}
SMALL_ONLY = N_(  # as the shipped catalogue says it, so that it has a Chinese reading
    "floor area <= 10000 m2 (locally 2500-10000), height <= 24 m, no hazardous goods, on land already held; "
    "owner signs commitments"
)


@dataclass(frozen=True)
class PlanPage:
    """A draft with its plan; ``wrong`` is what could not be read, ``is_reset`` when the template changed."""

    draft: DraftProject
    catalogue: Catalogue
    calendar: scheduler.WorkCalendar
    today: date
    wrong: TypedFacts = field(default_factory=lambda: TypedFacts(own={}))
    is_reset: bool = False

    @cached_property
    def start_on(self) -> date:
        """The day the plan begins on."""
        return day_of(self.draft.word("start_on"), "start_on") or self.today

    @cached_property
    def target_on(self) -> date | None:
        """The day the permit is wanted."""
        return day_of(self.draft.word("target_on"), "target_on")

    @cached_property
    def terms(self) -> PlanTerms:
        """How the plan is counted."""
        return PlanTerms(
            start_on=self.start_on,
            days=DaysMode(self.draft.days),
            gates=gates_of(self.draft, self.catalogue),
            today=max(self.today, self.start_on),
        )

    @cached_property
    def expansion(self) -> Expansion:
        """The steps on the list."""
        return expand(self.catalogue, self.draft.template, self.draft.facts)

    @cached_property
    def plan(self) -> ProjectPlan:
        """The plan."""
        return plan(self.expansion, self.terms, calendar=self.calendar)

    @cached_property
    def scenarios(self) -> Scenarios:
        """The same project with one thing different."""
        return Scenarios(self.catalogue, self.draft.template, self.draft.facts, self.terms, self.calendar)

    @cached_property
    def sheet(self) -> FactsSheet:
        """The form of facts."""
        return FactsSheet(
            self.catalogue,
            self.draft.template,
            self.expansion.facts,
            self.draft.facts,
            self.scenarios,
            self.wrong.errors,
            self.wrong.sent,
        )

    @cached_property
    def fault(self) -> str:
        """Why no plan can be made, if none can."""
        try:
            return "" if self.plan.steps else gettext("With these facts no step of the template applies.")
        except ConciergeError as error:
            return say(error)
        except scheduler.PlanningError as error:
            return gettext(error.message, **error.facts)

    def templates(self) -> list[dict[str, Any]]:
        """The kinds of project there are, as cards."""
        return [
            {
                "value": template.code,
                "text": template.spoken(language()),
                "note": self._card_note(template.code),
            }
            for template in self.catalogue.templates
        ]

    def _card_note(self, code: str) -> str:
        template = self.catalogue.template(code)
        said = ngettext("up to %(num)s step", "up to %(num)s steps", len(template.steps))
        if template.eligibility:
            said = f"{gettext(template.eligibility)}{gettext('; ')}{said}"
        return said

    def gates(self) -> dict[str, Any]:
        """The choice of quick gates."""
        return gates_choice(self.sheet, is_on=self._is_relaxed)

    @property
    def _is_relaxed(self) -> bool:
        return is_relaxed(self.catalogue.template(self.draft.template), self.terms.gates)

    def counted(self) -> list[dict[str, str]]:
        """The ways of counting days."""
        return [{"value": value, "text": gettext(name)} for value, name in COUNTED.items()]

    def figures(self) -> list[dict[str, Any]]:
        """The figures under the headline."""
        workdays, made = gettext("working days"), self.plan
        departments = len({step.department for step in made.steps})
        found = [
            {
                "term": gettext("Steps on the list"),
                "value": len(made.steps),
                "unit": ngettext("with %(num)s body", "with %(num)s bodies", departments),
            }
        ]
        length = made.workdays_to_start if made.workdays_to_permit is None else made.workdays_to_permit
        if length is not None:
            found.append({"term": gettext("Side by side"), "value": length, "unit": workdays})
        serial = serial_workdays(made)
        if serial is not None:
            found.append({"term": gettext("One after another"), "value": serial, "unit": workdays})
        if self.margin is not None and self.target_on is not None:
            late = self.margin < 0
            term = gettext("To the target %(day)s", day=spoken.day(self.target_on))
            unit = gettext("working days past it") if late else gettext("working days of margin")
            found.append({"term": term, "value": abs(self.margin), "unit": unit})
        return found

    @cached_property
    def margin(self) -> int | None:
        """How far the forecast is before the target; below zero = past it. Units: working days."""
        forecast = self.plan.permit_on or self.plan.lawful_start_on
        if forecast is None or self.target_on is None:
            return None
        if self.target_on >= forecast:
            return self.calendar.workdays_between(forecast, self.target_on)
        return -self.calendar.workdays_between(self.target_on, forecast)

    def remedies(self) -> list[str]:
        """What would bring a forecast past its target back, the strongest way first, then all together."""
        if self.margin is None or self.margin >= 0:
            return []
        now = self.scenarios.outlook().headline or 0
        open_ways = [way for way in speed_ups(self.catalogue, self.draft.template) if not self._is_on(way)]
        gains = {way.key: now - (self._outlook_with([way]) or 0) for way in open_ways}
        said = [
            self._said_remedy(way, gains[way.key])
            for way in sorted(open_ways, key=lambda way: -gains[way.key])
            if gains[way.key] > 0
        ]
        together = now - (self._outlook_with(open_ways) or 0)
        if len(said) > 1 and together > max(gains.values()):
            enough = together >= -self.margin
            said.append(
                ngettext("All together: %(num)s working day", "All together: %(num)s working days", together)
                + (gettext(", enough for the target") if enough else gettext(", not enough for the target"))
            )
        return said

    def _said_remedy(self, way: SpeedUp, gain: int) -> str:
        said = ngettext(
            "“%(way)s” gains %(num)s working day",
            "“%(way)s” gains %(num)s working days",
            gain,
            way=gettext(way.name),
        )
        return said + (gettext(", enough for the target") if gain >= -(self.margin or 0) else "")

    def _is_on(self, way: SpeedUp) -> bool:
        return self._is_relaxed if way.key == GATES else bool(self.expansion.value(way.fact))

    def _outlook_with(self, ways: list[SpeedUp]) -> int | None:
        facts = {way.fact: True for way in ways if way.fact}
        relaxed = next((way.having for way in ways if isinstance(way.having, GatesMode)), None)
        return self.scenarios.outlook(facts, gates=relaxed).headline

    def chart(self) -> Markup:
        """The plan as a compact Gantt chart, as far as the start of construction."""
        made = charted(
            self.plan,
            Charting(catalogue=self.catalogue, translate=gettext, lang=language(), target_on=self.target_on),
        )
        steps = tuple(step for step in made.steps if step.stage != "acceptance")
        marks = tuple(mark for mark in made.milestones if any(s.number == mark.number for s in steps))
        sketch = replace(made, steps=steps, milestones=marks)
        drawing = gantt(sketch, chart_words(), prefix="preview", width=CHART_WIDTH, is_compact=True)
        return Markup(drawing)  # noqa: S704  (our own drawing, escaped by press)

    def chart_key(self) -> Markup:
        """What the bars mean."""
        key = gantt_key(chart_words(), prefix="preview", has_provisional=self.plan.is_provisional)
        return Markup(key)  # noqa: S704  (our own drawing)

    def prepares(self) -> list[dict[str, Any]]:
        """What the enterprise must have ready first."""
        return [
            {
                "name": paper.material.spoken(language()),
                "step": f"{paper.step.number} {paper.step.spoken(language())}",
                "needed_on": paper.needed_on,
                "is_by_intermediary": paper.is_by_intermediary,
            }
            for paper in to_prepare(self.plan, self.catalogue)
        ]

    def watches(self) -> list[str]:
        """What to keep an eye on."""
        return [say_reason(reason, gettext, language()) for reason in to_watch(self.plan)]

    def recorded(self) -> list[dict[str, str]]:
        """The facts somebody recorded for this project."""
        return [said_fact(self.catalogue, self.expansion.facts[name]) for name in self.draft.facts]
