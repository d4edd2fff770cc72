"""How long matters really take, and the lengths to correct for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.services.correct_period import correct_period
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, say
from projects.queries.durations import case_spans, planned_lengths
from projects.rules.durations import Proposal, proposals
from projects.views.durations_sheet import DurationsSheet, key_of

LOOKED_BACK = timedelta(days=365)


class DurationsView(Page):
    """How long matters really take."""

    route_base = "/projects/durations"
    class_permission_name = "Duration"
    default_view = "list"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """Steps, departments, and proposals."""
        since = clock.today() - LOOKED_BACK
        spans = case_spans(db.session, since)
        catalogue = catalogue_queries.draft_catalogue(db.session)
        found = list(proposals(spans, planned_lengths(db.session)))
        return self.show("projects/durations.html", sheet=DurationsSheet(spans, found, catalogue, since))

    @expose("/correct", methods=["POST"])
    @allowed("correct")
    def correct(self) -> Any:
        """Take one proposal over into the draft of the catalogue."""
        asked = _asked(request.form.get("proposal", ""))
        planned = asked.planned
        evidence = gettext(
            "%(cases)s cases, median %(median)s, nine in ten within %(p90)s",
            cases=asked.spread.cases,
            median=asked.spread.median,
            p90=asked.spread.p90,
        )
        try:
            correct_period(
                planned.matter,
                planned.field.value,
                template=planned.template,
                old=planned.value,
                new=asked.proposed,
                evidence=evidence,
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "danger")
        else:
            flash(
                gettext("Taken over into the draft. New projects count with it once it is published."),
                "success",
            )
        return redirect(url_for("DurationsView.list"), code=303)


def _asked(key: str) -> Proposal:
    """The proposal a form names, worked out again: nothing is taken over that the record does not show now.

    Raises: Missing.
    """
    spans = case_spans(db.session, clock.today() - LOOKED_BACK)
    for one in proposals(spans, planned_lengths(db.session)):
        if key_of(one) == key:
            return one
    raise Missing
