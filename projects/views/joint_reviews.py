"""Joint reviews: who was asked, who said what, the one answer, and what is to be done afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.rules.minutes import NewTask
from approvals.services.cancel_review import cancel_review
from approvals.services.confirm_receipt import confirm_receipt
from approvals.services.extend_review import extend_review
from approvals.services.finish_task import finish_task
from approvals.services.hand_on_opinion import hand_on_opinion
from approvals.services.settle_contradiction import mark_contradiction, settle_contradiction
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.queries.joint_review_file import joint_review_file, joint_review_list
from projects.services.answer_review import NewAnswer, answer_review, resubmit_review
from projects.views.joint_review_list import ListSheet
from projects.views.joint_review_sheet import ReviewSheet

LONGEST_LINE, LONGEST_TEXT, LARGEST = 500, 10_000, 10**9
OWNER = "ENT"


class JointReviewView(Page):
    """Joint reviews from the submission to the answer."""

    route_base = "/reviews/cases"
    class_permission_name = "Review"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """What waits for opinions or for its answer; with ``?over=1`` what is over."""
        is_over = request.args.get("over") == "1"
        found = joint_review_list(db.session, actor(), is_over=is_over)
        page = ListSheet(found, clock.today(), is_over)
        return self.show("projects/joint_reviews.html", page=page)

    @expose("/<int:review_id>")
    @allowed("show")
    def one(self, review_id: int) -> Any:
        """One joint review."""
        return self._page(_sheet(review_id))

    @expose("/<int:review_id>/receipts", methods=["POST"])
    @allowed("record")
    def receive(self, review_id: int) -> Any:
        """Write down that a department has the submission."""
        department = _text("department")
        return self._act(
            review_id,
            "receive",
            lambda: confirm_receipt(review_id, department, by=actor()),
            gettext("Written down."),
        )

    @expose("/<int:review_id>/hand-on", methods=["POST"])
    @allowed("record")
    def hand_on(self, review_id: int) -> Any:
        """Say whose a matter is that a department handed back."""
        return self._act(
            review_id,
            "hand_on",
            lambda: hand_on_opinion(
                review_id,
                _text("department"),
                _text("handed_to"),
                note=_text("note"),
                lang=language(),
                by=actor(),
            ),
            gettext("Handed on."),
        )

    @expose("/<int:review_id>/contradictions", methods=["POST"])
    @allowed("record")
    def mark(self, review_id: int) -> Any:
        """Mark two conditions that cannot both hold."""
        return self._act(
            review_id,
            "mark",
            lambda: mark_contradiction(review_id, _lines(), _text("note"), by=actor()),
            gettext("Marked. It is settled before the answer."),
        )

    @expose("/<int:review_id>/settle", methods=["POST"])
    @allowed("answer")
    def settle(self, review_id: int) -> Any:
        """Write down which of two conditions holds."""
        return self._act(
            review_id,
            f"settle-{_text('first')}-{_text('second')}",
            lambda: settle_contradiction(review_id, _lines(), _text("resolution"), by=actor()),
            gettext("Settled."),
        )

    @expose("/<int:review_id>/answer", methods=["POST"])
    @allowed("answer")
    def answer(self, review_id: int) -> Any:
        """Give the one answer; conditions become tasks if the form says so."""
        page = _sheet(review_id)
        return self._act(
            review_id,
            "answer",
            lambda: answer_review(review_id, _answer(page), lang=language(), by=actor()),
            gettext("Answered. The enterprise gets this one answer."),
        )

    @expose("/<int:review_id>/again", methods=["POST"])
    @allowed("answer")
    def again(self, review_id: int) -> Any:
        """Ask those affected again."""
        changed = tuple(one[:LONGEST_LINE] for one in request.form.getlist("changed")[:100])
        return self._act(
            review_id,
            "again",
            lambda: resubmit_review(
                review_id,
                changed=changed,
                closing=current_app.config["CONCIERGE"].closing_time,
                version=_version(),
                lang=language(),
                by=actor(),
            ),
            gettext("Sent again, to those affected only."),
        )

    @expose("/<int:review_id>/extend", methods=["POST"])
    @allowed("answer")
    def extend(self, review_id: int) -> Any:
        """Extend the limit of the whole, once."""
        return self._act(
            review_id,
            "extend",
            lambda: extend_review(
                review_id,
                typed_number(request.form.get("workdays"), "workdays"),
                approved_by=_text("approved_by"),
                reason=_text("reason"),
                version=_version(),
                by=actor(),
            ),
            gettext("Extended."),
        )

    @expose("/<int:review_id>/cancel", methods=["POST"])
    @allowed("answer")
    def cancel(self, review_id: int) -> Any:
        """Call the review off."""
        return self._act(
            review_id,
            "cancel",
            lambda: cancel_review(review_id, _text("reason"), version=_version(), by=actor()),
            gettext("Cancelled."),
        )

    @expose("/<int:review_id>/tasks/<int:task_id>", methods=["POST"])
    @allowed("record")
    def task(self, review_id: int, task_id: int) -> Any:
        """Write down that a task is done."""
        return self._act(
            review_id,
            f"task-{task_id}",
            lambda: finish_task(
                task_id,
                typed_day(request.form.get("done_on"), "done_on"),
                note=_text("note"),
                version=_version(),
                by=actor(),
            ),
            gettext("Done."),
        )

    def _act(self, review_id: int, form: str, do: Callable[[], object], said: str) -> Any:
        """Do what a form of the page asks; a refusal is said beside it, and nothing typed is lost."""
        _sheet(review_id)  # out of scope: as if it were not there
        try:
            do()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            typed = {name: text[:LONGEST_TEXT] for name, text in request.form.items()}
            return self._page(_sheet(review_id, form, say(error), typed)), error.status
        flash(said, "success")
        return redirect(url_for("JointReviewView.one", review_id=review_id), code=303)

    def _page(self, page: ReviewSheet) -> str:
        return self.show("projects/joint_review.html", page=page)


def _sheet(
    review_id: int, form: str = "", refused: str = "", typed: Mapping[str, str] | None = None
) -> ReviewSheet:
    file = joint_review_file(db.session, review_id, actor())
    return ReviewSheet(file, clock.today(), form, refused, typed or {})


def _text(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST_LINE]


def _lines() -> tuple[int, int]:
    """The two conditions a form names. Shape: 0 where it names none."""
    first, second = (
        whole_number(request.form.get(name), default=0, most=LARGEST) for name in ("first", "second")
    )
    return first, second


def _version() -> int:
    return whole_number(request.form.get("version"), default=0, most=LARGEST)


def _answer(page: ReviewSheet) -> NewAnswer:
    """The answer as the form has it.

    Raises: NotACalendarDay.
    """
    form = request.form
    tasks: tuple[NewTask, ...] = ()
    if form.get("with_tasks") == "1":
        due_on = typed_day(form.get("tasks_due_on"), "tasks_due_on")
        tasks = tuple(NewTask(what, OWNER, due_on, line) for what, _, line in page.answer.required())
    expected = form.get("expected_on", "").strip()
    return NewAnswer(
        text=form.get("text", "").strip()[:LONGEST_TEXT],
        tasks=tasks,
        expected_on=typed_day(expected, "expected_on") if expected else None,
        version=_version(),
    )
