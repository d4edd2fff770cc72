"""The minutes of a session or a site visit: who was there, what was agreed, and who does what by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from approvals.rules.joint_reviews import ReviewKind
from approvals.rules.minutes import NO_AUTHORITY, OFFICERS_ON_SITE, NewMinutes, NewTask, Present
from approvals.services.keep_minutes import keep_minutes
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.queries.joint_review_file import JointReviewFile, joint_review_file
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_sheet import ReviewSheet

TASK_LINES, MOST_OFFICERS = 6, 99
LONGEST_LINE, LONGEST_TEXT = 500, 20_000


class MinutesView(Page):
    """The minutes of one joint review."""

    route_base = "/reviews/cases"
    class_permission_name = "Review"
    default_view = "minutes"

    @expose("/<int:review_id>/minutes")
    @allowed("record")
    def minutes(self, review_id: int) -> Any:
        """The form; earlier minutes stay on record."""
        return self.show("projects/joint_review_minutes.html", page=_sheet(review_id))

    @expose("/<int:review_id>/minutes", methods=["POST"])
    @allowed("record")
    def keep(self, review_id: int) -> Any:
        """Write the minutes down; a refusal is said above the form, and nothing typed is lost."""
        page = _sheet(review_id)
        try:
            minutes, tasks = _typed(page.file, request.form)
            keep_minutes(review_id, minutes, tasks=tasks, lang=language(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            again = _sheet(review_id, typed=request.form, refused=say(error))
            return self.show("projects/joint_review_minutes.html", page=again), error.status
        flash(gettext("The minutes are kept, and their tasks are given."), "success")
        return redirect(url_for("JointReviewView.one", review_id=review_id), code=303)


@dataclass(frozen=True, kw_only=True)
class MinutesSheet:
    """The form. Shape: ``typed`` is what a refused form held, None before anything was sent."""

    file: JointReviewFile
    today: date
    typed: Mapping[str, str] | None = None
    refused: str = ""

    @property
    def whole(self) -> ReviewSheet:
        """The page of the review it belongs to."""
        return ReviewSheet(self.file, self.today)

    @property
    def names(self) -> ReviewNames:
        """How departments are called."""
        return ReviewNames(self.file.catalogue)

    def value(self, name: str, usual: str = "") -> str:
        """What a field holds: as typed, else its usual start."""
        return usual if self.typed is None else self.typed.get(name, "")

    def held_on(self) -> str:
        """The day of the session."""
        usual = min(self.file.review.session_on or self.today, self.today)
        return self.value("held_on", usual.isoformat())

    def place(self) -> str:
        """Where it was."""
        return self.value("place", self.file.sitting.room if self.file.sitting else "")

    def rule(self) -> str:
        """What the law asks of a visit to the site; empty for a meeting."""
        if self.file.review.kind is not ReviewKind.SITE_VISIT:
            return ""
        return gettext("Facts on site are checked by at least two officers of each authority.")

    def present(self) -> list[dict[str, str]]:
        """Everybody asked, with a field for how many came."""
        levels = {one.code: one.level for one in self.file.catalogue.departments}
        rows = []
        for member in self.file.review.standing:
            code = member.department
            is_site = self.file.review.kind is ReviewKind.SITE_VISIT
            officers = OFFICERS_ON_SITE if is_site and levels.get(code) not in NO_AUTHORITY else 1
            rows.append(
                {
                    "code": code,
                    "name": self.names.department(code),
                    "officers": self.value(f"officers-{code}", str(officers)),
                    "people": self.value(f"names-{code}"),
                }
            )
        return rows

    def task_lines(self) -> list[dict[str, str]]:
        """Empty lines for tasks, filled again after a refusal."""
        return [
            {
                "n": str(number),
                "what": self.value(f"what-{number}"),
                "who": self.value(f"who-{number}"),
                "due": self.value(f"due-{number}"),
            }
            for number in range(1, TASK_LINES + 1)
        ]

    def departments(self) -> list[dict[str, str]]:
        """Who a task can be given to: the enterprise, those asked, and everybody of the catalogue."""
        asked = [member.department for member in self.file.review.standing]
        codes = dict.fromkeys(["ENT", *asked, *(one.code for one in self.file.catalogue.departments)])
        return [{"value": code, "text": self.names.department(code)} for code in codes]


def _sheet(review_id: int, **told: Any) -> MinutesSheet:
    file = joint_review_file(db.session, review_id, actor())
    return MinutesSheet(file=file, today=clock.today(), **told)


def _typed(file: JointReviewFile, form: MultiDict[str, str]) -> tuple[NewMinutes, list[NewTask]]:
    """The minutes and tasks as the form has them.

    Raises: NotACalendarDay.
    """
    present = []
    for member in file.review.standing:
        code = member.department
        officers = whole_number(form.get(f"officers-{code}"), default=0, most=MOST_OFFICERS)
        if officers:
            present.append(Present(code, officers, form.get(f"names-{code}", "")[:LONGEST_LINE]))
    minutes = NewMinutes(
        held_on=typed_day(form.get("held_on"), "held_on"),
        place=form.get("place", "")[:LONGEST_LINE],
        text=form.get("text", "")[:LONGEST_TEXT],
        present=tuple(present),
    )
    tasks = []
    for number in range(1, TASK_LINES + 1):
        what, due = form.get(f"what-{number}", "").strip(), form.get(f"due-{number}", "").strip()
        if what or due:
            due_on = typed_day(due, f"due-{number}") if due else None
            tasks.append(NewTask(what[:LONGEST_LINE], form.get(f"who-{number}", ""), due_on))
    return minutes, tasks
