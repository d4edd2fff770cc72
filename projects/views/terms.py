"""The start, the target and the way of counting of a project, changed after a look at what that does."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from approvals.rules.periods import DaysMode
from concierge.kernel import clock, merging, spoken
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, say
from projects.queries.asking import Asked, asked
from projects.rules.checked_terms import checked_days
from projects.rules.terms import GatesMode, PlanTerms
from projects.services.change_terms import Terms, TermsOvertaken, change_terms, terms_of_row
from projects.views.opening_draft import NotGiven, day_of
from projects.views.opening_plan import COUNTED
from projects.views.what_if_difference import Difference

GATES: dict[str, str] = {
    "template": N_("As the template has it"),
    "normal": N_("Usual order: each waits for the paper before it"),
    "relaxed": N_("Relaxed: reviews run side by side, only decisions wait"),
}
FIELDS = ("start_on", "target_on", "gates", "days")


@dataclass(frozen=True)
class TermsPage:
    """A project's terms as typed, and what they do to its plan."""

    asked: Asked
    typed: MultiDict[str, str]
    terms: Terms
    problems: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Whether anything would change."""
        return self.terms != terms_of_row(self.asked.project)

    @cached_property
    def difference(self) -> Difference:
        """What the change does."""
        return Difference(self.asked.plan, self.asked.planned(terms=plan_terms(self.terms, self.asked.today)))

    @property
    def changed(self) -> list[dict[str, str]]:
        """The terms that would change, old and new as people read them."""
        labels, old, new = _labels(), terms_of_row(self.asked.project), self.terms
        return [
            {"name": labels[name], "old": said_term(name, old), "new": said_term(name, new)}
            for name in FIELDS
            if getattr(old, name) != getattr(new, name)
        ]

    def error(self, name: str) -> str | None:
        """What is wrong with one field."""
        return next((one["message"] for one in self.problems if one["field"] == name), None)

    def opened(self) -> str:
        """How the terms stood, for the hidden field."""
        return merging.packed(sent_terms(terms_of_row(self.asked.project)))


class TermsView(Page):
    """From when to when a project is planned, and how its days and gates count."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/terms")
    @allowed("change")
    def one(self, project_id: int) -> Any:
        """The terms as they are, or as a what-if asks for them in the address."""
        it = asked(db.session, project_id, actor(), today=clock.today())
        return self._shown(read_terms(request.args, it), opened=None)

    @expose("/<int:project_id>/terms", methods=["POST"])
    @allowed("change")
    def change(self, project_id: int) -> Any:
        """Show what a change would do; make it once that has been seen."""
        it = asked(db.session, project_id, actor(), today=clock.today())
        form = merging.taken(request.form)
        page = read_terms(form, it)
        seen = form.get("previewed") == merging.packed(sent_terms(page.terms))
        if form.get("do") != "apply" or page.problems or not seen:
            return self._shown(page, form.get("opened")), 422 if page.problems else 200
        opened = merging.unpacked(form.get("opened") or "", FIELDS)
        try:
            change_terms(project_id, page.terms, opened=_terms_from(opened), by=actor())
        except TermsOvertaken as overtaken:
            return self._merge(page, opened, overtaken.facts["now"])
        except Missing:
            raise
        except ConciergeError as error:
            page.problems.append({"field": str(error.facts.get("field", "")), "message": say(error)})
            return self._shown(page, form.get("opened")), error.status
        flash(gettext("The dates are recorded. The plan is being made again."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id))

    def _shown(self, page: TermsPage, opened: str | None) -> str:
        return self.show(
            "projects/facts_terms.html",
            page=page,
            project=page.asked.project,
            gates=gates_options(),
            counted=counted_options(),
            opened=opened or page.opened(),
            previewed=merging.packed(sent_terms(page.terms)),
        )

    def _merge(self, page: TermsPage, opened: dict[str, list[str]], now: Terms) -> Any:
        yours, present = sent_terms(page.terms), sent_terms(now)
        different = merging.differences(
            _labels(),
            opened=opened,
            opened_read={name: _said_sent(name, values) for name, values in opened.items()},
            now=merging.Side(present, {name: said_term(name, now) for name in FIELDS}),
            yours=merging.Side(yours, {name: said_term(name, page.terms) for name in FIELDS}),
        )
        named = {difference.name for difference in different}
        kept = [(name, value) for name in FIELDS if name not in named for value in yours[name]]
        kept += [("opened", merging.packed(present)), ("do", "preview")]
        project = page.asked.project
        return (
            self.render_template(
                "concierge/crud/merge.html",
                title=gettext("Dates of %(project)s", project=project.name),
                differences=different,
                kept=kept,
                action=url_for("TermsView.change", project_id=project.id),
                back=url_for("TermsView.one", project_id=project.id),
            ),
            409,
        )


def read_terms(typed: MultiDict[str, str], it: Asked) -> TermsPage:
    """The terms as somebody typed them; what is not given stays as it is, what is wrong is told."""
    terms, problems = terms_of_row(it.project), []
    for name in FIELDS:
        if name not in typed:
            continue
        try:
            terms = replace(terms, **{name: _read(name, typed.get(name, "").strip())})
        except Invalid as error:
            problems.append({"field": name, "message": say(error)})
    try:
        checked_days(terms.start_on, terms.target_on, it.calendar)
    except Invalid as error:
        problems.append({"field": str(error.facts["field"]), "message": say(error)})
        terms = replace(terms, start_on=it.project.start_on, target_on=it.project.target_on)
    return TermsPage(it, typed, terms, problems)


def plan_terms(terms: Terms, today: date) -> PlanTerms:
    """The terms as the planner takes them."""
    return PlanTerms(
        start_on=terms.start_on, days=terms.days, gates=terms.gates, today=max(today, terms.start_on)
    )


def sent_terms(terms: Terms) -> dict[str, list[str]]:
    """What a form would send for these terms."""
    return {name: ["" if value is None else str(value)] for name, value in asdict(terms).items()}


def said_term(name: str, terms: Terms) -> str:
    """One of the terms as people read it."""
    return _said(getattr(terms, name))


def _said(value: GatesMode | DaysMode | date | None) -> str:
    if isinstance(value, GatesMode):
        return gettext(GATES[value.value])
    if isinstance(value, DaysMode):
        return gettext(COUNTED[value.value])
    return spoken.day_full(value)


def gates_options() -> list[dict[str, str]]:
    """The ways of treating gates."""
    return [{"value": value, "text": gettext(name)} for value, name in GATES.items()]


def counted_options() -> list[dict[str, str]]:
    """The ways of counting days."""
    return [{"value": value, "text": gettext(name)} for value, name in COUNTED.items()]


def _read(name: str, text: str) -> Any:
    if name == "gates":
        return _one_of(GatesMode, text, name)
    if name == "days":
        return _one_of(DaysMode, text, name)
    day = day_of(text, name)
    if day is None and name == "start_on":
        raise NotGiven(what=gettext("start"), field=name)
    return day


def _one_of(kind: Any, text: str, name: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise Invalid(field=name) from None


def _terms_from(sent: dict[str, list[str]]) -> Terms:
    """The terms a hidden field holds.

    Raises: Invalid, when it was tampered with.
    """
    try:
        start_on, target = sent["start_on"][0], sent["target_on"][0]
        return Terms(
            start_on=typed_day(start_on, "start_on"),
            target_on=typed_day(target, "target_on") if target else None,
            gates=GatesMode(sent["gates"][0]),
            days=DaysMode(sent["days"][0]),
        )
    except (KeyError, IndexError, ValueError):
        raise Invalid(field="start_on") from None


def _said_sent(name: str, values: list[str]) -> str:
    text = values[0] if values else ""
    try:
        return _said(_read(name, text)) if text else "—"
    except Invalid:
        return text


def _labels() -> dict[str, str]:
    return {
        "start_on": gettext("Starts on"),
        "target_on": gettext("Target for the permit"),
        "gates": gettext("Gates"),
        "days": gettext("How days count"),
    }
