"""Add progress links and query codes to the demonstration county: some to open, one ended, one taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.tokens import Minted
from concierge.kernel.work import Work, work
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.queries.links import start_forecast
from concierge.progress.rules.links import LinkTerms, RecipientKind
from concierge.progress.rules.query_codes import written
from concierge.progress.services.change_link import revoke_all
from concierge.progress.services.load_acts import load_acts, load_certificates
from concierge.progress.services.make_link import make
from concierge.progress.services.query_code import make_code
from projects.models.project import Enterprise, Project, ProjectStatus

LOADER = Actor(None, "demonstration")
PROJECTS = 4
DESIGNER = "王工，设计院"
LAST_SEEN = timedelta(days=3)


def load_demonstration() -> dict[str, list[str]]:
    """Hand out links to the contacts of some projects, and make their query codes.

    Shape: the addresses that open, and the codes; one link that has ended and one taken back are not told.
    """
    base = current_app.config["CONCIERGE"].base_url
    with work(LOADER) as w:
        chosen = _chosen(w)
        opening = [_for_contact(w, project, contact) for project, contact in chosen]
        codes = [written(make_code(w, project.id)) for project, _ in chosen]
        if chosen:
            _dead_ones(w, chosen[-1][0])
            opening[-1] = _for_contact(w, *chosen[-1])
    load_acts()
    load_certificates()
    return {"progress_links": [f"{base}/p/{one.token}" for one in opening], "query_codes": codes}


def _chosen(w: Work) -> Sequence[tuple[Project, str]]:
    """The projects with the most urgent targets, and the names of their contacts."""
    rows = w.session.execute(
        select(Project, Enterprise.contact)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(Project.status == ProjectStatus.ACTIVE, Project.plan_id.is_not(None))
        .order_by(Project.target_on, Project.id)
        .limit(PROJECTS)
    )
    return [(project, contact or "企业经办人") for project, contact in rows]


def _for_contact(w: Work, project: Project, contact: str) -> Minted:
    asked = LinkTerms(project_id=project.id, recipient=contact, may_upload=True, may_rate=True)
    link_id, minted = make(w, asked)
    row = w.get(ProgressLinkRow, link_id)
    row.seen_at, row.seen_start_on = clock.now() - LAST_SEEN, start_forecast(w.session, project.id)
    row.last_opened_at, row.opened_count = row.seen_at, 1
    w.session.flush()
    return minted


def _dead_ones(w: Work, project: Project) -> None:
    """A link that was taken back, and one of a designer whose time is over."""
    revoke_all(w, project.id)
    ended = LinkTerms(project_id=project.id, recipient=DESIGNER, kind=RecipientKind.DESIGNER)
    row = w.get(ProgressLinkRow, make(w, ended)[0])
    row.expires_on = clock.today() - timedelta(days=1)
    w.session.flush()
