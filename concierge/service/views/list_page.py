"""代办件: the service cases somebody may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_
from concierge.kernel.web import Page, actor, allowed, language, may, whole_number
from concierge.service.models.case import ServiceCase
from concierge.service.queries.case_list import CaseAsk, FoundCases, found_cases
from concierge.service.queries.offices import places
from concierge.service.rules.case import CaseState, case_number
from concierge.service.rules.tiers import Place
from concierge.service.views.naming import services_called
from concierge.service.views.words import CUSTOMERS, ON, OUTCOMES, PILLS, STATES

SHOWN = {
    "mine": N_("In my hands"),
    "office": N_("At my office"),
    "open": N_("All running"),
    "late": N_("Past their promise"),
    "closed": N_("Closed cases"),
}
LONGEST = 60


@dataclass(frozen=True)
class Choice:
    """One filter."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class CasesSheet:
    """One page of cases for one reader."""

    found: FoundCases
    ask: CaseAsk
    places: dict[str, Place]
    today: date

    def choices(self) -> list[Choice]:
        """The filters."""
        return [
            Choice(gettext(text), url_for("ServiceListView.list", show=show), show == self.ask.show)
            for show, text in SHOWN.items()
        ]

    def number(self, case: ServiceCase) -> str:
        """Its number."""
        return case_number(case.year, case.serial)

    def customer(self, case: ServiceCase) -> str:
        """What kind of customer."""
        return gettext(CUSTOMERS[case.customer])

    def services(self, case: ServiceCase) -> str:
        """The first service, and how many more."""
        return services_called(self.found.items.get(case.id, ()))

    def step(self, case: ServiceCase) -> str:
        """The step it is at."""
        step = self.found.steps.get(case.id)
        if step is None:
            return gettext(OUTCOMES[case.outcome]) if case.outcome else ""
        return step.name_zh if language() == "zh" else step.name_en

    def office(self, case: ServiceCase) -> str:
        """Where it is."""
        place = self.places.get(case.office)
        return place.name if place else ""

    def state(self, case: ServiceCase) -> tuple[str, str]:
        """How its state looks, and its word."""
        if case.state is CaseState.OPEN and case.due_on and case.due_on < self.today:
            return "overdue", gettext("Past its promise")
        return PILLS[case.state], gettext(STATES[case.state])


class ServiceListView(Page):
    """The cases, by whose they are."""

    route_base = "/services"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """One page of them."""
        ask = CaseAsk(
            show=_shown(),
            words=request.args.get("q", "").strip()[:LONGEST],
            page=whole_number(request.args.get("page"), default=1, least=1),
        )
        page = CasesSheet(
            found=found_cases(db.session, actor(), ask, clock.today()),
            ask=ask,
            places=places(db.session),
            today=clock.today(),
        )
        return self.show("service/cases.html", page=page, may_open=may("open", ON))


def _shown() -> str:
    asked = request.args.get("show", "")
    if asked in SHOWN:
        return asked
    return "mine" if may("act", ON) else "open"
