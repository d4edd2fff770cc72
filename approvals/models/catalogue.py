"""The draft of the catalogue: the rows an office edits before it publishes an edition.

Rows refer to each other by code, as the files do, and hold trees of conditions as text: a draft may be half
finished, and the linter says what is missing. Only a published edition plans a project.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.models import draft_text as text
from approvals.models.draft_row import DraftRow, same_fields, take
from approvals.rules.catalogue import Department, LegalBasis, Material, Matter, Precedence, ReviewGroup
from concierge.kernel.db import Base


class DepartmentRow(DraftRow, Base):
    """Who acts on a matter: a county bureau, a utility, an intermediary, or the enterprise itself."""

    __tablename__ = "approvals_department"

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    typical_county_bureau: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> Department:
        """The department as the rules see it."""
        fact: Department = same_fields(self, Department)
        return fact

    def apply(self, fact: Department) -> None:
        """Take over what the fact says."""
        take(self, fact)


class MatterRow(DraftRow, Base):
    """One approval matter or service, with every period that belongs to it.

    Units: ``promised_workdays`` and ``prep_workdays`` are working days; ``statutory_days`` and
    ``special_days`` are days of their own basis.
    """

    __tablename__ = "approvals_matter"
    __table_args__ = (
        CheckConstraint(
            "promised_workdays >= 0 AND special_days >= 0 AND prep_workdays >= 0 "
            "AND (statutory_days IS NULL OR statutory_days >= 0)",
            name="ck_approvals_matter_days",
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    stage: Mapped[str] = mapped_column(index=True)
    lead_department: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="")
    statutory_days: Mapped[int | None]
    statutory_basis: Mapped[str] = mapped_column(default="")
    promised_workdays: Mapped[int] = mapped_column(default=0)
    special_days: Mapped[int] = mapped_column(default=0)
    special_basis: Mapped[str] = mapped_column(default="")
    special_note: Mapped[str] = mapped_column(Text, default="")
    prep_workdays: Mapped[int] = mapped_column(default=0)
    allows_deferral: Mapped[bool] = mapped_column(default=False)
    review_group: Mapped[str] = mapped_column(default="")
    result_document: Mapped[str] = mapped_column(default="")
    result_validity: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    verification: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    unspecified_as: Mapped[str] = mapped_column(default="")
    examined_first_by: Mapped[str] = mapped_column(default="", server_default="")

    def facts(self) -> Matter:
        """The matter as the rules see it."""
        fact: Matter = same_fields(self, Matter)
        return fact

    def apply(self, fact: Matter) -> None:
        """Take over what the fact says."""
        take(self, fact)


class PrecedenceRow(DraftRow, Base):
    """One matter waits for another's result."""

    __tablename__ = "approvals_precedence"
    __table_args__ = (
        Index("ux_approvals_precedence", "predecessor", "successor", unique=True),
        CheckConstraint("predecessor <> successor", name="ck_approvals_precedence_two_matters"),
    )

    predecessor: Mapped[str]
    successor: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="hard")
    gate: Mapped[str] = mapped_column(default="accept")
    relaxable: Mapped[bool] = mapped_column(default=False)
    result_document: Mapped[str] = mapped_column(default="")
    source_why: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> Precedence:
        """The precedence as the rules see it."""
        fact: Precedence = same_fields(self, Precedence)
        return fact

    def apply(self, fact: Precedence) -> None:
        """Take over what the fact says."""
        take(self, fact)


class MaterialRow(DraftRow, Base):
    """One paper one matter asks for, and where it comes from.

    Units: ``make_good_workdays`` are working days.
    """

    __tablename__ = "approvals_material"
    __table_args__ = (
        Index("ux_approvals_material", "matter", "code", unique=True),
        CheckConstraint("make_good_workdays >= 0 AND paper_copies >= 0", name="ck_approvals_material_counts"),
    )

    matter: Mapped[str]
    code: Mapped[str] = mapped_column(index=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    is_main: Mapped[bool] = mapped_column(default=True)
    deferrable: Mapped[bool] = mapped_column(default=False)
    make_good_workdays: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str] = mapped_column(default="applicant")
    origin_ref: Mapped[str] = mapped_column(default="")
    paper_copies: Mapped[int] = mapped_column(default=0)
    form_type: Mapped[str] = mapped_column(default="")
    alternative_group: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> Material:
        """The material as the rules see it."""
        fact: Material = same_fields(self, Material)
        return fact

    def apply(self, fact: Material) -> None:
        """Take over what the fact says."""
        take(self, fact)


class ReviewGroupRow(DraftRow, Base):
    """Departments that look at one submission together. Shape: ``members`` are codes with commas between."""

    __tablename__ = "approvals_review_group"

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    lead: Mapped[str]
    members: Mapped[str] = mapped_column(Text, default="")
    mode: Mapped[str] = mapped_column(default="")
    notice_workdays: Mapped[int] = mapped_column(default=0)
    opinion_workdays: Mapped[int] = mapped_column(default=0)
    silence: Mapped[str] = mapped_column(default="none")

    def facts(self) -> ReviewGroup:
        """The group as the rules see it."""
        return ReviewGroup(
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            lead=self.lead,
            members=text.codes(self.members),
            mode=self.mode,
            notice_workdays=self.notice_workdays,
            opinion_workdays=self.opinion_workdays,
            silence=self.silence,
        )

    def apply(self, fact: ReviewGroup) -> None:
        """Take over what the fact says."""
        take(self, fact)
        self.members = text.as_codes(fact.members)


class LegalBasisRow(DraftRow, Base):
    """One citation a matter rests on. Units: civil days, both inclusive; empty = without end on that side."""

    __tablename__ = "approvals_legal_basis"
    __table_args__ = (
        Index("ux_approvals_legal_basis", "matter", "citation", "valid_from", unique=True),
        CheckConstraint("valid_to >= valid_from", name="ck_approvals_legal_basis_order"),
    )

    matter: Mapped[str]
    citation: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> LegalBasis:
        """The citation as the rules see it."""
        fact: LegalBasis = same_fields(self, LegalBasis)
        return fact

    def apply(self, fact: LegalBasis) -> None:
        """Take over what the fact says."""
        take(self, fact)
