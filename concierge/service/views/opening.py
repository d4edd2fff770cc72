"""Open a case: tick what is wanted, see the one form and set it comes to, say for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.offices import offices, seats_of
from concierge.service.queries.projects import ProjectHead, project_head, project_heads
from concierge.service.rules.case import Customer, Mode
from concierge.service.rules.catalogue import Bundle, Names, ServiceCatalogue
from concierge.service.rules.union import OneApplication, one_application
from concierge.service.services.open_case import NewCase, open_case
from concierge.service.views.words import CUSTOMERS, MODES, ON

MOST_ID = 10**9
LONGEST = 200
Typed = MultiDict[str, str]


@dataclass(frozen=True)
class Option:
    """One thing to choose or tick."""

    value: str
    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OpeningSheet:
    """The form for a new case. Shape: ``typed`` is what was sent or asked for in the address."""

    catalogue: ServiceCatalogue
    typed: Typed
    offices: Sequence[Option]
    seat: str
    projects: Sequence[ProjectHead]
    project: ProjectHead | None
    wrong: Sequence[dict[str, str]] = field(default_factory=tuple)

    def say(self, names: Names) -> str:
        """A name in the reader's language."""
        return names.spoken(language())

    @cached_property
    def bundles(self) -> list[Bundle]:
        """The bundles chosen on the page before."""
        return [self.catalogue.bundles[code] for code in _bundles(self.typed, self.catalogue)]

    @cached_property
    def ticked(self) -> list[str]:
        """What is ticked: what was sent, at first the usual services."""
        sent = [code for code in self.typed.getlist("services") if code in self.catalogue.services]
        if sent or "csrf_token" in self.typed:
            return sent
        return [code for bundle in self.bundles for code in bundle.usual]

    @cached_property
    def asked(self) -> OneApplication | None:
        """What it comes to; None while nothing is ticked."""
        if not self.ticked:
            return None
        return one_application(self.catalogue, self.ticked, [bundle.code for bundle in self.bundles])

    def choices(self, bundle: Bundle) -> list[Option]:
        """The services of one bundle."""
        return [self._option(code) for code in bundle.services]

    def others(self) -> list[tuple[str, list[Option]]]:
        """Every other service, by who decides it."""
        shown = {code for bundle in self.bundles for code in bundle.services}
        found: dict[str, list[Option]] = {}
        for code, service in self.catalogue.services.items():
            if code not in shown:
                party = self.say(self.catalogue.party(service.department))
                found.setdefault(party, []).append(self._option(code))
        return sorted(found.items())

    def _option(self, code: str) -> Option:
        service = self.catalogue.services[code]
        party = self.say(self.catalogue.party(service.department))
        note = gettext("%(party)s, %(days)s working days", party=party, days=service.period_workdays)
        return Option(code, self.say(service.names), note)

    def value(self, name: str) -> str:
        """What stands in a field."""
        if name in self.typed:
            return self.typed[name]
        head = self.project
        known = {
            "customer": Customer.PROJECT.value if head else self._customer(),
            "customer_name": head.enterprise if head else "",
            "contact": head.contact if head else "",
            "phone": head.phone if head else "",
            "address": head.address if head else "",
            "project_id": str(head.id) if head else "",
            "workflow": self.bundles[0].workflow if self.bundles else "lianshui",
            "mode": Mode.LOCAL.value,
            "office": self.seat,
        }
        return known.get(name, "")

    def _customer(self) -> str:
        return self.bundles[0].customer.value if self.bundles else Customer.PERSON.value

    def error(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((one["message"] for one in self.wrong if one["field"] == name), None)

    def customers(self) -> list[Option]:
        """Kinds of customers."""
        return [Option(one.value, gettext(text)) for one, text in CUSTOMERS.items()]

    def modes(self) -> list[Option]:
        """Where it is decided."""
        return [Option(one.value, gettext(text)) for one, text in MODES.items()]

    def workflows(self) -> list[Option]:
        """How it runs."""
        return [Option(one.code, self.say(one.names)) for one in self.catalogue.workflows.values()]

    def project_options(self) -> list[Option]:
        """The projects somebody may see."""
        return [Option(str(one.id), one.name) for one in self.projects]


class ServiceOpeningView(Page):
    """A new case, in two pages."""

    route_base = "/services/new"
    class_permission_name = ON
    default_view = "choose"

    @expose("/")
    @allowed("open")
    def choose(self) -> str:
        """Which packages or one-thing bundles; any of them may be ticked together."""
        return self.show("service/opening_choose.html", page=_sheet(request.args))

    @expose("/form")
    @allowed("open")
    def form(self) -> str:
        """What exactly, and for whom."""
        return self.show("service/opening.html", page=_sheet(request.args))

    @expose("/form", methods=["POST"])
    @allowed("open")
    def open(self) -> Any:
        """Count again, or open it."""
        if request.form.get("do") == "count":
            return self.show("service/opening.html", page=_sheet(request.form))
        try:
            case_id = open_case(_new(request.form), by=actor())
        except ConciergeError as error:
            if isinstance(error, Missing):
                raise
            wrong = {"field": str(error.facts.get("field", "customer_name")), "message": say(error)}
            return self.show("service/opening.html", page=_sheet(request.form, [wrong])), error.status
        flash(gettext("The case is open. Print the entrustment letter and have it signed."), "success")
        return redirect(url_for("ServiceCaseView.one", case_id=case_id), code=303)


def _bundles(typed: Typed, catalogue: ServiceCatalogue) -> list[str]:
    return [code for code in typed.getlist("bundles") if code in catalogue.bundles]


def _sheet(typed: Typed, wrong: Sequence[dict[str, str]] = ()) -> OpeningSheet:
    seats = seats_of(db.session, actor().id)
    asked = whole_number(typed.get("project"), default=0, most=MOST_ID)
    return OpeningSheet(
        catalogue=service_catalogue(db.session),
        typed=typed,
        offices=[Option(one.code, one.name) for one in offices(db.session)],
        seat=seats[0] if seats else "",
        projects=project_heads(db.session, actor()),
        project=project_head(db.session, actor(), asked) if asked else None,
        wrong=wrong,
    )


def _new(form: Typed) -> NewCase:
    customer = _chosen(Customer, form.get("customer"), Customer.PERSON)
    is_project = customer is Customer.PROJECT
    project_id = whole_number(form.get("project_id"), default=0, most=MOST_ID) if is_project else 0
    return NewCase(
        customer=customer,
        customer_name=form.get("customer_name", "")[:LONGEST],
        services=tuple(form.getlist("services")),
        bundles=tuple(_bundles(form, service_catalogue(db.session))),
        project_id=project_id or None,
        contact=form.get("contact", "")[:LONGEST],
        phone=form.get("phone", "")[:LONGEST],
        address=form.get("address", "")[:LONGEST],
        workflow=form.get("workflow", ""),
        mode=_chosen(Mode, form.get("mode"), Mode.LOCAL),
        place_in_charge=form.get("place_in_charge", "")[:LONGEST],
        office=form.get("office", ""),
    )


def _chosen(kind: Any, typed: str | None, usual: Any) -> Any:
    return next((one for one in kind if one.value == typed), usual)
