"""The draft of the catalogue: the rows an office edits before it publishes an edition.

Rows refer to each other by code, as the files do, and hold trees of conditions as text: a draft may be half
finished, and the linter says what is missing. Only a published edition plans a project.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned


class DraftRow(Versioned):
    """One row of the draft. ``position`` is its place in its file, so that files stay comparable."""

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class DepartmentRow(DraftRow, Base):
    """Who acts on a matter: a county bureau, a utility, an intermediary, or the enterprise itself."""

    __tablename__ = "approvals_department"

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    typical_county_bureau: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(Text, default="")


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


class AttributeRow(DraftRow, Base):
    """One fact a project must record.

    Shape: ``default_value`` as a person types it; ``values`` codes with commas between; ``value_labels`` one
    line a value, ``code: 中文 | English``.
    """

    __tablename__ = "approvals_attribute"

    name: Mapped[str] = mapped_column(unique=True)
    label_zh: Mapped[str] = mapped_column(default="")
    label_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    default_value: Mapped[str] = mapped_column(Text, default="")
    values: Mapped[str] = mapped_column(Text, default="")
    value_labels: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(default="")
    unit_zh: Mapped[str] = mapped_column(default="")
    unit_en: Mapped[str] = mapped_column(default="")
    derived_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")


class ConditionRow(DraftRow, Base):
    """When one matter is on a project's list. Shape: ``test`` is the tree as YAML."""

    __tablename__ = "approvals_condition"

    matter: Mapped[str] = mapped_column(unique=True)
    test: Mapped[str] = mapped_column(Text)


class DerivedRuleRow(DraftRow, Base):
    """How a fact follows from others. Shape: ``test`` is the tree as YAML."""

    __tablename__ = "approvals_derived_rule"

    name: Mapped[str] = mapped_column(unique=True)
    test: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")


class TemplateRow(DraftRow, Base):
    """A kind of project and the facts it assumes.

    Units: ``cap_workdays`` and ``issue_tail_workdays`` are working days.
    Shape: ``cap_window``, ``issue_together`` and ``review_groups`` are codes with commas between; ``merged``
    is one merger a line; ``defaults`` is YAML, fact by fact.
    """

    __tablename__ = "approvals_template"
    __table_args__ = (CheckConstraint("issue_tail_workdays >= 0", name="ck_approvals_template_tail"),)

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    exchange_type: Mapped[int] = mapped_column(default=10)
    cap_workdays: Mapped[int | None]
    cap_window: Mapped[str] = mapped_column(default="")
    start_on_land: Mapped[bool] = mapped_column(default=False)
    relax_edges: Mapped[bool] = mapped_column(default=False)
    issue_tail_workdays: Mapped[int] = mapped_column(default=1)
    pre_review_seal: Mapped[str] = mapped_column(default="")
    issue_together: Mapped[str] = mapped_column(Text, default="")
    merged: Mapped[str] = mapped_column(Text, default="")
    eligibility: Mapped[str] = mapped_column(Text, default="")
    defaults: Mapped[str] = mapped_column(Text, default="")
    review_groups: Mapped[str] = mapped_column(Text, default="")


class TemplateStepRow(DraftRow, Base):
    """One matter of a template, in its order, with what this template changes on it.

    Units: working days, as on the matter. Shape: ``position`` orders the template; ``test`` is a tighter
    condition as YAML, empty for none.
    """

    __tablename__ = "approvals_template_step"
    __table_args__ = (
        Index("ux_approvals_template_step", "template", "matter", unique=True),
        CheckConstraint(
            "coalesce(promised_workdays, 0) >= 0 AND coalesce(special_days, 0) >= 0 "
            "AND coalesce(prep_workdays, 0) >= 0",
            name="ck_approvals_template_step_days",
        ),
    )

    template: Mapped[str]
    matter: Mapped[str] = mapped_column(index=True)
    promised_workdays: Mapped[int | None]
    special_days: Mapped[int | None]
    prep_workdays: Mapped[int | None]
    test: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class LegalBasisRow(DraftRow, Base):
    """One citation a matter rests on. Units: civil days, both inclusive; empty = without end on that side."""

    __tablename__ = "approvals_legal_basis"
    __table_args__ = (
        Index("ux_approvals_legal_basis", "matter", "citation", unique=True),
        CheckConstraint("valid_to >= valid_from", name="ck_approvals_legal_basis_order"),
    )

    matter: Mapped[str]
    citation: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")
