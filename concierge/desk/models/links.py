"""Links handed out, when they were opened, and the forms sent by them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.desk.rules.links import DepartmentLink, LinkScope, LinkStanding, standing
from concierge.kernel.db import Base, Versioned
from concierge.kernel.openings import Opening

SEAL_SIGNS = 24


class LinkRow(Versioned, Base):
    """One link to one recipient. The key itself is not kept, only its keyed hash.

    Units: ``expires_on`` is the last day on which it opens.
    Shape: ``handle`` names it in addresses where no key may stand; ``hint`` is the key's first signs.
    """

    __tablename__ = "desk_link"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('department', 'availability') OR project_id IS NOT NULL", name="ck_desk_link_project"
        ),
        Index("ux_desk_link_token", "token_hash", unique=True),
        Index("ux_desk_link_handle", "handle", unique=True),
        Index("ix_desk_link_step", "step_id"),
        Index("ix_desk_link_project", "project_id"),
        Index("ix_desk_link_review", "review_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkScope]
    department: Mapped[str] = mapped_column(index=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_desk_link_project")
    )
    step_id: Mapped[int | None] = mapped_column(ForeignKey("approvals_step.id", name="fk_desk_link_step"))
    review_id: Mapped[int | None]
    recipient: Mapped[str]
    hint: Mapped[str]
    token_hash: Mapped[str]
    handle: Mapped[str]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    opened_count: Mapped[int] = mapped_column(default=0, server_default="0")
    asked_again_at: Mapped[datetime | None]

    def standing(self, today: date) -> LinkStanding:
        """Whether it opens on this day."""
        return standing(self.expires_on, self.revoked_at is not None, today)

    def facts(self) -> DepartmentLink:
        """The link as the rules see it."""
        return DepartmentLink(
            id=self.id,
            kind=self.kind,
            department=self.department,
            recipient=self.recipient,
            handle=self.handle,
            seal=self.token_hash[:SEAL_SIGNS],
            expires_on=self.expires_on,
            project_id=self.project_id,
            step_id=self.step_id,
            review_id=self.review_id,
        )


class LinkOpeningRow(Opening):
    """One opening of a department's link."""

    __tablename__ = "desk_link_opening"
    __table_args__ = (Index("ix_desk_link_opening_link", "link_id", "id"),)

    link_id: Mapped[int] = mapped_column(ForeignKey("desk_link.id", name="fk_desk_link_opening_link"))


class SentFormRow(Base):
    """One form that was sent by link and done: the same form sent twice does nothing twice.

    Shape: ``key`` is the number each rendered form carries; ``file_key`` is where a file that came along is
        kept, empty for none.
    """

    __tablename__ = "desk_sent_form"
    __table_args__ = (Index("ux_desk_sent_form", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("desk_link.id", name="fk_desk_sent_form_link"))
    key: Mapped[str]
    act: Mapped[str]
    at: Mapped[datetime]
    file_key: Mapped[str] = mapped_column(default="", info={"storage_key": True})
    file_name: Mapped[str] = mapped_column(default="")
