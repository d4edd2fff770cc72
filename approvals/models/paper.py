"""What was handed in for a project, version by version with its files, and what it was told is missing.

A paper that a step makes needs no row: it follows from the step's result. Nothing here is overwritten: a
version that was wrong or found unfit is marked and stays.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.rules.papers import Fault, Finding, HeldFile, HeldVersion, PaperWay, ToldItem
from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY


class PaperVersionRow(Versioned, Base):
    """One handing-in of one paper, on a day, some way, with or without files; the newest that stands counts.

    Units: civil days in ``*_on``, moments in ``*_at``.
    Shape: ``number`` counts the versions of a paper from 1, withdrawn ones too; ``step_id`` is the step it
        was handed in at, if any; ``finding`` is empty until somebody compared the paper with what is asked.
    """

    __tablename__ = "approvals_paper_version"
    __table_args__ = (
        Index("ux_approvals_paper_version", "project_id", "material", "number", unique=True),
        Index("ix_approvals_paper_version_step", "step_id"),
        CheckConstraint("number > 0", name="ck_approvals_paper_version_number"),
        CheckConstraint(
            "(finding IS NULL) = (found_on IS NULL) "
            "AND (finding IS NULL OR finding = 'fit' OR found_reason <> '')",
            name="ck_approvals_paper_version_finding",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_paper_version_project")
    )
    material: Mapped[str]
    number: Mapped[int]
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_approvals_paper_version_step")
    )
    way: Mapped[PaperWay]
    came_on: Mapped[date]
    taken_in_at: Mapped[datetime]
    taken_in_by_id: Mapped[int | None]
    taken_in_by: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    finding: Mapped[Finding | None]
    found_on: Mapped[date | None]
    found_by: Mapped[str] = mapped_column(default="")
    found_reason: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[PaperFileRow]] = relationship(
        lambda: PaperFileRow, lazy="raise", order_by=lambda: PaperFileRow.position
    )

    def facts(self) -> HeldVersion:
        """The version as the rules see it. Shape: ``files`` are loaded along."""
        return HeldVersion(
            id=self.id,
            material=self.material,
            number=self.number,
            way=self.way,
            came_on=self.came_on,
            taken_in_by=self.taken_in_by,
            note=self.note,
            finding=self.finding,
            found_on=self.found_on,
            found_by=self.found_by,
            found_reason=self.found_reason,
            is_withdrawn=self.withdrawn_at is not None,
            withdrawn_reason=self.withdrawn_reason,
            files=tuple(file.facts() for file in self.files),
            row_version=self.version,
        )


class PaperFileRow(Base):
    """One file of one version of a paper. Append-only; its content lies in the storage under ``key``.

    Units: bytes.
    Shape: ``sha256`` is that of the content itself; ``key`` says nothing of it to whoever reads the disk;
        ``pages`` is None where the kind of file has none.
    """

    __tablename__ = "approvals_paper_file"
    __table_args__ = (
        Index("ux_approvals_paper_file", "version_id", "position", unique=True),
        Index("ix_approvals_paper_file_key", "key"),
        Index("ix_approvals_paper_file_project", "project_id"),
        CheckConstraint("size_bytes >= 0", name="ck_approvals_paper_file_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_paper_file_project")
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_paper_version.id", name="fk_approvals_paper_file_version")
    )
    position: Mapped[int]
    key: Mapped[str] = mapped_column(info=STORAGE_KEY)
    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    pages: Mapped[int | None]

    def facts(self) -> HeldFile:
        """The file as the rules see it."""
        return HeldFile(
            id=self.id,
            key=self.key,
            name=self.name,
            media_type=self.media_type,
            size_bytes=self.size_bytes,
            sha256=self.sha256,
            pages=self.pages,
        )


class OneTimeNoticeRow(Versioned, Base):
    """Everything that is missing or wrong at one attempt of one step, told once.

    Units: civil days; ``tell_by`` is the last day on which telling was in time.
    Source: AC-1, AC-4: there is one notice an attempt, and the database holds to it.
    """

    __tablename__ = "approvals_one_time_notice"
    __table_args__ = (
        Index("ux_approvals_one_time_notice", "step_id", "attempt", unique=True),
        Index("ux_approvals_one_time_notice_number", "number", unique=True),
        Index("ix_approvals_one_time_notice_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_one_time_notice_project")
    )
    step_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_approvals_one_time_notice_step")
    )
    attempt: Mapped[int]
    number: Mapped[str]
    received_on: Mapped[date | None]
    tell_by: Mapped[date | None]
    told_on: Mapped[date]
    told_at: Mapped[datetime]
    told_by_id: Mapped[int | None]
    told_by: Mapped[str]
    basis: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")
    items: Mapped[list[NoticeItemRow]] = relationship(
        lambda: NoticeItemRow, lazy="raise", order_by=lambda: NoticeItemRow.position
    )


class NoticeItemRow(Base):
    """One line of a one-time notice: a paper that is missing, or that is wrong and why. Append-only."""

    __tablename__ = "approvals_notice_item"
    __table_args__ = (Index("ux_approvals_notice_item", "notice_id", "position", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_one_time_notice.id", name="fk_approvals_notice_item_notice")
    )
    position: Mapped[int]
    material: Mapped[str]
    fault: Mapped[Fault]
    words: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> ToldItem:
        """The line as the rules see it."""
        return ToldItem(self.material, self.fault, self.words)


class SecondListRow(Base):
    """A second list of new items that somebody tried to give at one attempt of a step. It was refused.

    Shape: ``materials`` are the codes of what was new, with commas between. Append-only.
    Source: AC-4: a violation, recorded against the handler.
    """

    __tablename__ = "approvals_second_list"
    __table_args__ = (Index("ix_approvals_second_list_project", "project_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_second_list_project")
    )
    step_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_approvals_second_list_step")
    )
    notice_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_one_time_notice.id", name="fk_approvals_second_list_notice")
    )
    attempt: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    materials: Mapped[str] = mapped_column(Text)
