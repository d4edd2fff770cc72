"""The violet box on a step's page: each paper that comes later, its countdown, and what waits for it."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.deferral_course import DeferralState
from concierge.kernel import clock, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language, may
from projects.queries.commitments import Entry, of_step
from projects.queries.step_file import StepFile
from projects.views.commitment_sheet import lede_of, worth_of
from projects.views.commitments_sheet import PERMISSION
from projects.views.deferral_words import countdown_of, state_pill, workdays_left
from scheduler import WorkCalendar


def step_main(step: StepFile, reader: Actor) -> Markup:
    """What deferrals put into a step's page; nothing for whoever may not see them."""
    if not may("show", PERMISSION):
        return Markup("")
    calendar = catalogue_queries.work_calendar(db.session)
    boxes = [_box(entry, calendar) for entry in of_step(db.session, step.row.id, reader)]
    new_href = promise_href = ""
    if step.is_open and may("draft", PERMISSION):
        here: dict[str, Any] = {"project": step.row.project_id, "step": step.row.number}
        new_href = url_for("NewDeferralView.new", **here)
        promise_href = url_for("AssurancesView.new", **here) if may("assure", PERMISSION) else ""
    drawn = render_template(
        "projects/step_deferrals.html", boxes=boxes, new_href=new_href, promise_href=promise_href
    )
    return Markup(drawn)  # noqa: S704  (a template of ours, escaped there)


def _box(entry: Entry, calendar: WorkCalendar) -> dict[str, Any]:
    row, today = entry.row, clock.today()
    left = workdays_left(row, today, calendar)
    runs = row.state in (DeferralState.GRANTED, DeferralState.OVERDUE)
    return {
        "id": row.id,
        "number": row.number,
        "pill": state_pill(row),
        "paper": entry.paper(language()),
        "by": gettext("to be supplied by %(day)s", day=spoken.day(row.due_on or row.asked_due_on)),
        "is_due": runs and not row.producer,
        "big": abs(left) if runs else None,
        "big_words": _big_words(left),
        "countdown": countdown_of(row, today, calendar) if row.granted_on is not None else None,
        "consequence": _consequence(entry),
        "worth": worth_of(entry),
    }


def _big_words(left: int) -> str:
    if left < 0:
        return ngettext("working day overdue", "working days overdue", -left)
    return ngettext("working day to the due day", "working days to the due day", left)


def _consequence(entry: Entry) -> str:
    """What waits, and what follows if it does not come."""
    if entry.row.producer:
        return lede_of(entry)
    follows = gettext("Not supplied: the case is closed and the default goes on record.")
    return f"{lede_of(entry)} {follows}" if language() == "en" else f"{lede_of(entry)}{follows}"
