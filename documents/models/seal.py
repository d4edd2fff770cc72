"""Seals, who keeps them, and every use of one. A use is never removed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY
from documents.rules.sealing import Keeper, Sealable, SealState


class SealRow(Versioned, Base):
    """One seal of an office.

    Units: civil days; both ends of the certificate are days on which it holds.
    Shape: ``certificate`` is PEM text, the seal's own first, then those it was issued by. ``key_name`` is the
        label on the token, or the platform's number of the seal; ``key_file`` is where a software key lies
        sealed, ``manifest_key_file`` the SM2 key for signatures over lists of files; ``picture_key`` is the
        stamp one sees, drawn by the house where the office sent none. ``is_trial`` prints 测试样章.
    Source: SL-1; S86.
    """

    __tablename__ = "documents_seal"
    __table_args__ = (
        Index("ux_documents_seal_code", "code", unique=True),
        CheckConstraint("first_on <= last_on", name="ck_documents_seal_term"),
        CheckConstraint("(retired_at IS NULL) = (retired_why = '')", name="ck_documents_seal_retired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    office: Mapped[str]
    keeper: Mapped[Keeper]
    key_name: Mapped[str] = mapped_column(default="")
    key_file: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    manifest_key_file: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    manifest_public: Mapped[str] = mapped_column(default="")
    picture_key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    certificate: Mapped[str] = mapped_column(Text, default="")
    fingerprint: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    first_on: Mapped[date]
    last_on: Mapped[date]
    is_trial: Mapped[bool] = mapped_column(default=False)
    needs_two: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    retired_at: Mapped[datetime | None]
    retired_why: Mapped[str] = mapped_column(default="")


class SealKeeperRow(Base):
    """A person a seal is handed to, from a day on, and the day it was taken back.

    Source: SL-1.
    """

    __tablename__ = "documents_seal_keeper"
    __table_args__ = (
        Index("ix_documents_seal_keeper_seal", "seal_id", "person_id"),
        CheckConstraint("last_on IS NULL OR last_on >= first_on", name="ck_documents_seal_keeper_term"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(
        ForeignKey("documents_seal.id", name="fk_documents_seal_keeper_seal")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_documents_seal_keeper_person"))
    person: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date | None]


class SealUseRow(Versioned, Base):
    """One use of a seal: who asked, who confirmed, what it was put on, and what came of it.

    Shape: ``subject_id`` is the number of the document or package; ``before_sha256`` the content that was
        shown to who confirmed, ``after_sha256`` what came out. ``stamped_at`` is what the timestamp server
        says, None where no server is set.
    Source: SL-1.
    """

    __tablename__ = "documents_seal_use"
    __table_args__ = (
        Index("ix_documents_seal_use_seal", "seal_id", "id"),
        Index("ix_documents_seal_use_subject", "subject", "subject_id"),
        Index("ix_documents_seal_use_project", "project_id"),
        CheckConstraint("(state = 'sealed') = (result_key <> '')", name="ck_documents_seal_use_result"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("documents_seal.id", name="fk_documents_seal_use_seal"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_documents_seal_use_project")
    )
    subject: Mapped[Sealable]
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[SealState]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None]
    asked_by: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None]
    confirmed_by: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    before_sha256: Mapped[str]
    after_sha256: Mapped[str] = mapped_column(default="")
    result_key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    stamped_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text, default="")
