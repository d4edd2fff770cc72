"""What ratings do when something happens elsewhere. Every handler may be run twice."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel.work import Work
from concierge.ratings.queries.answering import Answering, answering
from concierge.ratings.rules.rating import Rated
from concierge.ratings.services.open_occasion import Finished, open_occasion
from concierge.service.events import ServiceCaseClosed
from concierge.service.models.case import CaseItem, ServiceCase
from concierge.service.rules.case import Outcome
from projects.events import ProjectEnded
from projects.models.project import Project

LONGEST_TITLE = 200


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


def rate_after_case(w: Work, event: ServiceCaseClosed) -> None:
    """A service case was closed: it may be rated as one, however many things it bundled.

    Source: RT-1; SF-5, one acceptance and one closing.
    """
    if event.outcome == Outcome.WITHDRAWN.value:
        return  # whoever takes a case back has been served nothing yet
    case = w.get(ServiceCase, event.case_id)
    names = w.session.scalars(
        select(CaseItem.name_zh).where(CaseItem.case_id == case.id).order_by(CaseItem.place)
    ).all()
    people = (Answering(event.holder_id, case.holder, "", True),) if event.holder_id is not None else ()
    open_occasion(
        w,
        Finished(
            kind=Rated.SERVICE,
            source_id=case.id,
            project_id=case.project_id,
            title="、".join(names)[:LONGEST_TITLE],
            department="",
            begun_on=case.day_zero_on or case.opened_on,
            promised_end_on=case.due_on,
            closed_on=event.closed_on,
            people=people,
        ),
    )
