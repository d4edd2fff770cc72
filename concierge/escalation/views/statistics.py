"""Statistics of reports, on a page and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Response, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.queries.desk import causes
from concierge.escalation.queries.statistics import counted
from concierge.escalation.rules.counting import Tally
from concierge.escalation.rules.report import ORDER, ReportKind, ReportLevel, ReportWay
from concierge.escalation.views.doors import WindowPage, department_name
from concierge.escalation.views.report_sheet import cause_name
from concierge.escalation.views.words import KINDS, LEVELS, WAYS
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import ConciergeError
from concierge.kernel.tables import BYTE_ORDER_MARK, harmless
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import actor, allowed

USUAL_DAYS = 90
Group = tuple[str, list[tuple[str, int]]]


class EscalationStatisticsView(WindowPage):
    """What was counted between two days."""

    route_base = "/escalations/statistics"
    class_permission_name = "Escalation"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The figures of a period."""
        first_on, last_on = _span()
        found = _counted(first_on, last_on)
        return self.show(
            "escalation/statistics.html",
            first_on=first_on,
            last_on=last_on,
            tally=found,
            shares=_shares(found),
            groups=_groups(found),
            export=url_for("EscalationStatisticsView.export", first_on=first_on, last_on=last_on),
        )

    @expose("/figures.csv")
    @allowed("list")
    def export(self) -> Response:
        """The same as a file for a spreadsheet."""
        first_on, last_on = _span()
        found = _counted(first_on, last_on)
        out = io.StringIO()
        out.write(BYTE_ORDER_MARK)
        writer = csv.writer(out)
        writer.writerow([gettext("From"), first_on, gettext("To"), last_on])
        for name, value in _shares(found):
            writer.writerow([name, value])
        for title, lines in _groups(found):
            for name, times in lines:
                writer.writerow([title, harmless(name), times])
        return named(Response(out.getvalue(), mimetype="text/csv"), f"escalations-{first_on}-{last_on}.csv")


def _span() -> tuple[date, date]:
    """The days asked for; the last ninety where none are given, or make no sense."""
    today = clock.today()
    try:
        first_on = typed_day(request.args.get("first_on"), "first_on")
        last_on = typed_day(request.args.get("last_on"), "last_on")
    except ConciergeError:
        return today - timedelta(days=USUAL_DAYS), today
    return (first_on, last_on) if first_on <= last_on else (last_on, first_on)


def _counted(first_on: date, last_on: date) -> Tally:
    return counted(db.session, actor(), first_on, last_on, today=clock.today(), now=clock.now())


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def _shares(found: Tally) -> list[tuple[str, str]]:
    return [
        (gettext("Reports"), str(found.reports)),
        (gettext("Closed reports"), str(found.closed)),
        (gettext("Settled on the spot"), str(found.on_the_spot)),
        (gettext("Answered in time"), _share(found.in_time_share)),
        (gettext("Open past their day"), str(found.late_open)),
        (gettext("Chief representative in time"), _share(found.came_share(ReportLevel.WINDOW))),
        (gettext("Head in charge in time"), _share(found.came_share(ReportLevel.DEPARTMENT))),
        (gettext("Satisfied, of those asked"), _share(found.satisfied_share)),
        (gettext("Reopened"), str(found.reopened)),
    ]


def _groups(found: Tally) -> list[Group]:
    return [(title, lines) for title, lines in _every_group(found) if lines]


def _every_group(found: Tally) -> Iterator[Group]:
    catalogue = catalogue_queries.published_catalogue(db.session)
    names = {one.code: cause_name(one) for one in causes(db.session)}
    yield (
        gettext("By kind"),
        [(gettext(KINDS[one]), found.kinds[one]) for one in ReportKind if found.kinds[one]],
    )
    yield gettext("By way"), [(gettext(WAYS[one]), found.ways[one]) for one in ReportWay if found.ways[one]]
    yield (
        gettext("How far they went"),
        [(gettext(LEVELS[one]), found.levels[one]) for one in ORDER if found.levels[one]],
    )
    yield (
        gettext("By department"),
        [(department_name(catalogue, one), n) for one, n in found.departments.most_common()],
    )
    yield gettext("By cause"), [(names.get(one, one), times) for one, times in found.causes.most_common()]
