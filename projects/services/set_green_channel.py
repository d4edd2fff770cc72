"""Put a project on the green channel, or take it off, for a reason that stays on record."""

from __future__ import annotations

from approvals.queries.deferrals import unrepaired
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.events import GreenChannelEnded, GreenChannelGiven
from projects.models.project import Enterprise, Project
from projects.queries.ending import check_live
from projects.rules.green_channel import check_green, check_green_end


def set_green_channel(project_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Let a project's delay count double in every plan of all projects from the next one on.

    Raises: Missing, Stale; ProjectClosed; GreenAlready, OwnerNotTrustworthy, GreenReasonMissing.
    Source: DF-11.
    """
    with work(by) as w:
        project = _live(w, project_id, version)
        owner = w.session.get_one(Enterprise, project.enterprise_id)
        broken = unrepaired(w.session, owner.uscc, clock.today())
        check_green(reason, owner.name, broken, is_green=project.green_on is not None)
        project.green_on, project.green_reason = clock.today(), reason.strip()
        w.record(GreenChannelGiven(project.id, reason.strip()))


def end_green_channel(project_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Let it count like any other again.

    Raises: Missing, Stale; ProjectClosed; GreenAlready, GreenReasonMissing.
    """
    with work(by) as w:
        project = _live(w, project_id, version)
        check_green_end(reason, is_green=project.green_on is not None)
        project.green_on, project.green_reason = None, ""
        w.record(GreenChannelEnded(project.id, reason.strip()))


def _live(w: Work, project_id: int, version: int | None) -> Project:
    project = w.get(Project, project_id, version=version)
    check_live(project)
    return project
