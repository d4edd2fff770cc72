"""What came in by progress links: acts, their answers, uploads, signings, subscriptions, scenarios.

Nothing an enterprise sent is overwritten. Names and addresses of people are sealed; beside them stands a hint
that is enough to know them by.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY
from concierge.progress.rules.acts import ActKind, IncomingState, ScenarioReply, TellingWay, UploadState


class IncomingRow(Versioned, Base):
    """One thing an enterprise sent by its link, until the office has dealt with it.

    Units: civil days in ``*_on``, moments in ``*_at``; ``begins`` is a time of day in Asia/Shanghai.
    Shape: ``form_key`` is the number of the form it came with, so that a form sent twice is kept once;
        ``sealed`` holds name and telephone, if they were given. ``about_id`` is the row another addon made of
        it: a report, a visit, a version of a paper.
    """

    __tablename__ = "progress_incoming"
    __table_args__ = (
        Index("ux_progress_incoming_form", "link_id", "form_key", unique=True),
        Index("ix_progress_incoming_project", "project_id", "state"),
        Index("ix_progress_incoming_state", "state", "came_at"),
        CheckConstraint("(state = 'new') = (handled_at IS NULL)", name="ck_progress_incoming_handled"),
        CheckConstraint("state <> 'declined' OR answer <> ''", name="ck_progress_incoming_declined"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_incoming_project")
    )
    link_id: Mapped[int] = mapped_column(ForeignKey("progress_link.id", name="fk_progress_incoming_link"))
    kind: Mapped[ActKind]
    form_key: Mapped[str]
    sender: Mapped[str]
    words: Mapped[str] = mapped_column(Text, default="")
    material: Mapped[str] = mapped_column(default="")
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_progress_incoming_step")
    )
    wanted_on: Mapped[date | None]
    begins: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    hint: Mapped[str] = mapped_column(default="")
    came_at: Mapped[datetime]
    answer_by_on: Mapped[date]
    state: Mapped[IncomingState] = mapped_column(default=IncomingState.NEW)
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None]
    handled_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    about_id: Mapped[int | None]


class UploadRow(Versioned, Base):
    """The pages of one material, from the first photograph to the office's look at it.

    Units: bytes.
    Shape: at most one collects pages for a material of a link at a time; ``key`` and what follows describe
        the one file made of the pages when they were sent, empty before. ``version_id`` is the version of the
        paper it became.
    """

    __tablename__ = "progress_upload"
    __table_args__ = (
        Index("ix_progress_upload_link", "link_id", "material", "state"),
        Index("ix_progress_upload_project", "project_id", "material"),
        Index("ux_progress_upload_incoming", "incoming_id", unique=True),
        CheckConstraint("(state = 'collecting') = (incoming_id IS NULL)", name="ck_progress_upload_sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_upload_project")
    )
    link_id: Mapped[int] = mapped_column(ForeignKey("progress_link.id", name="fk_progress_upload_link"))
    material: Mapped[str]
    state: Mapped[UploadState] = mapped_column(default=UploadState.COLLECTING)
    made_at: Mapped[datetime]
    incoming_id: Mapped[int | None] = mapped_column(
        ForeignKey("progress_incoming.id", name="fk_progress_upload_incoming")
    )
    key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_paper_version.id", name="fk_progress_upload_version")
    )
    parts: Mapped[list[UploadPageRow]] = relationship(
        lambda: UploadPageRow, lazy="raise", order_by=lambda: UploadPageRow.position
    )


class UploadPageRow(Base):
    """One photograph or file of an upload, as it arrived; the same content arriving twice is kept once."""

    __tablename__ = "progress_upload_page"
    __table_args__ = (
        Index("ux_progress_upload_page", "upload_id", "sha256", unique=True),
        CheckConstraint("size_bytes >= 0", name="ck_progress_upload_page_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(
        ForeignKey("progress_upload.id", name="fk_progress_upload_page_upload")
    )
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_upload_page_project"), index=True
    )
    position: Mapped[int]
    key: Mapped[str] = mapped_column(info=STORAGE_KEY)
    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    pages: Mapped[int | None]
    came_at: Mapped[datetime]


class SigningRow(Versioned, Base):
    """One signing of a commitment by link and SMS code.

    Shape: ``statement`` is the letter as it was read on the screen, ``statement_sha256`` what was signed; of
        the code only a keyed hash is kept, and only while it is good.
    Source: DF-3.
    """

    __tablename__ = "progress_signing"
    __table_args__ = (
        Index("ix_progress_signing_deferral", "deferral_id", "signed_at"),
        Index("ix_progress_signing_link", "link_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_signing_project")
    )
    link_id: Mapped[int] = mapped_column(ForeignKey("progress_link.id", name="fk_progress_signing_link"))
    deferral_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_deferral.id", name="fk_progress_signing_deferral")
    )
    signer: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    statement: Mapped[str] = mapped_column(Text)
    statement_sha256: Mapped[str]
    hint: Mapped[str]
    code_hash: Mapped[str] = mapped_column(default="")
    code_until: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]


class SubscriptionRow(Versioned, Base):
    """One way somebody asked to be told of milestones; it speaks only after it was confirmed.

    Shape: ``sealed`` is the address and ``address_hash`` its keyed hash, empty for a calendar; ``key_hash``
        is that of the key which confirms and stops a mail, or opens the calendar; ``code_hash`` that of the
        code which confirms a number.
    """

    __tablename__ = "progress_subscription"
    __table_args__ = (
        Index("ux_progress_subscription_handle", "handle", unique=True),
        Index("ux_progress_subscription_key", "key_hash", unique=True),
        Index("ix_progress_subscription_project", "project_id", "stopped_at"),
        Index("ix_progress_subscription_address", "project_id", "address_hash"),
        Index("ix_progress_subscription_link", "link_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_subscription_project")
    )
    link_id: Mapped[int] = mapped_column(ForeignKey("progress_link.id", name="fk_progress_subscription_link"))
    way: Mapped[TellingWay]
    language: Mapped[str] = mapped_column(default="zh")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_hash: Mapped[str] = mapped_column(default="")
    hint: Mapped[str] = mapped_column(default="")
    handle: Mapped[str]
    key_hash: Mapped[str]
    code_hash: Mapped[str] = mapped_column(default="")
    code_until: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class MilestoneToldRow(Base):
    """One milestone one subscriber was told of, once, whatever comes twice. Append-only."""

    __tablename__ = "progress_milestone_told"
    __table_args__ = (Index("ux_progress_milestone_told", "subscription_id", "occasion", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("progress_subscription.id", name="fk_progress_milestone_told_subscription")
    )
    occasion: Mapped[str]
    told_at: Mapped[datetime]


class ScenarioRow(Versioned, Base):
    """A what-if of a project, shared by a read-only link before the enterprise decides.

    Shape: ``answer`` is the JSON of what is shown, as it stood when it was shared: it does not move under the
        reader. ``query`` is the question as the address of the page of questions holds it, for staff.
    """

    __tablename__ = "progress_scenario"
    __table_args__ = (
        Index("ux_progress_scenario_link", "link_id", unique=True),
        Index("ix_progress_scenario_project", "project_id", "made_at"),
        CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="ck_progress_scenario_reply"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_scenario_project")
    )
    link_id: Mapped[int] = mapped_column(ForeignKey("progress_link.id", name="fk_progress_scenario_link"))
    title: Mapped[str]
    words: Mapped[str] = mapped_column(Text, default="")
    query: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    reply: Mapped[ScenarioReply | None]
    reply_words: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None]
