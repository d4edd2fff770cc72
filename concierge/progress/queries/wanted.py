"""The materials the enterprise has to bring, by when at the latest, and what it sent of each already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from approvals.rules.catalogue import Material
from approvals.rules.papers import PaperState
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.progress.models.acts import IncomingRow, UploadPageRow, UploadRow
from concierge.progress.rules.acts import UploadState
from concierge.progress.rules.uploads import MaterialNotWanted
from projects.queries.papers import ProjectPapers, project_papers
from projects.rules.papers import ProjectPaper


@dataclass(frozen=True, kw_only=True)
class WantedMaterial:
    """One material the enterprise brings.

    Units: ``due_on`` is the last day of a promise, None without one.
    Shape: ``is_unfit`` says that what came has to be brought again; ``collecting`` counts the pages that wait
        to be sent; ``is_sent`` that something lies with the office to be looked at.
    """

    material: Material
    due_on: date | None
    is_unfit: bool
    collecting: int = 0
    is_sent: bool = False


@dataclass(frozen=True, kw_only=True)
class MaterialFile:
    """One material as the page of its uploads shows it: what is collected, and what was sent before."""

    wanted: WantedMaterial
    upload: UploadRow | None
    sent: Sequence[tuple[UploadRow, IncomingRow]]

    @property
    def pages(self) -> Sequence[UploadPageRow]:
        """The pages that wait to be sent."""
        return self.upload.parts if self.upload is not None else ()


def is_wanted(one: ProjectPaper, papers: ProjectPapers) -> bool:
    """Whether the enterprise brings this paper, and has not: its own, one found unfit, or one it promised."""
    paper = one.paper
    if papers.due(one.code) is not None:
        return not paper.producers  # what another step makes comes by itself
    brings = paper.is_owners or (paper.is_out_of_place and not paper.producers)
    return brings and not paper.is_here


def check_wanted(session: Session, project_id: int, material: str, *, lang: str = "zh") -> None:
    """Whether the enterprise may send this material now.

    Raises: PaperNotAsked, MaterialNotWanted.
    Source: AC-6: nothing outside the guide, nothing the office has already.
    """
    papers = project_papers(session, project_id, SYSTEM, today=clock.today())
    one = papers.one(material)
    if not is_wanted(one, papers):
        raise MaterialNotWanted(material=one.paper.material.spoken(lang))


def wanted_materials(session: Session, project_id: int, link_id: int) -> list[WantedMaterial]:
    """What the enterprise has to bring, the promised first, by day; then in the order of the list."""
    papers = project_papers(session, project_id, SYSTEM, today=clock.today())
    uploads = _open_uploads(session, project_id)
    found = []
    for one in papers.all:
        own = uploads.get(one.code, [])
        if not is_wanted(one, papers) and not any(row.link_id == link_id for row in own):
            continue
        due = papers.due(one.code)
        collecting = next(
            (row for row in own if row.state is UploadState.COLLECTING and row.link_id == link_id), None
        )
        found.append(
            WantedMaterial(
                material=one.paper.material,
                due_on=due.due_on if due is not None else None,
                is_unfit=one.paper.state is PaperState.UNFIT,
                collecting=len(collecting.parts) if collecting is not None else 0,
                is_sent=any(row.state is UploadState.SENT for row in own),
            )
        )
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max))


def material_file(session: Session, project_id: int, link_id: int, material: str) -> MaterialFile:
    """One material with what this link sent of it. Raises: PaperNotAsked."""
    papers = project_papers(session, project_id, SYSTEM, today=clock.today())
    one = papers.one(material)
    rows = session.execute(
        select(UploadRow, IncomingRow)
        .outerjoin(IncomingRow, IncomingRow.id == UploadRow.incoming_id)
        .where(UploadRow.link_id == link_id, UploadRow.material == material)
        .options(selectinload(UploadRow.parts))
        .order_by(UploadRow.id.desc())
    ).all()
    upload = next((row for row, _ in rows if row.state is UploadState.COLLECTING), None)
    due = papers.due(material)
    return MaterialFile(
        wanted=WantedMaterial(
            material=one.paper.material,
            due_on=due.due_on if due is not None else None,
            is_unfit=one.paper.state is PaperState.UNFIT,
            collecting=len(upload.parts) if upload is not None else 0,
            is_sent=any(row.state is UploadState.SENT for row, _ in rows),
        ),
        upload=upload,
        sent=[(row, incoming) for row, incoming in rows if incoming is not None],
    )


def _open_uploads(session: Session, project_id: int) -> dict[str, list[UploadRow]]:
    asked = (
        select(UploadRow)
        .where(
            UploadRow.project_id == project_id,
            UploadRow.state.in_((UploadState.COLLECTING, UploadState.SENT)),
        )
        .options(selectinload(UploadRow.parts))
    )
    found: dict[str, list[UploadRow]] = defaultdict(list)
    for row in session.scalars(asked):
        found[row.material].append(row)
    return found
