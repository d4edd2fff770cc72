"""Which documents can be made on the page of a project or a step, and which of them there are already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow
from approvals.models.deferral import DeferralRow
from approvals.models.joint_review import JointReviewRow, ReviewMemberRow
from documents.models.document import DocumentRow
from documents.press.kind import DocumentKind
from documents.queries.kinds import installed_kinds

PROJECT, STEP, MOVE, DEFERRAL, REVIEW, OPINION = "project", "step", "move", "deferral", "review", "opinion"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Something a document can be about.

    Shape: ``move`` is the word of the step's move or of the review's kind, else empty.
    """

    about: str
    id: int
    on: date | None = None
    word: str = ""
    move: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One document that can be made, or made again: its kind, what it would be about, the one there is."""

    kind: DocumentKind
    subject: Subject
    made: DocumentRow | None


def offers_on_project(session: Session, project_id: int) -> list[Offer]:
    """The documents of a project as a whole and of its joint reviews. Shape: three queries and one more."""
    subjects = [Subject(about=PROJECT, id=project_id)]
    reviews = session.execute(
        select(JointReviewRow.id, JointReviewRow.session_on, JointReviewRow.kind, JointReviewRow.review_group)
        .where(JointReviewRow.project_id == project_id)
        .order_by(JointReviewRow.id)
    ).all()
    subjects += [
        Subject(about=REVIEW, id=one.id, on=one.session_on, word=one.review_group, move=one.kind.value)
        for one in reviews
    ]
    members = session.execute(
        select(ReviewMemberRow.id, ReviewMemberRow.department, ReviewMemberRow.review_id)
        .where(ReviewMemberRow.review_id.in_([one.id for one in reviews]))
        .order_by(ReviewMemberRow.id)
    )
    kinds = {one.id: one.kind.value for one in reviews}
    subjects += [
        Subject(about=OPINION, id=one.id, word=one.department, move=kinds[one.review_id]) for one in members
    ]
    return _offers(session, subjects)


def offers_on_step(session: Session, step_id: int) -> list[Offer]:
    """The documents of a step, of its moves and of its deferrals. Shape: two queries and three more."""
    moves = session.execute(
        select(CaseMoveRow.id, CaseMoveRow.move, CaseMoveRow.on, CaseMoveRow.undoes)
        .where(CaseMoveRow.step_id == step_id)
        .order_by(CaseMoveRow.id)
    ).all()
    gone = {undone for _id, _move, _on, undone in moves if undone is not None}
    subjects = [Subject(about=STEP, id=step_id)]
    subjects += [
        Subject(about=MOVE, id=id_, on=on, move=move)
        for id_, move, on, undone in moves
        if id_ not in gone and undone is None
    ]
    deferrals = session.execute(
        select(DeferralRow.id, DeferralRow.number, DeferralRow.drafted_on)
        .where(DeferralRow.step_id == step_id)
        .order_by(DeferralRow.id)
    )
    subjects += [Subject(about=DEFERRAL, id=id_, word=number, on=on) for id_, number, on in deferrals]
    return _offers(session, subjects)


def _offers(session: Session, subjects: Sequence[Subject]) -> list[Offer]:
    made = _made(session, subjects)
    return [
        Offer(kind=kind, subject=subject, made=made.get((kind.code, subject.id)))
        for kind in installed_kinds()
        for subject in subjects
        if _fits(kind, subject)
    ]


def _fits(kind: DocumentKind, subject: Subject) -> bool:
    return kind.about == subject.about and (not subject.move or not kind.moves or subject.move in kind.moves)


def _made(session: Session, subjects: Iterable[Subject]) -> Mapping[tuple[str, int], DocumentRow]:
    """The newest version of every document about these, by kind and subject."""
    by_about: dict[str, list[int]] = {}
    for one in subjects:
        by_about.setdefault(one.about, []).append(one.id)
    found: dict[tuple[str, int], DocumentRow] = {}
    for about, ids in by_about.items():
        asked = select(DocumentRow).where(
            DocumentRow.about == about, DocumentRow.about_id.in_(ids), DocumentRow.replaced_at.is_(None)
        )
        found.update({(row.kind, row.about_id): row for row in session.scalars(asked)})
    return found


def made_documents(
    session: Session, wanted: Sequence[tuple[str, int]]
) -> Mapping[tuple[str, int], DocumentRow]:
    """The newest version of each of these documents, by code and what it is about. One query."""
    asked = select(DocumentRow).where(
        DocumentRow.kind.in_({code for code, _id in wanted}),
        DocumentRow.about_id.in_({about_id for _code, about_id in wanted}),
        DocumentRow.replaced_at.is_(None),
    )
    return {(row.kind, row.about_id): row for row in session.scalars(asked)}
