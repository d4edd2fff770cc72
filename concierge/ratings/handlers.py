"""What ratings do when something happens elsewhere. Every handler may be run twice."""

from __future__ import annotations

from concierge.kernel.work import Work
from concierge.ratings.queries.answering import answering
from concierge.ratings.rules.rating import Rated
from concierge.ratings.services.open_occasion import Finished, open_occasion
from projects.events import ProjectEnded
from projects.models.project import Project


def rate_after_end(w: Work, event: ProjectEnded) -> None:
    """A project ended: the whole of the concierge's service may be rated.

    Source: RT-1.
    """
    project = w.get(Project, event.project_id)
    open_occasion(
        w,
        Finished(
            kind=Rated.PROJECT,
            source_id=project.id,
            project_id=project.id,
            title=project.name,
            department="",
            begun_on=project.start_on,
            closed_on=event.on,
            people=answering(w.session, project.id, event.on),
        ),
    )
