"""A question about one project: other facts, gates, days or start, a late step; and what would follow.

Nothing is kept. The question stands in the address, so that it can be bookmarked and shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

import scheduler
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid
from concierge.kernel.web import Page, actor, allowed, language, may, say
from projects.queries.asking import Asked, asked
from projects.rules.project_plan import PlanEdge, ProjectPlan
from projects.rules.scenarios import Scenarios
from projects.rules.terms import StepNotOnList, WhatIf
from projects.services.change_terms import terms_of_row
from projects.views.facts import queried_facts, query_of
from projects.views.facts_fields import PREFIX, TypedFacts, typed_facts
from projects.views.facts_sheet import FactsSheet, said_effect
from projects.views.terms import (
    FIELDS,
    TermsPage,
    counted_options,
    gates_options,
    plan_terms,
    read_terms,
    sent_terms,
)
from projects.views.what_if_difference import Difference

DELAY, RELAX, ARROW = "delay-", "relax", "~"
MOST_DELAY_WORKDAYS = 500


class GateNotRelaxable(Invalid):
    """The law wants the paper before acceptance, so nobody may ask to accept without it."""

    message = N_(
        "“%(successor)s” may not be accepted without “%(predecessor)s”: this gate cannot be relaxed."
    )


class DelayUnreadable(Invalid):
    """Something that is no number of days."""

    message = N_("“%(typed)s” is not a number of working days from 0 to %(most)s.")


@dataclass(frozen=True)
class WhatIfPage:
    """One question and its answer."""

    asked: Asked
    facts: TypedFacts
    terms: TermsPage
    what_if: WhatIf
    problems: list[dict[str, str]]

    @cached_property
    def new(self) -> ProjectPlan:
        """The plan that would follow."""
        return self.asked.planned(
            self.facts.own, plan_terms(self.terms.terms, self.asked.today), self.what_if
        )

    @cached_property
    def difference(self) -> Difference:
        """What would change."""
        return Difference(self.asked.plan, self.new)

    @cached_property
    def fault(self) -> str:
        """Why the question cannot be answered, if it cannot."""
        try:
            return "" if self.new.steps else gettext("With these facts no step of the template applies.")
        except ConciergeError as error:
            return say(error)
        except scheduler.PlanningError as error:
            return gettext(error.message, **error.facts)

    @cached_property
    def scenarios(self) -> Scenarios:
        """The same question with one thing different."""
        return Scenarios(
            self.asked.catalogue,
            self.asked.project.template,
            self.facts.own,
            plan_terms(self.terms.terms, self.asked.today),
            self.asked.calendar,
            actuals=self.asked.actuals,
            what_if=self.what_if,
            bridged=self.asked.bridged,
        )

    @cached_property
    def sheet(self) -> FactsSheet:
        """The form of facts."""
        return FactsSheet(
            self.asked.catalogue,
            self.asked.project.template,
            self.new.expansion.facts,
            self.facts.own,
            self.scenarios,
            self.facts.errors,
            self.facts.sent,
        )

    def gates(self) -> list[dict[str, Any]]:
        """The single gates that could be relaxed and hold something back, with what that gains."""
        plan = self.new
        edges = [edge for edge in plan.edges if self._is_offered(edge)]
        return [
            {
                "value": f"{edge.predecessor}{ARROW}{edge.successor}",
                "text": gettext(
                    "%(successor)s, without waiting for %(predecessor)s",
                    successor=plan.step(edge.successor).spoken(language()),
                    predecessor=plan.step(edge.predecessor).spoken(language()),
                ),
                "is_on": (edge.predecessor, edge.successor) in self.what_if.relaxed,
                "effect": self._gain(edge),
            }
            for edge in edges
        ]

    def delays(self) -> list[dict[str, Any]]:
        """The late steps of the question."""
        return [
            {"name": DELAY + code, "text": self._numbered(code), "days": days}
            for code, days in self.what_if.delays.items()
        ]

    def steps(self) -> list[dict[str, str]]:
        """The steps that could be late: those without a result."""
        return [
            {"value": step.code, "text": self._numbered(step.code)}
            for step in self.asked.plan.steps
            if (step.actual is None or step.actual.finished_on is None)
            and step.code not in self.what_if.delays
        ]

    def query(self) -> dict[str, list[str]]:
        """The address of this question."""
        project = self.asked.project
        found = query_of(self.asked, self.facts.own)
        now, asked_terms = sent_terms(terms_of_row(project)), sent_terms(self.terms.terms)
        found |= {name: asked_terms[name] for name in FIELDS if asked_terms[name] != now[name]}
        found |= {DELAY + code: [str(days)] for code, days in self.what_if.delays.items()}
        if self.what_if.relaxed:
            found[RELAX] = [ARROW.join(edge) for edge in self.what_if.relaxed]
        return found

    def href(self) -> str:
        """Where this question can be found again."""
        return url_for("WhatIfView.one", project_id=self.asked.project.id, **self.query())  # type: ignore[arg-type]

    def facts_href(self) -> str | None:
        """Where the asked facts can be recorded; none when they are as recorded."""
        query = query_of(self.asked, self.facts.own)
        if not query or not may("change", "Project"):
            return None
        return url_for("FactsView.one", project_id=self.asked.project.id, **query)  # type: ignore[arg-type]

    def terms_href(self) -> str | None:
        """Where the asked terms can be recorded; none when they are as recorded."""
        query = {name: value for name, value in self.query().items() if name in FIELDS}
        if not query or not may("change", "Project"):
            return None
        return url_for("TermsView.one", project_id=self.asked.project.id, **query)  # type: ignore[arg-type]

    def _numbered(self, code: str) -> str:
        step = self.asked.plan.step(code)
        return f"{step.number} {step.spoken(language())}"

    def _is_offered(self, edge: PlanEdge) -> bool:
        if (edge.predecessor, edge.successor) in self.what_if.relaxed:
            return True
        successor = self.new.step(edge.successor)
        may_gain = edge.drives and successor.leads_to_headline and successor.actual is None
        return edge.source.relaxable and edge.gate == "accept" and may_gain

    def _gain(self, edge: PlanEdge) -> dict[str, Any]:
        pair = (edge.predecessor, edge.successor)
        return said_effect(self.scenarios.effect_of_relaxing(pair))


class WhatIfView(Page):
    """What would follow, before anything is saved."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/what-if")
    @allowed("show")
    def one(self, project_id: int) -> Any:
        """A question and its answer."""
        page = _page(project_id, request.args, None)
        return self.show(
            "projects/what_if.html",
            page=page,
            sheet=page.sheet if not page.fault else None,
            project=page.asked.project,
            gates=gates_options(),
            counted=counted_options(),
        ), 422 if page.problems else 200

    @expose("/<int:project_id>/what-if", methods=["POST"])
    @allowed("show")
    def ask(self, project_id: int) -> Any:
        """Bring what a form says into an address; what cannot be read is told on the spot."""
        page = _page(project_id, request.form, request.form)
        if page.problems:
            return self.show(
                "projects/what_if.html",
                page=page,
                sheet=page.sheet if not page.fault else None,
                project=page.asked.project,
                gates=gates_options(),
                counted=counted_options(),
            ), 422
        return redirect(page.href())


def _page(project_id: int, args: MultiDict[str, str], form: MultiDict[str, str] | None) -> WhatIfPage:
    it = asked(db.session, project_id, actor(), today=clock.today())
    facts = queried_facts(args, it) if form is None else typed_facts(form, it.catalogue, it.project.template)
    terms = read_terms(args, it)
    problems = [{"field": PREFIX + name, "message": said} for name, said in facts.errors.items()]
    problems += terms.problems
    what_if = WhatIf(delays=_delays(args, it, problems), relaxed=_relaxed(args, it, problems))
    return WhatIfPage(it, facts, terms, what_if, problems)


def _delays(args: MultiDict[str, str], it: Asked, problems: list[dict[str, str]]) -> Mapping[str, int]:
    typed = {key.removeprefix(DELAY): args[key] for key in args if key.startswith(DELAY)}
    if args.get("delay_step"):
        typed[args["delay_step"]] = args.get("delay_days", "")
    found = {}
    for code, text in typed.items():
        try:
            if code not in {step.code for step in it.plan.steps}:
                raise StepNotOnList(step=code[:60], field="delay_step")
            days = _days(text)
        except Invalid as error:
            problems.append({"field": "delay_days", "message": say(error)})
            continue
        if days:
            found[code] = days
    return found


def _days(text: str) -> int:
    typed = text.strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5 and int(typed) <= MOST_DELAY_WORKDAYS):
        raise DelayUnreadable(typed=typed[:20], most=MOST_DELAY_WORKDAYS, field="delay_days")
    return int(typed)


def _relaxed(
    args: MultiDict[str, str], it: Asked, problems: list[dict[str, str]]
) -> tuple[tuple[str, str], ...]:
    relaxable = {(edge.predecessor, edge.successor) for edge in it.catalogue.precedences if edge.relaxable}
    found = []
    for text in dict.fromkeys(args.getlist(RELAX)):
        try:
            found.append(_edge(text, relaxable))
        except GateNotRelaxable as error:
            problems.append({"field": RELAX, "message": say(error)})
    return tuple(found)


def _edge(text: str, relaxable: AbstractSet[tuple[str, str]]) -> tuple[str, str]:
    predecessor, _, successor = text[:120].partition(ARROW)
    if (predecessor, successor) not in relaxable:
        raise GateNotRelaxable(predecessor=predecessor, successor=successor, field=RELAX)
    return predecessor, successor
