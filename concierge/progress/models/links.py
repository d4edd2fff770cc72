"""Progress links, when they were opened, query codes, and what an enterprise is not shown."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.kernel.openings import Opening
from concierge.progress.rules.links import LinkOpens, LinkStanding, ProgressLink, RecipientKind, standing
from concierge.progress.rules.shown import ItemKind

SEAL_SIGNS = 24


class ProgressLinkRow(Versioned, Base):
    """One link to one recipient. The key itself is not kept, only its keyed hash.

    Units: ``expires_on`` is the last day on which it opens; ``start_on`` the day of start of construction.
    Shape: ``handle`` names it in addresses where no key may stand; ``hint`` is the key's first signs.
        ``address_sealed`` is the mobile number or mail address, sealed; ``tail_hash`` the keyed hash of the
        number's last four digits. ``seen_*`` is the visit that was last, ``before_*`` the one before it.
        ``warned_for_on`` is the last day whose coming was told.
    Source: PL-1 to PL-5, PL-10.
    """

    __tablename__ = "progress_link"
    __table_args__ = (
        Index("ux_progress_link_token", "token_hash", unique=True),
        Index("ux_progress_link_handle", "handle", unique=True),
        Index("ix_progress_link_project", "project_id", "opens"),
        Index("ix_progress_link_expires", "expires_on"),
        CheckConstraint("NOT asks_tail OR tail_hash <> ''", name="ck_progress_link_tail"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_link_project")
    )
    opens: Mapped[LinkOpens]
    recipient: Mapped[str]
    kind: Mapped[RecipientKind]
    address_sealed: Mapped[str] = mapped_column(String(512), default="", server_default="")
    tail_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    may_upload: Mapped[bool]
    may_rate: Mapped[bool]
    asks_tail: Mapped[bool]
    hint: Mapped[str]
    token_hash: Mapped[str]
    handle: Mapped[str]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str] = mapped_column(default="", server_default="")
    last_opened_at: Mapped[datetime | None]
    opened_count: Mapped[int] = mapped_column(default=0, server_default="0")
    seen_at: Mapped[datetime | None]
    seen_start_on: Mapped[date | None]
    before_at: Mapped[datetime | None]
    before_start_on: Mapped[date | None]
    asked_again_at: Mapped[datetime | None]
    warned_for_on: Mapped[date | None]

    def standing(self, today: date) -> LinkStanding:
        """Whether it opens on this day."""
        return standing(self.expires_on, self.revoked_at is not None, today)

    def facts(self) -> ProgressLink:
        """The link as whoever opened it holds it."""
        return ProgressLink(
            id=self.id,
            project_id=self.project_id,
            opens=self.opens,
            recipient=self.recipient,
            kind=self.kind,
            handle=self.handle,
            seal=self.token_hash[:SEAL_SIGNS],
            may_upload=self.may_upload,
            may_rate=self.may_rate,
            asks_tail=self.asks_tail,
            expires_on=self.expires_on,
            before_at=self.before_at,
            before_start_on=self.before_start_on,
        )


class ProgressOpeningRow(Opening):
    """One opening of a progress link. Source: PL-2, PL-16."""

    __tablename__ = "progress_opening"
    __table_args__ = (Index("ix_progress_opening_link", "link_id", "id"),)

    link_id: Mapped[int] = mapped_column(ForeignKey("progress_link.id", name="fk_progress_opening_link"))


class QueryCodeRow(Base):
    """The code by which a project's stage can be asked for without a link; a new one ends the one before.

    Shape: the code itself is not kept: it follows from ``seed`` and the system's secret key, so that a paper
        or a message can carry it; it is found by its keyed hash. ``hint`` is its last two signs, for people.
        A code from before there were seeds has none and cannot be told again.
    Source: PL-13.
    """

    __tablename__ = "progress_query_code"
    __table_args__ = (
        Index("ux_progress_query_code", "code_hash", unique=True),
        Index("ix_progress_query_code_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_query_code_project")
    )
    code_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    hint: Mapped[str]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class WrongCodeRow(Base):
    """How often one place asked with a wrong code of late; the place is a keyed hash.

    Source: PL-9.
    """

    __tablename__ = "progress_wrong_code"

    place: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    since_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class ShownItemRow(Base):
    """Whether one thing is shown to the enterprise, where staff decided otherwise than is usual.

    Shape: ``item_id`` is the number of the step, of the move or of the note's move.
    Source: PL-8.
    """

    __tablename__ = "progress_shown_item"
    __table_args__ = (Index("ux_progress_shown_item", "project_id", "kind", "item_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_shown_item_project")
    )
    kind: Mapped[ItemKind]
    item_id: Mapped[int]
    is_shown: Mapped[bool]
    changed_by_id: Mapped[int | None]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
