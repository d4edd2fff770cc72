"""Close a quarter: keep every officer's sum as it stands, part by part."""

from __future__ import annotations

from decimal import Decimal

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.ratings.events import OfficersAppraised
from concierge.ratings.models.appraisal import AppraisedRow
from concierge.ratings.queries.appraisal import appraisals
from concierge.ratings.rules.appraisal import weights_of
from concierge.supervision.rules.reporting_period import ReportSpan, reporting_period


def close_quarter(w: Work) -> int:
    """Keep the sums of the quarter before this one, if they are not kept; answers of how many people.

    Source: SV-6, the appraisal is quarterly.
    """
    today = clock.today()
    period = reporting_period(ReportSpan.LAST_QUARTER, today)
    known = select(AppraisedRow.id).where(AppraisedRow.quarter_first_on == period.first).limit(1)
    if w.session.scalar(known) is not None:
        return 0
    weights = weights_of(current_app.config["CONCIERGE"].appraisal_weights)
    found = [
        one
        for one in appraisals(w.session, period, weights, today).found
        if any(part.points is not None and part.count.good for part in one.parts)
    ]
    for one in found:
        for part in one.parts:
            w.session.add(
                AppraisedRow(
                    person_id=one.person_id,
                    quarter_first_on=period.first,
                    measure=part.measure,
                    good=part.count.good,
                    total=part.count.total,
                    weight=part.weight,
                    points=part.points if part.points is not None else Decimal(),
                    counted_at=clock.now(),
                )
            )
    w.session.flush()
    if found:
        w.record(OfficersAppraised(quarter_first_on=period.first, people=len(found)))
    return len(found)
