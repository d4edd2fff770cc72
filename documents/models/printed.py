"""Word pages that were printed to PDF: once for each content and each way of printing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base
from concierge.kernel.storage import STORAGE_KEY


class PrintedRow(Base):
    """One printed content. Append-only.

    Units: bytes.
    Shape: ``docx_sha256`` is that of the Word file, ``converter`` names program, its version, the fonts and
        the options, so that another font prints anew. The PDF's bytes are not the same in two runs of
        LibreOffice: this row is what makes one content one PDF.
    """

    __tablename__ = "documents_printed"
    __table_args__ = (
        Index("ux_documents_printed", "docx_sha256", "converter", unique=True),
        CheckConstraint("pages >= 1", name="ck_documents_printed_pages"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    docx_sha256: Mapped[str]
    converter: Mapped[str]
    pdf_key: Mapped[str] = mapped_column(info=STORAGE_KEY)
    pdf_sha256: Mapped[str]
    size_bytes: Mapped[int]
    pages: Mapped[int]
    printed_at: Mapped[datetime]
