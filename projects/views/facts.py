"""The facts of one project: who says what, what a change would do, and the change itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from approvals.rules.facts import FactOfWrongType, FactValue
from approvals.rules.project_facts import project_facts, values_of
from concierge.kernel import clock, merging
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, say
from projects.queries.asking import Asked, asked
from projects.rules.project_plan import ProjectPlan
from projects.rules.scenarios import Scenarios
from projects.services.change_facts import FactsOvertaken, change_facts, plain_facts
from projects.views.facts_fields import (
    PREFIX,
    TypedFacts,
    hidden,
    opened_own,
    read_sent,
    said_sent,
    sent_of,
    told_of,
    typed_facts,
)
from projects.views.facts_sheet import FactsSheet
from projects.views.opening_draft import still_fitting
from projects.views.what_if_difference import Difference

PREVIEWED, OPENED = "previewed", "opened"


@dataclass(frozen=True)
class FactsPage:
    """A project's facts as they would be, and what that does to its plan."""

    asked: Asked
    typed: TypedFacts
    opened: Mapping[str, object]

    @cached_property
    def plan(self) -> ProjectPlan:
        """The plan with the facts as typed."""
        return self.asked.planned(self.typed.own)

    @cached_property
    def difference(self) -> Difference:
        """What the change does."""
        return Difference(self.asked.plan, self.plan)

    @cached_property
    def changed(self) -> list[dict[str, str]]:
        """The facts that would be recorded otherwise, old and new as people read them."""
        attributes, template = self.asked.catalogue.attribute_of, self.asked.project.template
        old = self.asked.plan.expansion.facts
        new = project_facts(self.asked.catalogue, self.asked.catalogue.template(template), self.typed.own)
        return [
            {
                "name": attributes[name].spoken(self.lang),
                "old": said_sent(attributes[name], sent_of(attributes[name], old[name].value)),
                "new": said_sent(attributes[name], sent_of(attributes[name], new[name].value)),
            }
            for name in attributes
            if old[name].value != new[name].value or (name in self.asked.facts) != (name in self.typed.own)
        ]

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.sheet.lang

    @property
    def is_changed(self) -> bool:
        """Whether anything would be recorded otherwise."""
        return plain_facts(self.typed.own) != plain_facts(self.asked.facts)

    @cached_property
    def sheet(self) -> FactsSheet:
        """The form."""
        facts = project_facts(
            self.asked.catalogue, self.asked.catalogue.template(self.asked.project.template), self.typed.own
        )
        scenarios = Scenarios(
            self.asked.catalogue,
            self.asked.project.template,
            self.typed.own,
            self.asked.terms,
            self.asked.calendar,
            actuals=self.asked.actuals,
            bridged=self.asked.bridged,
        )
        return FactsSheet(
            self.asked.catalogue,
            self.asked.project.template,
            facts,
            self.typed.own,
            scenarios,
            self.typed.errors,
            self.typed.sent,
        )


class FactsView(Page):
    """The facts of one project, changed after a look at what the change does."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/facts")
    @allowed("change")
    def one(self, project_id: int) -> Any:
        """The facts as they are, or as a what-if asks for them in the address."""
        it = _asked(project_id)
        typed = queried_facts(request.args, it)
        return self._shown(FactsPage(it, typed, it.facts))

    @expose("/<int:project_id>/facts", methods=["POST"])
    @allowed("change")
    def change(self, project_id: int) -> Any:
        """Show what a change would do; record it once that has been seen."""
        it = _asked(project_id)
        form = merging.taken(request.form)
        opened = still_fitting(opened_own(form, OPENED), it.catalogue)
        page = FactsPage(it, _typed(form, it), opened)
        seen = form.get(PREVIEWED) == _fingerprint(page.typed)
        if form.get("do") != "apply" or page.typed.errors or not seen:
            return self._shown(page), 422 if page.typed.errors else 200
        try:
            change_facts(project_id, page.typed.own, opened=page.opened, by=actor())
        except FactsOvertaken:
            return self._merge(page)
        except Missing:
            raise
        except ConciergeError as error:
            page.typed.errors[str(error.facts.get("field", ""))] = say(error)
            return self._shown(page), error.status
        flash(gettext("The facts are recorded. The plan is being made again."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id))

    def _shown(self, page: FactsPage) -> str:
        problems = [
            {"field": PREFIX + name, "message": message} for name, message in page.typed.errors.items()
        ]
        return self.show(
            "projects/facts.html",
            page=page,
            sheet=page.sheet,
            project=page.asked.project,
            problems=problems,
            opened=json.dumps(plain_facts(page.opened), ensure_ascii=False),
            previewed=_fingerprint(page.typed),
        )

    def _merge(self, page: FactsPage) -> Any:
        catalogue = page.asked.catalogue
        attributes = catalogue.attribute_of
        opened = told_of(catalogue, _values(page.asked, page.opened))
        now = _values(page.asked, page.asked.facts)
        now_sent = told_of(catalogue, now)
        yours_sent = told_of(catalogue, _values(page.asked, page.typed.own))
        different = merging.differences(
            {PREFIX + name: attribute.spoken(page.lang) for name, attribute in attributes.items()},
            opened={PREFIX + name: values for name, values in opened.items()},
            opened_read={PREFIX + n: said_sent(a, opened[n]) for n, a in attributes.items()},
            now=_side(now_sent, page),
            yours=_side(yours_sent, page),
        )
        named = {difference.name for difference in different}
        kept = [
            (PREFIX + name, value)
            for name, values in yours_sent.items()
            if PREFIX + name not in named
            for value in values
        ]
        facts = json.dumps(plain_facts(page.asked.facts), ensure_ascii=False)
        kept += [*hidden(now_sent, page.asked.facts).items(), (OPENED, facts), ("do", "preview")]
        return (
            self.render_template(
                "concierge/crud/merge.html",
                title=gettext("Facts of %(project)s", project=page.asked.project.name),
                differences=different,
                kept=kept,
                action=url_for("FactsView.change", project_id=page.asked.project.id),
                back=url_for("FactsView.one", project_id=page.asked.project.id),
            ),
            409,
        )


def queried_facts(args: MultiDict[str, str], it: Asked) -> TypedFacts:
    """The recorded facts as an address would have them, so that a question can be shared."""
    typed = TypedFacts(own=dict(it.facts))
    attributes = it.catalogue.attribute_of
    for key in args:
        name = key.removeprefix(PREFIX)
        if not key.startswith(PREFIX) or name not in attributes:
            continue
        try:
            typed.own[name] = read_sent(attributes[name], args.getlist(key))
        except FactOfWrongType as error:
            typed.errors[name] = say(error)
            typed.sent[name] = args.getlist(key)
    return typed


def query_of(it: Asked, own: Mapping[str, object]) -> dict[str, list[str]]:
    """The part of an address that asks for these facts: those that are not as the project has them."""
    old, new = _values(it, it.facts), _values(it, own)
    found = {}
    for attribute in it.catalogue.attributes:
        if plain_facts({"x": old[attribute.name]}) != plain_facts({"x": new[attribute.name]}):
            is_off = new[attribute.name] is False
            found[PREFIX + attribute.name] = (
                ["false"] if is_off else sent_of(attribute, new[attribute.name]) or [""]
            )
    return found


def _asked(project_id: int) -> Asked:
    return asked(db.session, project_id, actor(), today=clock.today())


def _typed(form: MultiDict[str, str], it: Asked) -> TypedFacts:
    return typed_facts(form, it.catalogue, it.project.template)


def _values(it: Asked, own: Mapping[str, object]) -> dict[str, FactValue]:
    return values_of(project_facts(it.catalogue, it.catalogue.template(it.project.template), own))


def _side(sent: Mapping[str, list[str]], page: FactsPage) -> merging.Side:
    attributes = page.asked.catalogue.attribute_of
    return merging.Side(
        {PREFIX + name: values for name, values in sent.items()},
        {PREFIX + name: said_sent(attributes[name], values) for name, values in sent.items()},
    )


def _fingerprint(typed: TypedFacts) -> str:
    """What was previewed: the same facts give the same word."""
    return merging.packed({name: [repr(value)] for name, value in sorted(plain_facts(typed.own).items())})
