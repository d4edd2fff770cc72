"""人机考核: the officers' scores, and each sum with the records it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import current_app, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.web import Page, actor, allowed, may
from concierge.ratings.queries.appraisal import Appraisals, Records, appraisals
from concierge.ratings.rules.appraisal import (
    CASES_PAR,
    LEAST_CASES,
    Appraisal,
    Measure,
    Part,
    grade_of,
    weights_of,
)
from concierge.ratings.rules.rating import Level
from concierge.ratings.views.board_sheet import service_of
from concierge.ratings.views.words import LEVELS, MEASURES, ON
from concierge.supervision.rules.card import Colour
from concierge.supervision.rules.reporting_period import ReportSpan, reporting_period
from concierge.supervision.views.words import GRADES
from concierge.supervision.views.words import SPANS as SPAN_NAMES

SPANS = (ReportSpan.QUARTER, ReportSpan.LAST_QUARTER, ReportSpan.MONTH)


@dataclass(frozen=True, kw_only=True)
class OfficersSheet:
    """The officers for one reader; who may not see all sees one."""

    found: Appraisals
    shown: Sequence[Appraisal]
    span: ReportSpan
    catalogue: Catalogue | None
    person_id: int | None = None

    def days(self) -> str:
        """The span in words."""
        period = self.found.period
        return gettext(
            "%(first)s to %(last)s", first=spoken.day_full(period.first), last=spoken.day(period.last)
        )

    def choices(self) -> list[dict[str, Any]]:
        """The spans to choose from."""
        where: dict[str, Any] = {"person_id": self.person_id} if self.person_id else {}
        endpoint = "AppraisalView.one" if self.person_id else "AppraisalView.list"
        return [
            {
                "text": gettext(SPAN_NAMES[one]),
                "href": url_for(endpoint, period=one.value, **where),
                "is_current": one is self.span,
            }
            for one in SPANS
        ]

    def measures(self) -> list[str]:
        """The heads of the columns."""
        return [gettext(MEASURES[part.measure]) for part in self.shown[0].parts] if self.shown else []

    def lines(self) -> list[dict[str, Any]]:
        """The officers, line by line."""
        return [self.line(one) for one in self.shown]

    def line(self, one: Appraisal) -> dict[str, Any]:
        """One officer."""
        given = grade_of(one.score) if self.span.is_graded else None
        return {
            "rank": one.rank,
            "name": self.found.names.get(one.person_id, ""),
            "href": url_for("AppraisalView.one", person_id=one.person_id, period=self.span.value),
            "score": "—" if one.score is None else f"{one.score:.1f}",
            "grade": gettext(GRADES[given]) if given else "—",
            "parts": [_part(part) for part in one.parts],
            "reached": f"{one.reached:.2f}",
            "possible": f"{one.possible:.0f}",
        }

    @property
    def records(self) -> Records:
        """What the one officer's sum is counted from."""
        return self.found.records.get(self.person_id or 0, Records())

    def steps(self) -> list[dict[str, Any]]:
        """The steps decided while the officer acted."""
        return [
            {
                "service": service_of(self.catalogue, one.code, ""),
                "href": url_for("ProjectView.one", project_id=one.project_id) if one.project_id else "",
                "closed": spoken.day(one.closed_on),
                "promised": spoken.day(one.promised_end_on) if one.promised_end_on else "—",
                "is_on_time": one.is_on_time,
                "is_first_time": one.is_first_time,
            }
            for one in self.records.steps
        ]

    def cards(self) -> list[dict[str, Any]]:
        """The cards shown while the officer held the case."""
        return [
            {
                "colour": one.colour.value,
                "word": gettext("Red card") if one.colour is Colour.RED else gettext("Yellow card"),
                "service": service_of(self.catalogue, one.code, ""),
                "shown": spoken.day(one.shown_on),
                "until": spoken.day(one.until_on),
                "chased": spoken.day(one.chased_on) if one.chased_on else "—",
                "is_chased": one.is_chased,
            }
            for one in self.records.cards
        ]

    def levels(self) -> list[tuple[str, int]]:
        """How often each level was given."""
        return [(gettext(LEVELS[one]), self.records.levels.get(one, 0)) for one in Level]

    def handovers(self) -> str:
        """The handovers, given in time and late."""
        return gettext(
            "%(given)s in time, %(late)s late",
            given=self.records.handovers_given,
            late=self.records.handovers_late,
        )


def _part(part: Part) -> dict[str, str]:
    count = part.count
    sum_text = (
        gettext(
            "%(weight)s × %(good)s ÷ %(total)s",
            weight=f"{part.weight:.0f}",
            good=count.good,
            total=count.total,
        )
        if part.points is not None
        else gettext("nothing to count; left out on both sides")
    )
    return {
        "name": gettext(MEASURES[part.measure]),
        "weight": f"{part.weight:.0f}",
        "count": gettext("%(part)s of %(whole)s", part=count.good, whole=count.total) if count.total else "—",
        "sum": sum_text,
        "points": f"{part.points:.2f}" if part.points is not None else "—",
    }


class AppraisalView(Page):
    """The appraisal of officers."""

    route_base = "/ratings/officers"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """Every officer for those who appraise; one's own line for an officer."""
        return self.show("ratings/officers.html", page=_sheet(), weights=_weights_text(), least=LEAST_CASES)

    @expose("/<int:person_id>")
    @allowed("list")
    def one(self, person_id: int) -> Any:
        """One officer's sum, to be done again by hand."""
        page = _sheet(person_id)
        if not page.shown:
            raise Missing
        return self.show("ratings/officer.html", page=page, line=page.line(page.shown[0]), par=CASES_PAR)


def _weights() -> dict[Measure, Decimal]:
    return weights_of(current_app.config["CONCIERGE"].appraisal_weights)


def _weights_text() -> list[tuple[str, str]]:
    return [(gettext(MEASURES[one]), f"{weight:.0f}") for one, weight in _weights().items() if weight]


def _sheet(person_id: int | None = None) -> OfficersSheet:
    raw = request.args.get("period")
    span = next((one for one in SPANS if one.value == raw), ReportSpan.QUARTER)
    today = clock.today()
    found = appraisals(db.session, reporting_period(span, today), _weights(), today)
    mine = actor().id
    shown = [
        one
        for one in found.found
        if (may("appraise", ON) or one.person_id == mine) and person_id in (None, one.person_id)
    ]
    return OfficersSheet(
        found=found,
        shown=shown,
        span=span,
        catalogue=catalogue_queries.latest_catalogue(db.session),
        person_id=person_id,
    )
