"""Add calendar addresses to the demonstration county: of each officer, a project, a department, an owner."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from approvals.models.review import SittingRow
from approvals.queries.joint_reviews import reviews_in
from approvals.queries.reviews import review_groups
from approvals.rules.sittings import SittingState
from concierge.feeds.queries.subjects import active_projects
from concierge.feeds.rules.feed import Component, FeedTerms, Purpose
from concierge.feeds.services.make_feed import make
from concierge.feeds.services.refresh_entries import refresh_entries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.staff.queries import agents, spoken_name
from projects.models.project import Project

LOADER = Actor(None, "demonstration")
OFFICERS = 2
PHONE, COMPUTER, OTHERS = "手机", "办公室电脑", "转交"


def load_demonstration() -> dict[str, list[dict[str, str]]]:
    """Make addresses of every purpose.

    Shape: whose they are and where, for the script that looks at the county.
    """
    told = []
    with work(LOADER) as w:
        refresh_entries(w, active_projects(w.session))
        wanted = list(_wanted(w))
    for by, terms in wanted:
        with work(by) as w:
            _, minted = make(w, terms)
        address = f"{current_app.config['CONCIERGE'].base_url}/feeds/{minted.token}.ics"
        told.append({"who": by.label, "purpose": terms.purpose.value, "url": address})
    return {"feeds": told}


def _wanted(w: Work) -> Iterator[tuple[Actor, FeedTerms]]:
    officers = [Actor(user.id, spoken_name(user)) for user in agents(w.session)][:OFFICERS]
    for by in officers:
        for purpose in (Purpose.ALL, Purpose.STEPS, Purpose.COVER):
            yield by, FeedTerms(purpose=purpose, device=PHONE)
        yield by, FeedTerms(purpose=Purpose.ALL, device=COMPUTER, component=Component.TASKS)
    project = w.session.scalars(select(Project).order_by(Project.id).limit(1)).first()
    liaison = w.session.get(User, project.liaison_id) if project and project.liaison_id else None
    if project is None or liaison is None:
        return
    by = Actor(liaison.id, spoken_name(liaison))
    yield by, FeedTerms(purpose=Purpose.PROJECT, device=COMPUTER, target=str(project.id))
    yield by, FeedTerms(purpose=Purpose.ENTERPRISE, device=OTHERS, target=str(project.enterprise_id))
    lead = _department_that_sits(w)
    if lead:
        yield by, FeedTerms(purpose=Purpose.DEPARTMENT, device=OTHERS, target=lead)


def _department_that_sits(w: Work) -> str:
    """The lead of the next sitting, or of the first joint review that waits for opinions."""
    asked = (
        select(SittingRow.review_group)
        .where(SittingRow.state == SittingState.ANNOUNCED, SittingRow.on >= clock.today())
        .order_by(SittingRow.on, SittingRow.id)
    )
    group = review_groups(w.session).get(w.session.scalars(asked.limit(1)).first() or "")
    if group is not None:
        return group.lead
    waiting = reviews_in(w.session, LOADER, most=1)
    return waiting[0].lead if waiting else ""
