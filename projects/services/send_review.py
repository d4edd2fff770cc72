"""Send one submission of a project to all members of a review group."""

from __future__ import annotations

from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.before_land import LAND_TITLE, NotBeforeLand, may_review_before_land
from approvals.services.convene_review import NewReview, convene
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.ending import check_live
from projects.queries.standing import expansion_of


def send_review(new: NewReview, *, lang: str = "zh", by: Actor) -> int:
    """Convene a joint review of a project; answers its number.

    Raises: Missing; ProjectClosed; NotBeforeLand; everything ``convene`` refuses.
    Effects: as ``convene``.
    Source: PR-3, PR-9.
    """
    with work(by) as w:
        project = w.get(Project, new.project_id)
        check_live(project)
        if new.is_before_land and not _may_before_land(w, project):
            raise NotBeforeLand
        return convene(w, new, lang=lang)


def _may_before_land(w: Work, project: Project) -> bool:
    catalogue, expansion = expansion_of(w.session, project)
    title = select(Step.finished_on).where(Step.project_id == project.id, Step.code == LAND_TITLE)
    return may_review_before_land(
        catalogue.template(project.template),
        {name: fact.value for name, fact in expansion.facts.items()},
        land_is_held=w.session.scalar(title) is not None,
    )
