"""The trace of who did what, for the administrator who watches, and the proof that nobody changed it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import current_app, request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import anchors, clock, queries
from concierge.kernel.db import db
from concierge.kernel.queries import TraceAsk
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import Page, allowed, whole_number

LONGEST_NAME = 60
LARGEST_ID = 2**31 - 1


class TracePage(Page):
    """Who did what, newest first."""

    route_base = "/system/trace"
    class_permission_name = "Trace"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The lines that fit the question."""
        session = db.session()
        page = whole_number(request.args.get("page"), default=1, least=1, most=1_000_000)
        found = queries.trace(session, _asked(), page)
        return self.show(
            "concierge/trace.html",
            found=found,
            lines=[(line, queries.facts_of(line.facts)) for line in found.rows],
            acts=queries.acts(session),
        )

    @expose("/proof")
    @allowed("verify")
    def proof(self) -> Any:
        """Count every line again and compare with the anchors kept outside the database."""
        session = db.session()
        fault = anchors.first_fault(current_app.config["CONCIERGE"], session)
        return self.show(
            "concierge/proof.html",
            fault=gettext(fault.sentence) % fault.facts if fault else None,
            lines=queries.trace_length(session),
            anchored=list(anchors.known(current_app.config["CONCIERGE"]))[-10:][::-1],
        )


def _asked() -> TraceAsk:
    project = whole_number(request.args.get("project"), default=0, most=LARGEST_ID)
    until = _day("until")
    return TraceAsk(
        who=request.args.get("who", "").strip()[:LONGEST_NAME],
        act=request.args.get("act", "")[:LONGEST_NAME],
        project_id=project or None,
        since=_begins(_day("since")),
        before=_begins(until + timedelta(days=1)) if until and until < date.max else None,
    )


def _day(name: str) -> date | None:
    return readable_day(request.args.get(name))


def _begins(day: date | None) -> datetime | None:
    """When a civil day begins in Asia/Shanghai, as UTC; None for days before the calendar of computers."""
    if day is None or day.year < 1971:
        return None
    return datetime.combine(day, time.min, clock.SHANGHAI).astimezone(UTC)
