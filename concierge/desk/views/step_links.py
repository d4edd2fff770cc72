"""What the desk puts beside a step or a joint review: its links, and the form for a new one."""

from __future__ import annotations

import secrets

from flask import render_template, url_for
from markupsafe import Markup

from approvals.queries.catalogue import latest_catalogue
from approvals.rules.joint_reviews import JointReview
from concierge.desk.queries.staff_links import listed_of_review, listed_of_step
from concierge.desk.rules.links import LONGEST_NAME, MOST_DAYS, USUAL_DAYS, LinkScope
from concierge.desk.views.link_words import row_of
from concierge.desk.views.links import LINK
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language, may
from concierge.staff.queries import named_person, representatives
from projects.queries.step_file import StepFile
from projects.rules.progress import OWNERS


def step_side(step: StepFile, _reader: Actor) -> Markup:
    """The box of links beside a step of a department; nothing beside the enterprise's own work."""
    row = step.row
    if row.department in OWNERS or not may("list", LINK):
        return Markup()
    today, links = clock.today(), listed_of_step(db.session, row.id)
    may_make = may("make", LINK) and step.is_open
    page = render_template(
        "desk/step_links.html",
        rows=[row_of(one, today) for one in links],
        kind=LinkScope.STEP.value,
        hidden={"step": row.id},
        members=(),
        department=step.file.catalogue.department_of[row.department].spoken(language()),
        recipient=_representative(row.department) if may_make and not links else "",
        may_make=may_make,
        key=secrets.token_hex(16),
        back=url_for("StepView.one", project_id=row.project_id, number=row.number),
        usual_days=USUAL_DAYS,
        most_days=MOST_DAYS,
        longest=LONGEST_NAME,
    )
    return Markup(page)  # noqa: S704  (a template of ours, which escapes)


def review_side(review: JointReview, _reader: Actor) -> Markup:
    """The box of links beside a joint review, one or more for each department that is asked."""
    catalogue = latest_catalogue(db.session)
    if catalogue is None or not may("list", LINK):
        return Markup()
    today, known = clock.today(), catalogue.department_of
    page = render_template(
        "desk/step_links.html",
        rows=[row_of(one, today) for one in listed_of_review(db.session, review.id)],
        kind=LinkScope.REVIEW.value,
        hidden={"review": review.id, "project": review.project_id},
        members=[
            {"value": member.department, "text": known[member.department].spoken(language())}
            for member in review.standing
            if member.department in known
        ],
        department="",
        recipient="",
        may_make=may("make", LINK) and review.is_open,
        key=secrets.token_hex(16),
        back=f"/reviews/cases/{review.id}",
        usual_days=USUAL_DAYS,
        most_days=MOST_DAYS,
        longest=LONGEST_NAME,
    )
    return Markup(page)  # noqa: S704  (a template of ours, which escapes)


def _representative(department: str) -> str:
    """Who answers for the department at the window, as the first one to get a link."""
    return named_person(representatives(db.session, clock.today()).get(department))[:LONGEST_NAME]
