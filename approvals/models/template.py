"""The draft of the templates: facts a project records, the conditions on them, and the matters in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.models import draft_text as text
from approvals.models.draft_row import DraftRow
from approvals.rules.catalogue import Condition, DerivedRule, Mode, Override, Template
from approvals.rules.facts import Attribute, FactValue, Label
from concierge.kernel.db import Base

_BLANKS: Mapping[str, FactValue] = {"bool": False, "number": 0, "list": ()}


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

    def facts(self) -> Attribute:
        """The attribute as the rules see it.

        Raises: FactOfWrongType, LabelUnreadable, for text that no form let through.
        """
        blank = Attribute(
            name=self.name,
            kind=self.kind,
            default=_BLANKS.get(self.kind, ""),
            values=text.codes(self.values),
            unit=self.unit,
            note=self.note,
            derived_by=self.derived_by,
            label=Label(self.label_zh, self.label_en),
            unit_label=Label(self.unit_zh, self.unit_en),
            value_labels=text.labels(self.value_labels),
        )
        return replace(blank, default=text.typed_default(blank, self.default_value))

    def apply(self, fact: Attribute) -> None:
        """Take over what the fact says."""
        self.name, self.kind, self.unit = fact.name, fact.kind, fact.unit
        self.note, self.derived_by = fact.note, fact.derived_by
        self.label_zh, self.label_en = fact.label.zh, fact.label.en
        self.unit_zh, self.unit_en = fact.unit_label.zh, fact.unit_label.en
        self.default_value = text.as_typed(fact.default)
        self.values = text.as_codes(fact.values)
        self.value_labels = text.as_labels_text(fact.value_labels)


class ConditionRow(DraftRow, Base):
    """When one matter is on a project's list. Shape: ``test`` is the tree as YAML."""

    __tablename__ = "approvals_condition"

    matter: Mapped[str] = mapped_column(unique=True)
    test: Mapped[str] = mapped_column(Text)

    def facts(self) -> Condition:
        """The condition as the rules see it."""
        return Condition(self.matter, text.tree(self.test))

    def apply(self, fact: Condition) -> None:
        """Take over what the fact says."""
        self.matter, self.test = fact.matter, text.as_tree_text(fact.test)


class DerivedRuleRow(DraftRow, Base):
    """How a fact follows from others. Shape: ``test`` is the tree as YAML."""

    __tablename__ = "approvals_derived_rule"

    name: Mapped[str] = mapped_column(unique=True)
    test: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> DerivedRule:
        """The rule as the rules see it."""
        return DerivedRule(self.name, text.tree(self.test), self.note)

    def apply(self, fact: DerivedRule) -> None:
        """Take over what the fact says."""
        self.name, self.test, self.note = fact.name, text.as_tree_text(fact.test), fact.note


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

    def facts(self, steps: Iterable[TemplateStepRow]) -> Template:
        """The template as the rules see it. Shape: ``steps`` are its own, in order."""
        own = tuple(steps)
        return Template(
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            exchange_type=self.exchange_type,
            cap_workdays=self.cap_workdays,
            cap_window=text.codes(self.cap_window),
            mode=Mode(
                start_on_land=self.start_on_land,
                relax_edges=self.relax_edges,
                issue_tail_workdays=self.issue_tail_workdays,
                pre_review_seal=self.pre_review_seal,
                issue_together=text.codes(self.issue_together),
                merged=text.code_lists(self.merged),
            ),
            eligibility=self.eligibility,
            defaults=text.values_by_name(self.defaults),
            steps=tuple(step.matter for step in own),
            overrides=tuple(override for step in own if (override := step.override())),
            review_groups=text.codes(self.review_groups),
        )

    def apply(self, fact: Template) -> None:
        """Take over what the fact says, but for its steps, which are rows of their own."""
        self.code, self.name_zh, self.name_en = fact.code, fact.name_zh, fact.name_en
        self.exchange_type, self.cap_workdays = fact.exchange_type, fact.cap_workdays
        self.cap_window = text.as_codes(fact.cap_window)
        self.start_on_land, self.relax_edges = fact.mode.start_on_land, fact.mode.relax_edges
        self.issue_tail_workdays = fact.mode.issue_tail_workdays
        self.pre_review_seal = fact.mode.pre_review_seal
        self.issue_together = text.as_codes(fact.mode.issue_together)
        self.merged = text.as_code_lists(fact.mode.merged)
        self.eligibility, self.defaults = fact.eligibility, text.as_values_text(fact.defaults)
        self.review_groups = text.as_codes(fact.review_groups)


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

    def override(self) -> Override | None:
        """What the template changes on the matter; None where it changes nothing."""
        override = Override(
            matter=self.matter,
            promised_workdays=self.promised_workdays,
            special_days=self.special_days,
            prep_workdays=self.prep_workdays,
            note=self.note,
            condition=text.tree_if_any(self.test),
        )
        return None if override == Override(matter=self.matter) else override

    def apply(self, template: str, matter: str, override: Override | None) -> None:
        """Take over what the template says about one of its matters."""
        told = override or Override(matter=matter)
        self.template, self.matter = template, matter
        self.promised_workdays, self.special_days = told.promised_workdays, told.special_days
        self.prep_workdays, self.note = told.prep_workdays, told.note
        self.test = text.as_tree_text(told.condition)
