"""What each department said in a joint review, line by line, and which lines cannot both hold.

Opinions and their lines are append-only: a department that thinks again gives another opinion, and the latest
one counts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.rules.contradictions import Condition, Figure, Relation
from approvals.rules.opinions import AskedPaper, Given, LineKind, OpinionWay, Stance
from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY

_PROJECT, _REVIEW = "projects_project.id", "approvals_joint_review.id"


class OpinionRow(Base):
    """What one department said in one round; of several, the latest counts. Append-only.

    Units: ``given_on`` is the day of the department's own answer, ``at`` the moment it was written down.
    """

    __tablename__ = "approvals_opinion"
    __table_args__ = (
        Index("ix_approvals_opinion_member", "member_id"),
        Index("ix_approvals_opinion_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_opinion_project"))
    member_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_review_member.id", name="fk_approvals_opinion_member")
    )
    stance: Mapped[Stance]
    text: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[OpinionWay]
    given_on: Mapped[date]
    given_by: Mapped[str]
    at: Mapped[datetime]
    recorded_by: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    file_key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    file_name: Mapped[str] = mapped_column(default="")
    lines: Mapped[list[OpinionLineRow]] = relationship(
        lambda: OpinionLineRow, lazy="raise", order_by=lambda: OpinionLineRow.id
    )

    def facts(self, department: str) -> Given:
        """The opinion as the rules see it. Shape: its lines are loaded along."""
        return Given(
            id=self.id,
            stance=self.stance,
            text=self.text,
            way=self.way,
            given_on=self.given_on,
            given_by=self.given_by,
            at=self.at,
            recorded_by=self.recorded_by,
            conditions=tuple(
                line.condition(department) for line in self.lines if line.kind is LineKind.CONDITION
            ),
            materials=tuple(
                AskedPaper(line.id, department, line.text, line.material)
                for line in self.lines
                if line.kind is LineKind.MATERIAL
            ),
            number=self.number,
            file_key=self.file_key,
            file_name=self.file_name,
        )


class OpinionLineRow(Base):
    """One condition, or one missing paper, of one opinion. Append-only.

    Shape: ``subject``, ``relation``, ``value`` and ``unit`` stand where the line names a figure;
        ``material`` is a code of the catalogue where the paper is known there.
    """

    __tablename__ = "approvals_opinion_line"
    __table_args__ = (Index("ix_approvals_opinion_line_opinion", "opinion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opinion_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_opinion.id", name="fk_approvals_opinion_line_opinion")
    )
    kind: Mapped[LineKind]
    text: Mapped[str] = mapped_column(Text)
    material: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    relation: Mapped[Relation | None]
    value: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")

    def condition(self, department: str) -> Condition:
        """The condition as the rules see it."""
        figure = Figure(self.subject, self.relation, self.value, self.unit) if self.relation else None
        return Condition(self.id, department, self.text, figure)


class ContradictionRow(Versioned, Base):
    """Two lines that cannot both hold: marked by a person, or found by rule and settled by the lead.

    Shape: ``first_line_id`` < ``second_line_id``; ``resolution`` is empty until the lead has settled it.
    """

    __tablename__ = "approvals_contradiction"
    __table_args__ = (
        Index("ux_approvals_contradiction", "first_line_id", "second_line_id", unique=True),
        Index("ix_approvals_contradiction_review", "review_id"),
        CheckConstraint("first_line_id < second_line_id", name="ck_approvals_contradiction_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_contradiction_project"))
    review_id: Mapped[int] = mapped_column(ForeignKey(_REVIEW, name="fk_approvals_contradiction_review"))
    first_line_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_opinion_line.id", name="fk_approvals_contradiction_first")
    )
    second_line_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_opinion_line.id", name="fk_approvals_contradiction_second")
    )
    is_marked: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    marked_by: Mapped[str] = mapped_column(default="")
    resolution: Mapped[str] = mapped_column(Text, default="")
    resolved_by: Mapped[str] = mapped_column(default="")
    resolved_on: Mapped[date | None]
