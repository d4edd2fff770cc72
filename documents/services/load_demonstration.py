"""Add documents to the demonstration county: a handful of kinds, a template of its own, a seal, a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import timedelta

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow
from approvals.models.deferral import DeferralRow
from approvals.models.joint_review import JointReviewRow
from approvals.rules.progress import Move
from concierge.kernel import clock, jobs
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.staff.queries import pairings, spoken_name
from documents.queries.office import office
from documents.queries.shipped import shipped_template
from documents.rules.faults import FactsMissing
from documents.rules.sealing import Keeper
from documents.services.archive_project import archive_project
from documents.services.draft_template import draft_template
from documents.services.keep_seal import NewSeal, hand_out_seal, make_seal
from documents.services.make_document import make_document
from documents.services.publish_template import publish_template
from documents.services.seal_document import NothingToSeal, ask_seal
from projects.models.project import Project
from projects.services.load_demonstration import COUNTY

LOADER = Actor(None, "demonstration")
CHIEF, KEEPER, ARCHIVIST, EDITOR, PUBLISHER = "jiangyi", "shilan", "guqing", "wenshu", "songyan"
SEAL = "帮代办专用章"
EDITED = "acceptance-slip"
EDIT = ("联系电话：{{ office.phone }}。", "联系电话：{{ office.phone }}（工作日9:00至17:00）。")
EDIT_REMARK = "补充咨询电话的接听时间"
PRINTED_BY = timedelta(minutes=5)  # documents are gathered for a while before they are printed together
OF_A_PROJECT = ("project-entrustment", "letter-of-attorney", "stage-form-land-planning", "material-list")


def load_demonstration() -> dict[str, list[str]]:
    """Publish a template, make documents about one project and what happened to it, seal one, file it all.

    Shape: their addresses, for the script that looks at the county.
    Effects: runs the jobs this makes due. Where LibreOffice is missing nothing is printed, so nothing sealed.
    """
    base = current_app.config["CONCIERGE"].base_url
    with clock.standing_at(yaml.safe_load(COUNTY.read_text(encoding="utf-8"))["today"]):
        with reading() as session:
            wanted = _wanted(session)
            people = {
                user.username: Actor(user.id, spoken_name(user)) for user in session.scalars(select(User))
            }
        _publish_template(_person(people, EDITOR), _person(people, PUBLISHER))
        made = [_made(code, about_id, by) for code, about_id, by in wanted]
        jobs.run_due(now=clock.moment() + PRINTED_BY)
        _seal(made[0], _person(people, CHIEF), _person(people, KEEPER))
        if wanted:
            archive_project(wanted[0][1], by=_person(people, ARCHIVIST))
        jobs.run_due()
    return {"documents": [f"{base}/documents/{one}" for one in made if one is not None]}


def _person(people: Mapping[str, Actor], username: str) -> Actor:
    return people.get(username, LOADER)


def _publish_template(editor: Actor, publisher: Actor) -> None:
    """An own template of the acceptance slip: one edits it, it passes the gate, another publishes it."""
    edited = _with_words(shipped_template(EDITED), *EDIT)
    template_id = draft_template(EDITED, io.BytesIO(edited), "受理通知书.docx", EDIT_REMARK, by=editor)
    jobs.run_due()
    publish_template(template_id, clock.today(), by=publisher)


def _with_words(word_file: bytes, old: str, new: str) -> bytes:
    """A Word file in which some words are others."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file)) as before, zipfile.ZipFile(changed, "w") as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(old.encode(), new.encode())
            after.writestr(part, content)
    return changed.getvalue()


def _seal(document_id: int | None, chief: Actor, keeper: Actor) -> None:
    """A trial seal, handed to its keeper, and put on one document if that is printed."""
    with reading() as session:
        named = office(session, county=current_app.config["CONCIERGE"].county_name)
    seal_id = make_seal(NewSeal(name=SEAL, office=named.name, keeper=Keeper.SOFTWARE), by=chief)
    if keeper.id is not None:
        hand_out_seal(seal_id, keeper.id, by=chief)
    if document_id is None:
        return
    try:
        ask_seal(document_id, seal_id, by=keeper)
    except NothingToSeal:
        return


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
    granted = select(DeferralRow).where(DeferralRow.granted_on.is_not(None)).order_by(DeferralRow.id)
    of_live = granted.join(Project, Project.id == DeferralRow.project_id).where(Project.ended_on.is_(None))
    deferral = session.scalars(of_live).first()
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
