"""Give the tasks that come out of a joint review: from its minutes, or from the conditions of its answer."""

from __future__ import annotations

from collections.abc import Iterable

from approvals.events.reviews import ReviewTaskGiven
from approvals.models.minutes import ReviewTaskRow
from approvals.rules.joint_reviews import JointReview
from approvals.rules.minutes import NewTask, check_tasks
from approvals.services.hold_review import department_names
from concierge.kernel import clock
from concierge.kernel.work import Work


def give_tasks(w: Work, review: JointReview, tasks: Iterable[NewTask]) -> None:
    """Write down who does what by when, for a review the caller holds.

    Raises: TaskIncomplete, TaskDueTooEarly.
    Effects: tells ``ReviewTaskGiven`` once for each task.
    """
    given = tuple(tasks)
    check_tasks(given, department_names(w, "zh").keys(), first_on=clock.today())
    for task in given:
        if task.due_on is None:  # refused above; the checker does not know
            continue
        row = w.add(
            ReviewTaskRow(
                project_id=review.project_id,
                review_id=review.id,
                line_id=task.line_id,
                what=task.what.strip(),
                department=task.department,
                due_on=task.due_on,
            )
        )
        w.record(
            ReviewTaskGiven(
                task_id=row.id,
                review_id=review.id,
                project_id=review.project_id,
                what=row.what,
                department=row.department,
                due_on=row.due_on,
            )
        )
