"""Packages: what a department was sent for one step or one joint review, revision by revision.

A package that was made is never changed: what is sent again is a new revision of the same number. Only what
became of it is added: whether it could be built, the day it was taken in, its signature.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base
from concierge.kernel.storage import STORAGE_KEY
from documents.rules.packages import Item, ItemKind, ItemStatus, PackageState, Revision


class PackageRow(Base):
    """One revision of one package, for one department.

    Units: bytes; civil days in ``*_on``, moments in ``*_at``.
    Shape: for a step or for a joint review, never both; ``revision`` counts from 1 under one ``number``;
        ``facts`` is canonical JSON, the package's own 元数据.json; ``key``, ``sha256`` and ``sm3`` are empty
        until the ZIP is built; ``list_key`` is its list of contents as PDF, empty where it was built without
        a printer; ``signature`` is the detached one over its manifest, empty without.
    """

    __tablename__ = "documents_package"
    __table_args__ = (
        CheckConstraint("(step_id IS NULL) <> (review_id IS NULL)", name="ck_documents_package_about"),
        CheckConstraint("revision > 0", name="ck_documents_package_revision"),
        CheckConstraint(
            "state <> 'ready' OR (key IS NOT NULL AND sha256 <> '')", name="ck_documents_package_ready"
        ),
        Index("ux_documents_package_step", "step_id", "attempt", "department", "revision", unique=True),
        Index("ux_documents_package_review", "review_id", "department", "revision", unique=True),
        Index("ux_documents_package_number", "number", "revision", unique=True),
        Index("ix_documents_package_project", "project_id"),
        Index("ix_documents_package_department", "department", "replaced_at"),
        Index("ix_documents_package_key", "key"),
        Index("ix_documents_package_list", "list_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_documents_package_project")
    )
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_documents_package_step")
    )
    review_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_joint_review.id", name="fk_documents_package_review")
    )
    attempt: Mapped[int] = mapped_column(default=1)
    department: Mapped[str]
    number: Mapped[str]
    revision: Mapped[int]
    state: Mapped[PackageState]
    data_on: Mapped[date]
    facts: Mapped[str] = mapped_column(Text)
    facts_sha256: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    ready_at: Mapped[datetime | None]
    key: Mapped[str | None] = mapped_column(info=STORAGE_KEY)
    sha256: Mapped[str] = mapped_column(default="")
    sm3: Mapped[str] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    list_key: Mapped[str | None] = mapped_column(info=STORAGE_KEY)
    list_size_bytes: Mapped[int] = mapped_column(default=0, server_default="0")
    fault: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime | None]
    received_on: Mapped[date | None]
    received_at: Mapped[datetime | None]
    received_by: Mapped[str] = mapped_column(default="")
    signature: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str] = mapped_column(default="")
    items: Mapped[list[PackageItemRow]] = relationship(
        lambda: PackageItemRow, lazy="raise", order_by=lambda: PackageItemRow.position
    )

    def facts_of_revision(self) -> Revision:
        """The revision as the rules see it. Shape: ``items`` are loaded along."""
        return Revision(
            number=self.number, revision=self.revision, items=tuple(item.facts() for item in self.items)
        )


class PackageItemRow(Base):
    """One line of a package's contents: a file in it, or a paper that comes without one. Append-only.

    Units: bytes; civil days.
    Shape: ``place`` is the paper's number in the list and ``n`` the file's within it, both from 1;
        ``path`` is where it lies in the ZIP, and empty with ``key`` where no file belongs to the line.
    """

    __tablename__ = "documents_package_item"
    __table_args__ = (
        Index("ux_documents_package_item", "package_id", "position", unique=True),
        Index("ix_documents_package_item_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(
        ForeignKey("documents_package.id", name="fk_documents_package_item_package")
    )
    position: Mapped[int]
    place: Mapped[int]
    n: Mapped[int]
    kind: Mapped[ItemKind]
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    origin: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    status: Mapped[ItemStatus]
    copies: Mapped[int] = mapped_column(default=0)
    paper_revision: Mapped[int] = mapped_column(default=0)
    came_on: Mapped[date | None]
    due_on: Mapped[date | None]
    path: Mapped[str] = mapped_column(Text, default="")
    media_type: Mapped[str] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    pages: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(default="")
    key: Mapped[str | None] = mapped_column(info=STORAGE_KEY)

    def facts(self) -> Item:
        """The line as the rules see it."""
        return Item(
            place=self.place,
            n=self.n,
            kind=self.kind,
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            origin=self.origin,
            source=self.source,
            status=self.status,
            copies=self.copies,
            paper_revision=self.paper_revision,
            came_on=self.came_on,
            due_on=self.due_on,
            path=self.path,
            media_type=self.media_type,
            size_bytes=self.size_bytes,
            pages=self.pages,
            sha256=self.sha256,
            key=self.key,
        )
