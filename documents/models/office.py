"""What documents say of the office itself; each change is a row, the newest one holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base


class OfficeRow(Base):
    """The office as its documents name it, from one moment on.

    Shape: ``name`` is the full name over and under a document, ``short_name`` what plain sentences say,
        ``number_word`` stands before the series in a document's number (青帮代 in 青帮代告〔2026〕12号);
        ``is_sealed`` where documents leave room for, and ask for, the office's electronic seal.
    """

    __tablename__ = "documents_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str]
    number_word: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    is_sealed: Mapped[bool] = mapped_column(default=True)
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int | None]
    kept_by: Mapped[str]
