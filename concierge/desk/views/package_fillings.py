"""What packages put beside a step or a joint review: the one that was sent, and making the next."""

from __future__ import annotations

from flask import render_template, url_for
from markupsafe import Markup

from approvals.queries.catalogue import latest_catalogue
from approvals.rules.joint_reviews import JointReview
from concierge.desk.views.packages import PACKAGE
from concierge.desk.views.revision_sheet import revision_line
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language, may
from documents.models.package import PackageRow
from documents.queries.packages import standing_of_members, standing_of_step
from projects.queries.step_file import StepFile
from projects.rules.progress import OWNERS


def step_package(step: StepFile, _reader: Actor) -> Markup:
    """The box of the package beside a step of a department; nothing beside the enterprise's own work."""
    row = step.row
    if row.department in OWNERS or not may("list", PACKAGE):
        return Markup()
    department = step.file.catalogue.department_of[row.department].spoken(language())
    new = url_for("PackagesPage.step_draft", step_id=row.id)
    lines = [_line(department, standing_of_step(db.session, row), new)]
    return _box(lines, is_open=row.finished_on is None and row.ended_on is None)


def review_packages(review: JointReview, _reader: Actor) -> Markup:
    """The packages of a joint review, one for each department that is asked."""
    catalogue = latest_catalogue(db.session)
    if catalogue is None or not may("list", PACKAGE):
        return Markup()
    sent, known = standing_of_members(db.session, review.id), catalogue.department_of
    lines = [
        _line(
            known[member.department].spoken(language()),
            sent.get(member.department),
            url_for("PackagesPage.review_draft", review_id=review.id, department=member.department),
        )
        for member in review.standing
        if member.department in known
    ]
    return _box(lines, is_open=review.is_open)


def _line(department: str, row: PackageRow | None, new: str) -> dict[str, object]:
    return {
        "department": department,
        "new": new,
        "href": url_for("PackagesPage.one", package_id=row.id) if row is not None else "",
        "said": revision_line(row) if row is not None else "",
        "received_on": row.received_on if row is not None else None,
    }


def _box(lines: list[dict[str, object]], *, is_open: bool) -> Markup:
    may_make = is_open and may("make", PACKAGE)
    page = render_template("desk/package_lines.html", lines=lines, may_make=may_make)
    return Markup(page)  # noqa: S704  (a template of ours, which escapes)
