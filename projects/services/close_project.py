"""Close a project that is completed or given up, and open one again."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.staff.services.end_pair import end_pair
from projects.events import ProjectEnded, ProjectReopened
from projects.models.portfolio import BookingRow
from projects.models.project import Project, ProjectStatus
from projects.queries.ending import check_live, left_open
from projects.rules.ending import Ending, ProjectOpenAgain, check_ending, check_reason
from projects.services.drop_booking import drop_booking


def close_project(
    project_id: int, how: Ending, reason: str = "", *, version: int | None = None, lang: str = "zh", by: Actor
) -> None:
    """Close a project from today on.

    Raises: Missing, Stale; ProjectClosed; what ``check_ending`` raises.
    Effects: it is planned no more, and what it had booked is free for others; its A and B end with it; what
        stands above takes back its links and cards, by ``ProjectEnded``.
    """
    with work(by) as w:
        project = w.get(Project, project_id, version=version)
        check_live(project)
        check_ending(how, reason, left_open(w.session, project, today=clock.today(), lang=lang))
        project.status = ProjectStatus.CLOSED
        project.ended_on, project.ending, project.ending_reason = clock.today(), how, reason.strip()
        project.revision += 1
        _free(w, project_id)
        end_pair(w, project_id)
        w.record(ProjectEnded(project_id, how.value, clock.today()))


def reopen_project(project_id: int, reason: str, *, by: Actor) -> None:
    """Open a closed project again; it needs officers anew.

    Raises: Missing; ProjectOpenAgain; ReasonForClosing.
    Effects: its plan is made again by the handler of ``ProjectReopened``.
    """
    with work(by) as w:
        project = w.get(Project, project_id)
        if project.status is ProjectStatus.ACTIVE:
            raise ProjectOpenAgain
        check_reason(reason)
        project.status = ProjectStatus.ACTIVE
        project.ended_on, project.ending, project.ending_reason = None, None, ""
        project.revision += 1
        w.record(ProjectReopened(project_id, reason.strip()))


def _free(w: Work, project_id: int) -> None:
    codes = w.session.scalars(
        select(BookingRow.code).where(BookingRow.project_id == project_id).order_by(BookingRow.code)
    ).all()
    for code in codes:
        drop_booking(w, project_id, code)
