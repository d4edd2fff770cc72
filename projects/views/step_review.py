"""The joint reviews of one step, beside its page: where each stands, and a way to convene one."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from approvals.queries import joint_reviews
from approvals.rules.joint_reviews import ReviewState
from concierge.kernel import spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import may
from projects.queries.step_file import StepFile
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_words import ANSWERS, STATES

ON = "Review"


def review_box(step: StepFile, _reader: Actor) -> Markup:
    """The box of the joint reviews of a step; nothing where no group reviews it."""
    group = step.matter.review_group
    if not group or not may("list", ON):
        return Markup()
    row = step.row
    found = joint_reviews.stands_of(db.session, row.project_id, row.code)
    is_open = any(one.state in joint_reviews.OPEN for one in found)
    convene = ""
    if step.is_open and not is_open and may("convene", ON):
        convene = url_for("ConveningView.new", project=row.project_id, group=group, step=row.code)
    if not found and not convene:
        return Markup()
    box = render_template(
        "projects/step_review.html",
        reviews=[_told(one, ReviewNames(step.file.catalogue)) for one in found],
        group=ReviewNames(step.file.catalogue).group(group),
        convene=convene,
    )
    return Markup(box)  # noqa: S704  (rendered from our own template, which escapes what it is given)


def _told(one: joint_reviews.Stand, names: ReviewNames) -> dict[str, Any]:
    kind, word = STATES[one.state]
    note = gettext("opinions due %(day)s", day=spoken.day(one.due_on))
    if one.state is ReviewState.ANSWERED and one.answer:
        note = gettext(ANSWERS[one.answer])
    return {
        "href": url_for("JointReviewView.one", review_id=one.id),
        "text": names.group(one.review_group),
        "pill": {"state": kind, "text": gettext(word)},
        "note": "" if one.state is ReviewState.CANCELLED else note,
    }
