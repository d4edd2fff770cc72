"""Add documents to the demonstration county: a handful, each of another kind, as an officer makes them."""

from __future__ import annotations

import yaml
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow
from approvals.models.deferral import DeferralRow
from approvals.models.joint_review import JointReviewRow
from approvals.rules.progress import Move
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.staff.queries import pairings, spoken_name
from documents.rules.faults import FactsMissing
from documents.services.make_document import make_document
from projects.models.project import Project
from projects.services.load_demonstration import COUNTY

LOADER = Actor(None, "demonstration")
OF_A_PROJECT = ("project-entrustment", "letter-of-attorney", "stage-form-land-planning", "material-list")


def load_demonstration() -> dict[str, list[str]]:
    """Make documents about one project, one acceptance, one correction, one deferral and one joint review.

    Shape: their addresses, for the script that looks at the county.
    """
    base = current_app.config["CONCIERGE"].base_url
    with clock.standing_at(yaml.safe_load(COUNTY.read_text(encoding="utf-8"))["today"]):
        with reading() as session:
            wanted = _wanted(session)
        made = [_made(code, about_id, by) for code, about_id, by in wanted]
    return {"documents": [f"{base}/documents/{one}" for one in made if one is not None]}


def _made(code: str, about_id: int, by: Actor) -> int | None:
    """One document; none where the county has no such facts."""
    try:
        return make_document(code, about_id, by=by)
    except FactsMissing:
        return None


def _wanted(session: Session) -> list[tuple[str, int, Actor]]:
    """What is made, about what, by whom."""
    found: list[tuple[str, int, Actor]] = []
    project_id = session.scalar(select(Project.id).where(Project.ended_on.is_(None)).order_by(Project.id))
    if project_id is not None:
        found += [(code, project_id, _officer(session, project_id)) for code in OF_A_PROJECT]
    for move, code in ((Move.ACCEPT, "acceptance-slip"), (Move.CORRECT, "correction-notice")):
        row = session.scalars(
            select(CaseMoveRow).where(CaseMoveRow.move == move.value).order_by(CaseMoveRow.id.desc())
        ).first()
        if row is not None:
            found.append((code, row.id, _officer(session, row.project_id)))
    deferral = session.scalars(select(DeferralRow).where(DeferralRow.granted_on.is_not(None))).first()
    if deferral is not None:
        found.append(("deferral-consent", deferral.id, _officer(session, deferral.project_id)))
    review = session.scalars(select(JointReviewRow).order_by(JointReviewRow.id)).first()
    if review is not None:
        found.append(("convening-notice", review.id, _officer(session, review.project_id)))
    return found


def _officer(session: Session, project_id: int) -> Actor:
    """Who makes it: officer A of the project, who may see it."""
    pairing = pairings(session, [project_id]).get(project_id)
    return LOADER if pairing is None else Actor(pairing.a_id, spoken_name(pairing.a))
