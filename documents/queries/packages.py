"""Packages: what would be in one now, and those that were made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from approvals.models.step import Step
from approvals.queries import joint_reviews
from approvals.rules.catalogue import Catalogue, Department
from approvals.rules.joint_reviews import JointReview
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from documents.models.document import DocumentRow
from documents.models.package import PackageRow
from documents.queries.documents import latest_version
from documents.queries.kinds import installed_kinds
from documents.rules.document_state import DocumentState
from documents.rules.package_contents import appended, paper_items
from documents.rules.packages import (
    RECEIPT,
    Change,
    Changed,
    Item,
    ItemKind,
    ItemStatus,
    changes,
    missing_of,
)
from projects.models.project import Project
from projects.queries.papers import ProjectPapers, project_papers
from projects.rules.papers import papers_of_step

MADE = (DocumentState.RENDERED, DocumentState.PRINTED)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True, kw_only=True)
class PackageAbout:
    """What a package is for: one attempt of one step, or one joint review; and the department it goes to."""

    project: Project
    department: Department
    step: Step | None = None
    review: JointReview | None = None
    subject_zh: str
    subject_en: str
    codes: tuple[str, ...]

    def spoken(self, lang: str) -> str:
        """The matter or the review, for a reader of ``lang``."""
        return self.subject_en if lang == "en" else self.subject_zh

    @property
    def attempt(self) -> int:
        """The attempt of the step; 1 for a review."""
        return self.step.attempt if self.step is not None else 1

    def is_of(self) -> ColumnElement[bool]:
        """The condition by which its revisions are found."""
        if self.step is not None:
            return and_(
                PackageRow.step_id == self.step.id,
                PackageRow.attempt == self.step.attempt,
                PackageRow.department == self.department.code,
            )
        review_id = self.review.id if self.review is not None else 0
        return and_(PackageRow.review_id == review_id, PackageRow.department == self.department.code)


@dataclass(frozen=True, kw_only=True)
class PackageDraft:
    """What a package would hold now. Shape: ``last`` is the newest revision made, with its items."""

    about: PackageAbout
    items: tuple[Item, ...]
    basis: tuple[str, ...]
    last: PackageRow | None

    @cached_property
    def missing(self) -> tuple[Item, ...]:
        """What keeps it from being sent."""
        return missing_of(self.items)

    @cached_property
    def changes(self) -> tuple[Changed, ...]:
        """What a new revision would change against the last one made."""
        return changes(self.last.facts_of_revision().items, self.items) if self.last is not None else ()


def draft_of_step(session: Session, step_id: int, actor: Actor) -> PackageDraft:
    """What the package of a step would hold now, for the department that leads it.

    Shape: nine queries or so, whatever the number of papers.
    Raises: Missing.
    """
    step = session.get(Step, step_id)
    if step is None:
        raise Missing
    papers = project_papers(session, step.project_id, actor, today=clock.today())
    catalogue = papers.file.catalogue
    matter = catalogue.matter_of.get(step.code)
    if matter is None or papers.file.plan.expansion.step(step.code) is None:
        raise Missing
    about = PackageAbout(
        project=papers.file.project,
        department=catalogue.department_of[step.department],
        step=step,
        subject_zh=matter.name_zh,
        subject_en=matter.name_en or matter.name_zh,
        codes=(step.code,),
    )
    return _draft(session, papers, about)


def draft_of_review(session: Session, review_id: int, department: str, actor: Actor) -> PackageDraft:
    """What the package of a joint review would hold now, for one of the departments asked.

    Raises: Missing, for a department nobody asked.
    """
    review = joint_reviews.review(session, review_id)
    papers = project_papers(session, review.project_id, actor, today=clock.today())
    catalogue = papers.file.catalogue
    if review.member(department) is None or department not in catalogue.department_of:
        raise Missing
    group = catalogue.review_group_of.get(review.review_group)
    about = PackageAbout(
        project=papers.file.project,
        department=catalogue.department_of[department],
        review=review,
        subject_zh=review.subject or (group.name_zh if group else review.review_group),
        subject_en=(group.name_en if group else "") or review.subject,
        codes=review.steps,
    )
    return _draft(session, papers, about)


def _draft(session: Session, papers: ProjectPapers, about: PackageAbout) -> PackageDraft:
    file = papers.file
    asked = [code for code in about.codes if file.plan.expansion.step(code) is not None]
    groups = chain.from_iterable(
        papers_of_step(file.catalogue, file.plan.expansion, code, papers.passed, papers.here)
        for code in asked
    )
    due = {one.material: one.due_on for one in papers.promised if one.step in asked}
    items = paper_items(groups, due, lambda code: _name(file.catalogue, code))
    return PackageDraft(
        about=about,
        items=appended(items, _documents(session, about)),
        basis=_basis(file.catalogue, asked),
        last=newest(session, about),
    )


def _basis(catalogue: Catalogue, codes: Sequence[str]) -> tuple[str, ...]:
    """The citations of these matters in force today. Source: R-LAW-1."""
    today = clock.today()
    return tuple(
        dict.fromkeys(one.citation for code in codes for one in catalogue.bases_in_force(code, today))
    )


def _name(catalogue: Catalogue, code: str) -> str:
    matter = catalogue.matter_of.get(code)
    return matter.name_zh if matter is not None else code


def _documents(session: Session, about: PackageAbout) -> Iterator[Item]:
    """The documents made here that go along: those about this step or review, or made for this department."""
    kinds = {kind.code: kind for kind in installed_kinds() if kind.goes_along and not kind.is_internal}
    if not kinds:
        return
    own = and_(DocumentRow.about == "step", DocumentRow.about_id == (about.step.id if about.step else 0))
    reviewed = and_(
        DocumentRow.about == "review", DocumentRow.about_id == (about.review.id if about.review else 0)
    )
    rows = session.scalars(
        select(DocumentRow)
        .where(
            DocumentRow.project_id == about.project.id,
            DocumentRow.kind.in_(kinds),
            DocumentRow.state.in_(MADE),
            DocumentRow.replaced_at.is_(None),
            or_(
                own, reviewed, DocumentRow.department == about.department.code, DocumentRow.about == "project"
            ),
        )
        .order_by(DocumentRow.id)
    )
    for row in rows:
        yield _document(row, kinds[row.kind].name)


def _document(row: DocumentRow, name_en: str) -> Item:
    """One document, as it was sealed, else printed, else written."""
    kept = next(
        one
        for one in (
            (row.sealed_key, row.sealed_sha256, row.sealed_size_bytes, PDF),
            (row.pdf_key, row.pdf_sha256, row.pdf_size_bytes, PDF),
            (row.docx_key, row.docx_sha256, row.docx_size_bytes, WORD),
        )
        if one[0]
    )
    ending = "pdf" if kept[3] == PDF else "docx"
    return Item(
        place=0,
        n=0,
        kind=ItemKind.DOCUMENT,
        code=f"{row.kind}-{row.about_id}",
        name_zh=row.title,
        name_en=name_en,
        status=ItemStatus.HERE,
        origin="system",
        source=row.number,
        paper_revision=row.version,
        came_on=row.made_on,
        path=f"{row.title} {row.number}.{ending}",
        media_type=kept[3],
        size_bytes=kept[2],
        pages=row.pages,
        sha256=kept[1],
        key=kept[0],
    )


def newest(session: Session, about: PackageAbout) -> PackageRow | None:
    """The newest revision made for a step or review and a department, with its items."""
    return session.scalars(
        select(PackageRow)
        .where(about.is_of())
        .order_by(PackageRow.revision.desc())
        .limit(1)
        .options(selectinload(PackageRow.items))
    ).first()


def package_at(session: Session, package_id: int, actor: Actor) -> PackageRow:
    """One revision, with its items. Raises: Missing, also for one out of sight."""
    found = session.scalars(
        select(PackageRow)
        .where(PackageRow.id == package_id, within(actor, PackageRow.project_id))
        .options(selectinload(PackageRow.items))
    ).first()
    if found is None:
        raise Missing
    return found


def receipt_of(session: Session, row: PackageRow | None) -> DocumentRow | None:
    """The receipt of a revision, None before it is received. One query at the most."""
    is_received = row is not None and row.received_on is not None
    return latest_version(session, RECEIPT, row.id) if row is not None and is_received else None


def revisions(session: Session, row: PackageRow) -> Sequence[PackageRow]:
    """Every revision under the number of one, the newest first, with their items."""
    return session.scalars(
        select(PackageRow)
        .where(PackageRow.number == row.number)
        .order_by(PackageRow.revision.desc())
        .options(selectinload(PackageRow.items))
    ).all()


def standing_of_step(session: Session, step: Step) -> PackageRow | None:
    """The revision that stands for the present attempt of a step, with its items; None before the first."""
    return _standing(
        session,
        PackageRow.step_id == step.id,
        PackageRow.attempt == step.attempt,
        PackageRow.department == step.department,
    )


def standing_of_review(session: Session, review_id: int, department: str) -> PackageRow | None:
    """The revision that stands for a department of a joint review, with its items."""
    return _standing(session, PackageRow.review_id == review_id, PackageRow.department == department)


def standing_of_members(session: Session, review_id: int) -> dict[str, PackageRow]:
    """The revisions that stand for a joint review, by department; without items."""
    rows = session.scalars(
        select(PackageRow).where(PackageRow.review_id == review_id, PackageRow.replaced_at.is_(None))
    )
    return {row.department: row for row in rows}


def _standing(session: Session, *where: ColumnElement[bool]) -> PackageRow | None:
    return session.scalars(
        select(PackageRow)
        .where(*where, PackageRow.replaced_at.is_(None))
        .options(selectinload(PackageRow.items))
    ).first()


def told_changes(row: PackageRow) -> tuple[Changed, ...]:
    """What a revision changed, as its own facts say it."""
    told = json.loads(row.facts).get("changes", ())
    return tuple(Changed(Change(one["change"]), one["code"], one["name"], one["name"]) for one in told)
