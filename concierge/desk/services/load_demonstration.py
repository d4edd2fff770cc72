"""Add the desk's part to the demonstration county: links to open, and notices of the last days to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import current_app
from sqlalchemy import func, select, update

from approvals.models.step import Step
from approvals.queries.joint_reviews import reviews_in
from approvals.rules.lifecycle import StepState
from concierge.desk.models.notices import NoticeRow
from concierge.desk.queries.department_cases import WITH_THE_DEPARTMENT
from concierge.desk.rules.links import MOST_DAYS, LinkScope, LinkTerms
from concierge.desk.services.make_link import make
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from documents.queries.packages import draft_of_step
from documents.services.receive_package import receive
from documents.services.request_package import make_package
from projects.models.project import Project
from projects.rules.progress import OWNERS

LOADER = Actor(None, "demonstration")
UNREAD = 12
MOST_PACKAGES = 3
RECEIVER = "审批股"


def load_demonstration() -> dict[str, list[str]]:
    """Hand out links to one running step, its department's cases and half-days, and an open joint review.

    Shape: their addresses, for the script that looks at the county.
    Effects: all notices but each person's latest ``UNREAD`` count as read; the packages of the running steps
        whose papers are together are made, the first of them received.
    """
    base = current_app.config["CONCIERGE"].base_url
    with work(LOADER) as w:
        _read_old_notices(w)
        tokens = [make(w, terms)[1].token for terms in _terms(w)]
        _make_packages(w)
    return {"department_links": [f"{base}/d/{token}" for token in tokens]}


def _make_packages(w: Work) -> None:
    """The packages of the running steps that lack nothing, three at the most."""
    asked = (
        select(Step.id)
        .join(Project, Project.id == Step.project_id)
        .where(Step.state.in_(WITH_THE_DEPARTMENT), Step.department.not_in(OWNERS))
        .order_by(Step.id)
    )
    made = 0
    for step_id in w.session.scalars(asked).all():
        draft = draft_of_step(w.session, step_id, LOADER)
        if made == MOST_PACKAGES or draft.missing:
            continue
        package_id = make_package(w, draft)
        if not made:
            receive(w, package_id, received_by=RECEIVER, on=clock.today())
        made += 1


def _terms(w: Work) -> Iterator[LinkTerms]:
    running = (StepState.ACCEPTED, StepState.WORKING)
    asked = (
        select(Step)
        .join(Project, Project.id == Step.project_id)
        .where(Step.state.in_(running), Step.department.not_in(OWNERS))
        .order_by(Step.promised_end_on.desc(), Step.id)
    )
    step = w.session.scalars(asked.limit(1)).first()
    if step is not None:
        of_step = LinkTerms(
            kind=LinkScope.STEP,
            department=step.department,
            recipient=RECEIVER,
            days=MOST_DAYS,
            project_id=step.project_id,
            step_id=step.id,
        )
        yield of_step
        for kind in (LinkScope.DEPARTMENT, LinkScope.AVAILABILITY):
            yield replace(of_step, kind=kind, recipient="首席代表", project_id=None, step_id=None)
    for review in reviews_in(w.session, LOADER, most=1):
        yield LinkTerms(
            kind=LinkScope.REVIEW,
            department=review.outstanding[0].department if review.outstanding else review.lead,
            recipient="审批股",
            days=MOST_DAYS,
            project_id=review.project_id,
            review_id=review.id,
        )


def _read_old_notices(w: Work) -> None:
    ranked = select(
        NoticeRow.id,
        func.row_number().over(partition_by=NoticeRow.person_id, order_by=NoticeRow.id.desc()).label("place"),
    ).subquery()
    old = select(ranked.c.id).where(ranked.c.place > UNREAD)
    w.session.execute(update(NoticeRow).where(NoticeRow.id.in_(old)).values(read_at=NoticeRow.made_at))
