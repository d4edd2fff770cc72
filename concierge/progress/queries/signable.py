"""The commitments an enterprise may sign by its link: those that were drafted and wait for a signature."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.rules.commitment import CONSEQUENCES, TRUTH, Commitment, LatePaper
from approvals.rules.deferral_course import DeferralState
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.progress.models.acts import SigningRow
from concierge.progress.press.commitment_letter import letter_text
from projects.queries.commitments import deferral_file

OFFICE_LANGUAGE = "zh"
REFERENCE_SIGNS = 20


@dataclass(frozen=True, kw_only=True)
class Signable:
    """One commitment as its signer reads it.

    Units: ``due_on`` a civil day.
    Shape: ``reference`` names it in addresses of this link and nowhere else; ``digest`` is the SHA-256 of
        ``statement``.
    """

    deferral_id: int
    reference: str
    number: str
    paper: str
    matter: str
    due_on: date
    statement: str
    signed_by: str
    signed_on: date | None

    @property
    def digest(self) -> str:
        """What is signed."""
        return hashlib.sha256(self.statement.encode()).hexdigest()


def signables(session: Session, project_id: int, link_id: int, lang: str) -> list[Signable]:
    """The commitments of a project that wait for a signature, the first due first."""
    asked = (
        select(DeferralRow.id)
        .where(DeferralRow.project_id == project_id, DeferralRow.state == DeferralState.DRAFTED)
        .order_by(DeferralRow.asked_due_on, DeferralRow.id)
    )
    return [signable_of(session, one, link_id, lang) for one in session.scalars(asked).all()]


def to_sign(session: Session, project_id: int) -> int:
    """How many commitments of a project wait for a signature."""
    asked = select(func.count(DeferralRow.id)).where(
        DeferralRow.project_id == project_id, DeferralRow.state == DeferralState.DRAFTED
    )
    return session.scalar(asked) or 0


def signable_at(session: Session, project_id: int, link_id: int, reference: str, lang: str) -> Signable:
    """One of a project's commitments by what its address says, signed ones too. Raises: Missing."""
    asked = select(DeferralRow.id).where(DeferralRow.project_id == project_id)
    for one in session.scalars(asked).all():
        if hmac.compare_digest(reference_of(link_id, one), reference):
            return signable_of(session, one, link_id, lang)
    raise Missing


def signable_of(session: Session, deferral_id: int, link_id: int, lang: str) -> Signable:
    """One commitment; the letter is in the office's language, its names in the reader's. Raises: Missing."""
    file = deferral_file(session, deferral_id, SYSTEM)
    entry, row = file.entry, file.entry.row
    letter = Commitment(
        applicant=entry.enterprise,
        uscc=file.uscc,
        project=entry.project.name,
        project_code=entry.project.code,
        matter=entry.matter.spoken(OFFICE_LANGUAGE),
        department=entry.department.spoken(OFFICE_LANGUAGE),
        papers=(LatePaper(entry.paper(OFFICE_LANGUAGE), row.form, row.due_on or row.asked_due_on),),
    )
    with force_locale(OFFICE_LANGUAGE):
        statement = letter_text(letter, row.number, gettext(TRUTH), gettext(CONSEQUENCES))
    return Signable(
        deferral_id=row.id,
        reference=reference_of(link_id, row.id),
        number=row.number,
        paper=entry.paper(lang),
        matter=entry.matter.spoken(lang),
        due_on=row.due_on or row.asked_due_on,
        statement=statement,
        signed_by=row.signed_by,
        signed_on=row.signed_on,
    )


def reference_of(link_id: int, deferral_id: int) -> str:
    """What names a commitment in the addresses of one link: no number anybody could count up."""
    key = current_app.config["SECRET_KEY"].encode()
    text = f"commitment|{link_id}|{deferral_id}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:REFERENCE_SIGNS]


def open_signing(session: Session, link_id: int, deferral_id: int) -> SigningRow | None:
    """The latest signing of a commitment a link began and has not ended, if there is one."""
    asked = select(SigningRow).where(
        SigningRow.link_id == link_id,
        SigningRow.deferral_id == deferral_id,
        SigningRow.signed_at.is_(None),
    )
    return session.scalar(asked.order_by(SigningRow.id.desc()).limit(1))


def signings_since(session: Session, link_id: int, moment: object) -> Sequence[SigningRow]:
    """The signings a link began since a moment, the latest first."""
    asked = select(SigningRow).where(SigningRow.link_id == link_id, SigningRow.asked_at >= moment)
    return session.scalars(asked.order_by(SigningRow.id.desc())).all()
