"""The certificates of a project: the files of results, as its enterprise may fetch them by link."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.paper import PaperFileRow, PaperVersionRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.papers import papers_here
from approvals.rules.papers import HeldFile, PaperWay
from concierge.kernel.errors import Missing
from concierge.progress.models.certificates import CertificateProofRow, CertificateTakenRow
from concierge.progress.queries.shown import decisions
from concierge.progress.rules.links import ProgressLink, RecipientKind
from concierge.progress.rules.shown import ItemKind
from projects.models.project import Project
from projects.rules.owner import owner_name
from projects.rules.papers import own_result, results_of

REFERENCE_SIGNS = 24
OWN_PEOPLE = frozenset({RecipientKind.OWNER, RecipientKind.CONTACT})
"""Who certificates are for: the enterprise's own people, not its designers, agencies and banks."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One file of one result. Shape: ``reference`` names it in the addresses of one link; ``number`` is the
    result's own."""

    reference: str
    step: str
    department: str
    number: str
    decided_on: date
    material: str
    file: HeldFile


def may_fetch(link: ProgressLink) -> bool:
    """Whether a link is one of the enterprise's own people."""
    return link.kind in OWN_PEOPLE


def has_certificates(session: Session, project_id: int) -> bool:
    """Whether the file of any result is here; one query."""
    asked = (
        select(PaperFileRow.id)
        .join(PaperVersionRow, PaperVersionRow.id == PaperFileRow.version_id)
        .where(
            PaperVersionRow.project_id == project_id,
            PaperVersionRow.way == PaperWay.RESULT,
            PaperVersionRow.withdrawn_at.is_(None),
        )
    )
    return session.scalar(asked.limit(1)) is not None


def certificates(session: Session, link: ProgressLink, lang: str) -> list[Certificate]:
    """The certificates of a link's project, the latest first; none of a step that is not shown.

    Shape: a file that serves later steps as several papers is one certificate; six queries.
    Raises: Missing, for a link of somebody else than the enterprise's own people.
    Source: PL-8.
    """
    if not may_fetch(link):
        raise Missing
    decided = decisions(session, link.project_id)
    steps = session.scalars(
        select(Step).where(Step.project_id == link.project_id, Step.finished_on.is_not(None))
    )
    shown = [step for step in steps if decided.is_shown(ItemKind.STEP, step.id)]
    found = list(_of_steps(session, link, shown, lang))
    return sorted(found, key=lambda one: (one.decided_on, one.step), reverse=True)


def _of_steps(session: Session, link: ProgressLink, steps: list[Step], lang: str) -> Iterator[Certificate]:
    edition_id = session.scalar(select(Project.edition_id).where(Project.id == link.project_id))
    catalogue = catalogue_queries.catalogue(edition_id or 0, session)
    here = papers_here(session, link.project_id)
    seen: set[str] = set()
    for step in steps:
        matter = catalogue.matter(step.code)
        for material in (*results_of(catalogue, step.code), own_result(step.code)):
            held = here.get(material)
            if held is None or not held.is_good or held.newest.way is not PaperWay.RESULT:
                continue
            for file in held.newest.files:
                if file.sha256 in seen or step.finished_on is None:
                    continue
                seen.add(file.sha256)
                yield Certificate(
                    reference=reference_of(link.id, file.id),
                    step=matter.spoken(lang),
                    department=owner_name(
                        catalogue.department_of.get(step.department), step.department, lang
                    ),
                    number=step.result_number or "",
                    decided_on=step.finished_on,
                    material=material,
                    file=file,
                )


def certificate_at(session: Session, link: ProgressLink, reference: str, lang: str) -> Certificate:
    """The certificate of a reference. Raises: Missing."""
    for one in certificates(session, link, lang):
        if hmac.compare_digest(one.reference.encode(), reference.encode()):
            return one
    raise Missing


def reference_of(link_id: int, file_id: int) -> str:
    """What names a file in the addresses of one link: no number anybody could count up."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"certificate|{link_id}|{file_id}".encode(), hashlib.sha256).hexdigest()[
        :REFERENCE_SIGNS
    ]


def open_proof(session: Session, link_id: int) -> CertificateProofRow | None:
    """The code a link asked for last and has not typed yet, if there is one."""
    asked = select(CertificateProofRow).where(
        CertificateProofRow.link_id == link_id,
        CertificateProofRow.proved_at.is_(None),
        CertificateProofRow.code_until.is_not(None),
    )
    return session.scalar(asked.order_by(CertificateProofRow.id.desc()).limit(1))


def proofs_since(session: Session, link_id: int, moment: datetime) -> list[CertificateProofRow]:
    """The codes a link asked for since a moment, the latest first."""
    asked = select(CertificateProofRow).where(
        CertificateProofRow.link_id == link_id, CertificateProofRow.asked_at >= moment
    )
    return list(session.scalars(asked.order_by(CertificateProofRow.id.desc())))


def is_proved(session: Session, link_id: int, kept: str, now: datetime, lasts: timedelta) -> bool:
    """Whether a proof this browser keeps is still good for this link. Shape: ``kept`` is its row's number."""
    row = session.get(CertificateProofRow, int(kept)) if kept.isdecimal() else None
    if row is None or row.link_id != link_id or row.proved_at is None:
        return False
    return now - row.proved_at <= lasts


def taken_by_link(session: Session, link_ids: list[int]) -> dict[int, list[CertificateTakenRow]]:
    """What was fetched by these links, the latest first; one query."""
    found: dict[int, list[CertificateTakenRow]] = {link_id: [] for link_id in link_ids}
    asked = select(CertificateTakenRow).where(CertificateTakenRow.link_id.in_(link_ids))
    for row in session.scalars(asked.order_by(CertificateTakenRow.id.desc())):
        found[row.link_id].append(row)
    return found
