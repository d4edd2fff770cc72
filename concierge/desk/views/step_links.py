"""What the desk puts beside a step: its links for the department, and the form for a new one."""

from __future__ import annotations

import secrets

from flask import render_template, url_for
from markupsafe import Markup

from concierge.desk.queries.staff_links import listed_of_step
from concierge.desk.rules.links import LONGEST_NAME, MOST_DAYS, USUAL_DAYS
from concierge.desk.views.link_words import row_of
from concierge.desk.views.links import LINK
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language, may
from projects.queries.step_file import StepFile
from projects.rules.progress import OWNERS


def step_side(step: StepFile, _reader: Actor) -> Markup:
    """The box of links beside a step of a department; nothing beside the enterprise's own work."""
    row = step.row
    if row.department in OWNERS or not may("list", LINK):
        return Markup()
    today = clock.today()
    page = render_template(
        "desk/step_links.html",
        rows=[row_of(one, today) for one in listed_of_step(db.session, row.id)],
        step_id=row.id,
        department=step.file.catalogue.department_of[row.department].spoken(language()),
        may_make=may("make", LINK) and row.finished_on is None,
        key=secrets.token_hex(16),
        back=url_for("StepView.one", project_id=row.project_id, number=row.number),
        usual_days=USUAL_DAYS,
        most_days=MOST_DAYS,
        longest=LONGEST_NAME,
    )
    return Markup(page)  # noqa: S704  (a template of ours, which escapes)
